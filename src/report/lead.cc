#include "report/lead.h"

#include "report/alert_words.h"
#include "report/foreign_text.h"
#include "report/names.h"
#include "report/tally.h"

namespace backup_monitor {
namespace {

constexpr std::size_t kNamesInSentence = 20;

std::vector<std::string> PlanStatus(const Voice& voice, const CompactPlanStatus& status) {
  const std::string when = voice.WhenAndAge(status.timestamp);
  std::vector<std::string> sentences{
      status.succeeded ? voice.Say("lead.plan_status_success", {{"when", when}})
                       : voice.Count("lead.plan_status_error", status.error_count, {{"when", when}})};
  if (const std::string text = ShowForeign(status.error_text); !text.empty()) {
    sentences.push_back(voice.Say("lead.error_text", {{"text", text}}));
  }
  return sentences;
}

std::string SavedOf(const Voice& voice, const RunSection& run, const Tally& tally) {
  const std::string good = voice.Number(tally.succeeded);
  // Of data that a repository does not hold, "saved" is NS8's word and not ours.
  if (tally.without_snapshot > 0) {
    return voice.Count("lead.success_reported", tally.total, {{"good", good}}) + " " +
           voice.Count("lead.without_snapshot", tally.without_snapshot);
  }
  if (tally.succeeded == tally.total) return voice.Count("lead.all_saved", tally.total);
  if (run.open) return voice.Count("lead.some_saved_so_far", tally.total, {{"good", good}});
  if (tally.succeeded == 0) return voice.Count("lead.none_without_errors", tally.total);
  return voice.Count("lead.some_saved", tally.total, {{"good", good}});
}

void AddProblems(const Voice& voice, const Tally& tally, std::vector<std::string>& sentences) {
  const int all = tally.with_errors();
  if (all > 0) sentences.push_back(voice.Count("lead.failed", all));
  if (tally.not_saved > 0) {
    sentences.push_back(tally.not_saved == all ? voice.Count("lead.none_of_them_saved", all)
                                               : voice.Count("lead.not_saved", tally.not_saved));
  }
  if (tally.saved_with_errors > 0) {
    sentences.push_back(tally.saved_with_errors == all
                            ? voice.Count("lead.each_has_snapshot", all)
                            : voice.Count("lead.saved_with_errors", tally.saved_with_errors));
  }
  if (tally.without_result() > 0) {
    sentences.push_back(voice.Count("lead.without_result", tally.without_result()));
  }
  if (tally.pending > 0) sentences.push_back(voice.Count("lead.pending", tally.pending));
}

void AddRecovery(const Voice& voice, const RunSection& run, std::vector<std::string>& sentences) {
  if (run.fixed_after > 0) sentences.push_back(voice.Count("lead.fixed_after", run.fixed_after));
  if (run.left_plan.empty()) return;
  sentences.push_back(voice.Count("lead.left_plan", static_cast<std::int64_t>(run.left_plan.size()),
                                  {{"modules", ModuleIds(voice, run.left_plan, kNamesInSentence)}}));
}

}  // namespace

std::vector<std::string> WhatHappened(const Voice& voice, const RunSection& run) {
  if (run.outcome == Outcome::kMissed) return {voice.Say("lead.missed")};
  if (HasNoStatus(run)) return {voice.Say("lead.no_status")};
  const Tally tally = Count(run);
  std::vector<std::string> sentences = AlertSentences(voice, run);
  if (tally.total == 0) {
    if (!run.plan_status) {
      sentences.push_back(voice.Say("lead.no_modules"));
      return sentences;
    }
    for (std::string& said : PlanStatus(voice, *run.plan_status)) sentences.push_back(std::move(said));
    return sentences;
  }
  sentences.push_back(SavedOf(voice, run, tally));
  AddProblems(voice, tally, sentences);
  AddRecovery(voice, run, sentences);
  return sentences;
}

std::vector<std::string> Opening(const Voice& voice, const Report& report) {
  switch (report.kind) {
    case ReportKind::kEarlyNotice: return {voice.Say("opening.early_notice")};
    case ReportKind::kUpdate: return {voice.Say("opening.update")};
    case ReportKind::kNoStatus: {
      if (!report.runs.empty()) return {};
      return {voice.Say("opening.no_status")};
    }
    case ReportKind::kUnknownPlan: return {voice.Say("opening.unknown_plan")};
    case ReportKind::kOnRequest:
      if (report.alert) {
        return {voice.Say(report.alert->plan() ? "opening.told_before" : "opening.unexplained")};
      }
      return {voice.Say(report.runs.empty() ? "opening.on_request_nothing" : "opening.on_request")};
    case ReportKind::kTest: return {voice.Say("opening.test")};
    case ReportKind::kUndelivered: return {voice.Say("opening.undelivered")};
    case ReportKind::kAlertSummary:
      if (report.alert_summary) return SummarySentences(voice, *report.alert_summary);
      break;
    case ReportKind::kFinal: break;
  }
  return {};
}

std::string RunHeadline(const Voice& voice, const RunSection& run) {
  if (IsOnlyAlerted(run)) return voice.Say("phrase.alert_open");
  if (IsUnconfirmedByAlert(run)) return voice.Say("phrase.NOT_CONFIRMED");
  if (run.open) return voice.Say(Count(run).with_errors() > 0 ? "phrase.early_notice" : "phrase.open");
  return voice.Say("phrase." + std::string{Name(run.outcome)});
}

}  // namespace backup_monitor
