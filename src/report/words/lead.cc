#include "report/words/lead.h"

#include "report/facts/standing.h"
#include "report/facts/tally.h"
#include "report/words/alert_words.h"
#include "report/words/causes.h"
#include "report/words/episode_words.h"
#include "report/words/names.h"
#include "text/fit_text.h"

namespace backup_monitor {
namespace {

constexpr std::size_t kNamesInSentence = 20;

std::vector<std::string> PlanStatus(const Voice& voice, const RunSection& run) {
  const CompactPlanStatus& status = *run.plan_status;
  const std::string when = voice.WhenAndAge(status.timestamp);
  std::vector<std::string> sentences{
      status.succeeded
          ? voice.Say("lead.plan_status_success", {{"when", when}})
          : voice.Count("lead.plan_status_error", status.error_count, {{"when", when}})};
  if (const std::string text = ShowForeign(status.error_text); !text.empty()) {
    sentences.push_back(voice.Say("lead.error_text", {{"text", text}}));
  }
  if (run.plan_error_cause && !status.succeeded) {
    sentences.push_back(voice.Say(CauseOf(*run.plan_error_cause).sentence));
  }
  return sentences;
}

/// Of data that neither a repository nor its own record holds, "saved" is NS8's word and not ours; so it is
/// while the repositories are being checked.
std::string ReportedOf(const Voice& voice, const Tally& tally) {
  std::string said =
      voice.Count("lead.success_reported", tally.total, {{"good", voice.Number(tally.succeeded)}});
  const int in_repository = tally.without_snapshot - tally.none_counted;
  if (in_repository > 0) said += " " + voice.Count("lead.without_snapshot", in_repository);
  if (tally.none_counted == 0) return said;
  return said + " " +
         voice.Count(in_repository > 0 ? "lead.none_counted_either" : "lead.none_counted",
                     tally.none_counted);
}

std::string SavedOf(const Voice& voice, const RunSection& run, const Tally& tally) {
  const std::string good = voice.Number(tally.succeeded);
  if (tally.without_snapshot > 0 || (run.being_checked && tally.succeeded > 0))
    return ReportedOf(voice, tally);
  if (tally.succeeded == tally.total) return voice.Count("lead.all_saved", tally.total);
  if (tally.succeeded == 0) {
    return voice.Count(run.open ? "lead.none_so_far" : "lead.none_without_errors", tally.total);
  }
  return voice.Count(run.open ? "lead.some_saved_so_far" : "lead.some_saved", tally.total,
                     {{"good", good}});
}

/// Data of which most is gone since the backup before: the success is one, and hardly what was meant.
void AddFallen(const Voice& voice, const RunSection& run, std::vector<std::string>& sentences) {
  std::vector<ModuleId> fallen;
  for (const ModuleLine& line : run.modules) {
    if (HasFallen(run, line)) fallen.push_back(line.module);
  }
  if (fallen.empty()) return;
  sentences.push_back(voice.Count("lead.fallen", static_cast<std::int64_t>(fallen.size()),
                                  {{"modules", ModuleIds(voice, fallen, kNamesInSentence)}}));
}

/// Of none is there more to say than that it has no result.
bool AddNoResults(const Voice& voice, const Tally& tally, std::vector<std::string>& sentences) {
  if (tally.without_result() == tally.total) {
    sentences.push_back(voice.Count("lead.all_without_result", tally.total));
  } else if (tally.pending == tally.total) {
    sentences.push_back(voice.Count("lead.all_pending", tally.total));
  } else {
    return false;
  }
  return true;
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

void AddRecovery(const Voice& voice, const RunSection& run, const Tally& tally,
                 std::vector<std::string>& sentences) {
  if (HasEnded(run, tally)) sentences.push_back(EndedSentence(voice, run.episode));
  if (run.left_plan.empty()) return;
  sentences.push_back(
      voice.Count("lead.left_plan", static_cast<std::int64_t>(run.left_plan.size()),
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
    for (std::string& said : PlanStatus(voice, run)) sentences.push_back(std::move(said));
    return sentences;
  }
  if (run.being_checked) sentences.push_back(voice.Say("lead.being_checked"));
  if (!AddNoResults(voice, tally, sentences)) {
    sentences.push_back(SavedOf(voice, run, tally));
    AddFallen(voice, run, sentences);
    AddProblems(voice, tally, sentences);
  }
  AddRecovery(voice, run, tally, sentences);
  return sentences;
}

bool HasEnded(const RunSection& run, const Tally& tally) {
  return run.fixed_after() > 0 && !run.open && !run.being_checked && tally.without_snapshot == 0;
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

std::string PhraseWords(const Voice& voice, Phrase phrase) {
  switch (phrase) {
    case Phrase::kCompleted: return voice.Say("phrase.SUCCESS");
    case Phrase::kNotFinished: return voice.Say("phrase.INCOMPLETE");
    case Phrase::kNotConfirmed: return voice.Say("phrase.NOT_CONFIRMED");
    case Phrase::kPartiallyFailed: return voice.Say("phrase.PARTIAL");
    case Phrase::kDidNotRun: return voice.Say("phrase.MISSED");
    case Phrase::kFailed: return voice.Say("phrase.REPO_FAILURE");
  }
  return voice.Say("phrase.REPO_FAILURE");
}

std::string RunHeadline(const Voice& voice, const RunSection& run) {
  if (IsOnlyAlerted(run)) return voice.Say("phrase.alert_open");
  const bool errors = Count(run).with_errors() > 0;
  if (run.open) return voice.Say(errors ? "phrase.early_notice" : "phrase.open");
  if (run.being_checked)
    return voice.Say(errors ? "phrase.being_checked_errors" : "phrase.being_checked");
  return PhraseWords(voice, PhraseOf(run));
}

}  // namespace backup_monitor
