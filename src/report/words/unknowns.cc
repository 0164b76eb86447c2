#include "report/words/unknowns.h"

#include <algorithm>
#include <map>

#include "report/facts/standing.h"
#include "report/words/causes.h"
#include "report/words/names.h"
#include "text/fit_text.h"

namespace backup_monitor {
namespace {

constexpr std::size_t kComplaints = 20;
constexpr std::size_t kNames = 20;
constexpr std::size_t kComplaintCharacters = 300;

void AddOnce(std::string sentence, std::vector<std::string>& sentences) {
  if (std::find(sentences.begin(), sentences.end(), sentence) == sentences.end()) {
    sentences.push_back(std::move(sentence));
  }
}

std::string Repositories(const Voice& voice, const RunSection& run) {
  const std::string destination = ShowForeign(run.destination_name);
  if (destination.empty()) return voice.Say("repositories.of_plan", {{"plan", PlanName(run)}});
  return voice.Say("repositories.at", {{"destination", destination}});
}

void AddUnprobed(const Voice& voice, const RunSection& run, std::vector<std::string>& sentences) {
  const auto say = [&](std::string_view key) {
    AddOnce(voice.Say(key, {{"repositories", Repositories(voice, run)}}), sentences);
  };
  if (run.unprobed == Unprobed::kTimeOver) say("unknown.time_over");
  if (run.unprobed == Unprobed::kReopened) say("unknown.reopened");
  if (run.unprobed == Unprobed::kEarlierCheck) say("unknown.earlier_check");
  if (run.unprobed != Unprobed::kDestinationBusy) return;
  const bool none = std::ranges::none_of(
      run.modules, [](const ModuleLine& line) { return line.finding.has_value(); });
  say(none ? "unknown.destination_busy" : "unknown.destination_busy_for_some");
}

// NS8's successes that the repositories do not confirm.
void AddUnconfirmed(const Voice& voice, const Report& report, std::vector<std::string>& sentences) {
  std::vector<ModuleId> without_snapshot;
  std::vector<ModuleId> none_counted;
  std::map<ProbeCause, std::vector<ModuleId>> unread;
  for (const RunSection& run : report.runs) {
    for (const ModuleLine& line : run.modules) {
      if (line.verdict != Verdict::kSucceeded) continue;
      const Standing standing = StandingInRepository(run, line);
      if (standing == Standing::kNoneCounted) none_counted.push_back(line.module);
      else if (IsNotSaved(standing)) without_snapshot.push_back(line.module);
      if (standing == Standing::kUnread) unread[*line.finding->cause].push_back(line.module);
    }
  }
  if (!without_snapshot.empty()) {
    sentences.push_back(voice.Say("unknown.without_snapshot",
                                  {{"modules", ModuleIds(voice, without_snapshot, kNames)}}));
  }
  if (!none_counted.empty()) {
    sentences.push_back(
        voice.Say("unknown.none_counted", {{"modules", ModuleIds(voice, none_counted, kNames)}}));
  }
  for (const auto& [cause, modules] : unread) {
    sentences.push_back(
        voice.Say("unknown.not_checked", {{"modules", ModuleIds(voice, modules, kNames)},
                                          {"cause", voice.Say(CauseOf(cause).sentence)}}));
  }
}

void AddRuns(const Voice& voice, const Report& report, std::vector<std::string>& sentences) {
  for (const RunSection& run : report.runs) {
    if (run.gap && sentences.size() < 3) {
      AddOnce(voice.Say("unknown.gap",
                        {{"from", voice.When(run.gap->from)}, {"to", voice.When(run.gap->to)}}),
              sentences);
    }
    AddUnprobed(voice, run, sentences);
    if (run.origin == RunOrigin::kCompact) AddOnce(voice.Say("unknown.compact"), sentences);
    if (run.origin == RunOrigin::kHistory) AddOnce(voice.Say("unknown.history"), sentences);
  }
}

}  // namespace

std::vector<std::string> WhatIsNotKnown(const Voice& voice, const Report& report) {
  std::vector<std::string> sentences;
  if (!report.watch.cluster_reachable) sentences.push_back(voice.Say("unknown.cluster"));
  AddUnconfirmed(voice, report, sentences);
  AddRuns(voice, report, sentences);
  for (std::size_t i = 0; i < report.complaints.size() && i < kComplaints; ++i) {
    sentences.push_back(ShowForeign(report.complaints[i], kComplaintCharacters));
  }
  if (report.complaints.size() > kComplaints) {
    sentences.push_back(voice.Count(
        "unknown.more", static_cast<std::int64_t>(report.complaints.size() - kComplaints)));
  }
  return sentences;
}

}  // namespace backup_monitor
