#include "report/words/unknowns.h"

#include <algorithm>

#include "report/words/cause_words.h"
#include "report/words/names.h"
#include "text/fit_text.h"

namespace backup_monitor::report::words {
namespace {

constexpr std::size_t kComplaints = 20;
constexpr std::size_t kNamesInSentence = 20;
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

/// A witness might have said more of a module on that node.
bool MightSayMore(const RunSection& run, NodeId node) {
  return std::ranges::any_of(run.modules, [&](const ModuleLine& module) {
    return module.node == node && module.verdict != Verdict::kSucceeded && !module.logged;
  });
}

/// A cluster without a log has nothing that could have been read.
void AddLog(const Voice& voice, const RunSection& run, std::vector<std::string>& sentences) {
  for (const LogLine& line : run.log) {
    if (!MightSayMore(run, line.node)) continue;
    if (!line.log.trouble) {
      if (!line.log.complete) AddOnce(voice.Say("unknown.log_incomplete"), sentences);
      continue;
    }
    if (line.log.trouble == ErrorCode::kNotFound) continue;
    AddOnce(voice.Say("unknown.log." + std::string{TroubleName(*line.log.trouble)}), sentences);
  }
}

bool IsAnyoneSilent(const RunSection& run, NodeId node) {
  return std::ranges::any_of(run.modules, [&](const ModuleLine& module) {
    return module.node == node && !module.started && !module.logged;
  });
}

void AddPresence(const Voice& voice, const RunSection& run, std::vector<std::string>& sentences) {
  for (const PresenceLine& line : run.presence) {
    const auto& trouble = line.presence.trouble;
    const bool is_known = !trouble || *trouble == ErrorCode::kNotFound || line.presence.known_from;
    if (is_known || !IsAnyoneSilent(run, line.node)) continue;
    AddOnce(voice.Say("unknown.nodes"), sentences);
  }
}

/// In reports on request alone: where it stays unknown, each report would say so.
void AddClusterBackup(const Voice& voice, const RunSection& run,
                      std::vector<std::string>& sentences) {
  const auto& known = run.cluster_backup;
  if (!run.plan_now || !known || known->backup.uploaded || known->backup.failed) return;
  AddOnce(voice.Say(
              known->is_certain() ? "unknown.cluster_backup" : "unknown.cluster_backup_unread",
              {{"destination", ShowForeign(run.destination_name.empty() ? run.destination_id
                                                                        : run.destination_name)}}),
          sentences);
}

void AddUnconfirmed(const Voice& voice, const Unconfirmed& unconfirmed,
                    std::vector<std::string>& sentences) {
  const auto modules = [&](const std::vector<ModuleId>& ids) {
    return ModuleIds(voice, ids, kNamesInSentence);
  };
  if (!unconfirmed.without_snapshot.empty()) {
    sentences.push_back(voice.Say("unknown.without_snapshot",
                                  {{"modules", modules(unconfirmed.without_snapshot)}}));
  }
  if (!unconfirmed.none_counted.empty()) {
    sentences.push_back(
        voice.Say("unknown.none_counted", {{"modules", modules(unconfirmed.none_counted)}}));
  }
  for (const auto& [answer, ids] : unconfirmed.unread) {
    sentences.push_back(voice.Say(
        "unknown.not_checked",
        {{"modules", modules(ids)}, {"cause", voice.Say(WordsOf(CauseOf(answer)).sentence)}}));
  }
}

void AddRuns(const Voice& voice, const Report& report, std::vector<std::string>& sentences) {
  for (const RunSection& run : report.runs) {
    if (run.gap && sentences.size() < 3) {
      AddOnce(voice.Say("unknown.gap",
                        {{"from", voice.When(run.gap->from)}, {"to", voice.When(run.gap->to)}}),
              sentences);
      if (run.gap->unknown_due > 0)
        AddOnce(voice.Count("unknown.gap_due", run.gap->unknown_due), sentences);
    }
    AddUnprobed(voice, run, sentences);
    AddLog(voice, run, sentences);
    AddPresence(voice, run, sentences);
    AddClusterBackup(voice, run, sentences);
    if (run.origin == RunOrigin::kCompact) AddOnce(voice.Say("unknown.compact"), sentences);
    if (run.origin == RunOrigin::kHistory) AddOnce(voice.Say("unknown.history"), sentences);
  }
}

}  // namespace

std::vector<std::string> WhatIsNotKnown(const Voice& voice, const ReportFacts& facts) {
  const Report& report = facts.report;
  std::vector<std::string> sentences;
  if (!report.watch.cluster_reachable) sentences.push_back(voice.Say("unknown.cluster"));
  AddUnconfirmed(voice, facts.unconfirmed, sentences);
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

}  // namespace backup_monitor::report::words
