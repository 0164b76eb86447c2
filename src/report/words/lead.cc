#include "report/words/lead.h"

#include <algorithm>

#include "report/words/cause_words.h"
#include "report/words/episode_words.h"
#include "report/words/names.h"
#include "report/words/presence_words.h"
#include "report/words/recovery_words.h"
#include "report/words/schedule_words.h"
#include "text/fit_text.h"

namespace backup_monitor::report::words {
namespace {

constexpr std::size_t kNamesInLead = 20;
constexpr std::size_t kNamesQuoted = 10;
constexpr std::size_t kNodeCharacters = 40;
constexpr std::size_t kPlansNamed = 10;
constexpr std::size_t kClusterBackupCharacters = 200;

void AddSilenced(const Voice& voice, bool silenced, std::vector<std::string>& sentences) {
  if (silenced) sentences.push_back(voice.Say("lead.alert_silenced"));
}

/// That there was an alert, from when and for which node, and whether a result explains it. Empty without an
/// alert.
std::vector<std::string> AlertSentences(const Voice& voice, const RunSection& run) {
  if (!run.alert) return {};
  const std::string when = voice.WhenAndAge(run.alert->since);
  const std::string node = ShowForeign(run.alert->node, kNodeCharacters);
  std::vector<std::string> sentences;
  if (!run.alert->names_plan)
    sentences.push_back(voice.Say("lead.alert_without_plan", {{"when", when}}));
  else if (node.empty()) sentences.push_back(voice.Say("lead.alert", {{"when", when}}));
  else sentences.push_back(voice.Say("lead.alert_on_node", {{"when", when}, {"node", node}}));
  AddSilenced(voice, run.alert->silenced, sentences);
  if (!run.alert_unexplained) return sentences;
  sentences.push_back(
      voice.Say(run.open ? "lead.alert_unexplained_yet" : "lead.alert_unexplained"));
  return sentences;
}

/// Of an alert that no run answers, or that came again for runs that have been reported.
std::vector<std::string> QuotedAlertSentences(const Voice& voice, std::string_view key,
                                              const Report& report) {
  std::vector<std::string> sentences{voice.Say(key)};
  AddSilenced(voice, report.alert && report.alert->silenced, sentences);
  return sentences;
}

/// What a report of ReportKind::kAlertSummary says.
std::vector<std::string> SummarySentences(const Voice& voice, const AlertSummary& summary) {
  std::vector<std::string> sentences{
      voice.Count("opening.alert_summary", summary.alerts,
                  {{"from", voice.When(summary.from)}, {"to", voice.When(summary.to)}})};
  std::vector<std::string> names;
  for (const std::string& name : summary.names) names.push_back(ShowForeign(name));
  if (!names.empty()) {
    sentences.push_back(
        voice.Say("opening.alert_summary_names", {{"names", Joined(voice, names, kNamesQuoted)}}));
  }
  return sentences;
}

/// Each once, in the order of the report.
std::vector<ModuleId> WaitedFor(const ReportFacts& facts) {
  std::vector<ModuleId> modules;
  for (const RunFacts& run : facts.runs) {
    for (const ModuleId& id : run.PendingModules()) {
      if (std::ranges::find(modules, id) == modules.end()) modules.push_back(id);
    }
  }
  return modules;
}

std::string_view LateKey(const ReportFacts& facts) {
  if (facts.only_alerted) return "opening.late_notice_alerted";
  const bool errors = facts.phrase > Phrase::kNotConfirmed;
  return errors ? "opening.late_notice_errors" : "opening.late_notice";
}

/// The latest of the runs; none if it is not known of each.
std::optional<Time> KnownBy(const Report& report) {
  std::optional<Time> latest;
  for (const RunSection& run : report.runs) {
    if (!run.known_by) return std::nullopt;
    latest = std::max(latest.value_or(*run.known_by), *run.known_by);
  }
  return latest;
}

/// What a report of ReportKind::kLateNotice says.
std::vector<std::string> LateSentences(const Voice& voice, const ReportFacts& facts) {
  std::vector<std::string> sentences{voice.Say(LateKey(facts))};
  const std::vector<ModuleId> waited_for = WaitedFor(facts);
  if (waited_for.empty()) return sentences;
  std::string waiting =
      voice.Say("opening.waiting", {{"modules", ModuleIds(voice, waited_for, kNamesInLead)}});
  if (const std::optional<Time> until = KnownBy(facts.report))
    waiting += " " + voice.Say("opening.wait_ends", {{"when", voice.When(*until)}});
  sentences.push_back(std::move(waiting));
  return sentences;
}

std::vector<std::string> CompactSentences(const Voice& voice, const RunFacts& run) {
  const CompactPlanStatus& status = *run.section.plan_status;
  const std::string when = voice.WhenAndAge(status.timestamp);
  std::vector<std::string> sentences{
      status.succeeded
          ? voice.Say("lead.plan_status_success", {{"when", when}})
          : voice.Count("lead.plan_status_error", status.error_count, {{"when", when}})};
  if (const std::string text = ShowForeign(status.error_text); !text.empty()) {
    sentences.push_back(voice.Say("lead.error_text", {{"text", text}}));
  }
  if (run.plan_cause) sentences.push_back(voice.Say(WordsOf(*run.plan_cause).sentence));
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

std::string SavedOf(const Voice& voice, const RunFacts& facts) {
  const RunSection& run = facts.section;
  const Tally& tally = facts.tally;
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
void AddFallen(const Voice& voice, const RunFacts& run, std::vector<std::string>& sentences) {
  if (run.tally.fallen == 0) return;
  const std::vector<ModuleId> fallen = run.FallenModules();
  sentences.push_back(voice.Count("lead.fallen", static_cast<std::int64_t>(fallen.size()),
                                  {{"modules", ModuleIds(voice, fallen, kNamesInLead)}}));
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

/// One for each plan of which no run is shown.
std::vector<std::string> PlanSentences(const Voice& voice, const ReportFacts& facts) {
  const Report& report = facts.report;
  std::vector<std::string> sentences;
  const std::size_t plans = report.plans.size();
  const std::size_t shown = std::min(plans, kPlansNamed);
  const bool no_run = report.kind == ReportKind::kOnRequest;
  for (std::size_t i = 0; i < shown; ++i) {
    const PlanLine& plan = report.plans[i];
    sentences.push_back(no_run ? WithoutRun(voice, plan, facts.plans.at(i))
                               : NeverDue(voice, plan));
  }
  if (plans > shown) {
    sentences.push_back(voice.Count(no_run ? "opening.without_run_more" : "opening.never_due_more",
                                    static_cast<std::int64_t>(plans - shown)));
  }
  return sentences;
}

std::string SameDisk(const Voice& voice, const SameDiskLine& line) {
  return voice.Count("opening.same_disk", static_cast<std::int64_t>(line.modules.size()),
                     {{"plan", ShowForeign(line.plan_name)},
                      {"node", NodeName(voice, line.node, line.node_name)},
                      {"modules", ModuleIds(voice, line.modules, kNamesInLead)}});
}

std::string Contradiction(const Voice& voice, const AlertContradiction& contradiction) {
  const std::string when =
      contradiction.since ? voice.WhenAndAge(*contradiction.since) : std::string{};
  const std::string plan = ShowForeign(contradiction.plan_name);
  if (contradiction.kind == AlertContradiction::Kind::kPlanGone)
    return when.empty()
               ? voice.Say("opening.alert_plan_gone", {{"plan", plan}})
               : voice.Say("opening.alert_plan_gone_since", {{"plan", plan}, {"when", when}});
  return voice.Say("opening.alert_not_raised",
                   {{"plan", plan},
                    {"node", NodeName(voice, *contradiction.node, contradiction.node_name)},
                    {"when", when}});
}

std::vector<std::string> OnRequestSentences(const Voice& voice, const ReportFacts& facts) {
  std::vector<std::string> sentences = PlanSentences(voice, facts);
  for (std::string& said : RecoverySentences(voice, facts.report.recovery))
    sentences.push_back(std::move(said));
  for (const SameDiskLine& line : facts.report.same_disk)
    sentences.push_back(SameDisk(voice, line));
  for (const AlertContradiction& contradiction : facts.report.contradictions)
    sentences.push_back(Contradiction(voice, contradiction));
  sentences.insert(
      sentences.begin(),
      voice.Say(facts.report.runs.empty() ? "opening.on_request_nothing" : "opening.on_request"));
  return sentences;
}

void AddEnd(const Voice& voice, const RunFacts& facts, std::vector<std::string>& sentences) {
  const RunSection& run = facts.section;
  if (facts.has_ended_episode) sentences.push_back(EndedSentence(voice, run.episode));
  if (run.left_plan.empty()) return;
  sentences.push_back(voice.Count("lead.left_plan", static_cast<std::int64_t>(run.left_plan.size()),
                                  {{"modules", ModuleIds(voice, run.left_plan, kNamesInLead)}}));
}

/// Without it the cluster cannot be rebuilt, however well its applications are saved.
void AddClusterBackup(const Voice& voice, const RunFacts& run,
                      std::vector<std::string>& sentences) {
  if (!run.lacks_cluster_backup()) return;
  const auto& [uploaded, failed] = run.section.cluster_backup->backup;
  if (!failed) {
    sentences.push_back(
        voice.Say("lead.cluster_backup_over", {{"when", voice.WhenAndAge(*uploaded)}}));
    return;
  }
  sentences.push_back(voice.Say("lead.cluster_backup_failed",
                                {{"when", voice.When(failed->at)},
                                 {"words", ShowForeign(failed->words, kClusterBackupCharacters)}}));
  sentences.push_back(
      uploaded ? voice.Say("lead.cluster_backup_last", {{"when", voice.WhenAndAge(*uploaded)}})
               : voice.Say("lead.cluster_backup_none"));
}

std::vector<std::string> RunSentences(const Voice& voice, const RunFacts& facts) {
  const RunSection& run = facts.section;
  if (run.outcome == Outcome::kMissed) return MissedSentences(voice, facts);
  if (facts.no_status) {
    std::vector<std::string> sentences{voice.Say("lead.no_status")};
    AddSilenced(voice, run.alert && run.alert->silenced, sentences);
    return sentences;
  }
  const Tally& tally = facts.tally;
  std::vector<std::string> sentences = AlertSentences(voice, run);
  if (tally.total == 0) {
    if (!run.plan_status) {
      sentences.push_back(voice.Say("lead.no_modules"));
      return sentences;
    }
    for (std::string& said : CompactSentences(voice, facts)) sentences.push_back(std::move(said));
    return sentences;
  }
  if (run.being_checked) sentences.push_back(voice.Say("lead.being_checked"));
  if (!AddNoResults(voice, tally, sentences)) {
    sentences.push_back(SavedOf(voice, facts));
    AddFallen(voice, facts, sentences);
    AddProblems(voice, tally, sentences);
  }
  AddSchedule(voice, run, sentences);
  AddNodes(voice, facts, sentences);
  AddEnd(voice, facts, sentences);
  return sentences;
}

}  // namespace

std::vector<std::string> WhatHappened(const Voice& voice, const RunFacts& facts) {
  std::vector<std::string> sentences = RunSentences(voice, facts);
  if (std::string trouble = TroubleSentence(voice, facts); !trouble.empty())
    sentences.insert(sentences.begin(), std::move(trouble));
  AddClusterBackup(voice, facts, sentences);
  // A report on request says it of all applications at once.
  if (!facts.section.plan_now) AddRecovery(voice, facts, sentences);
  if (facts.section.plan_now && facts.section.outcome != Outcome::kMissed)
    AddNext(voice, facts.section.schedule, sentences);
  return sentences;
}

std::vector<std::string> Opening(const Voice& voice, const ReportFacts& facts) {
  const Report& report = facts.report;
  switch (report.kind) {
    case ReportKind::kEarlyNotice: return {voice.Say("opening.early_notice")};
    case ReportKind::kLateNotice: return LateSentences(voice, facts);
    case ReportKind::kUpdate: return {voice.Say("opening.update")};
    case ReportKind::kNoStatus: {
      if (!report.runs.empty()) return {};
      return QuotedAlertSentences(voice, "opening.no_status", report);
    }
    case ReportKind::kUnknownPlan:
      return QuotedAlertSentences(voice, "opening.unknown_plan", report);
    case ReportKind::kOnRequest:
      if (report.alert) {
        return QuotedAlertSentences(
            voice, report.alert->plan() ? "opening.told_before" : "opening.unexplained", report);
      }
      return OnRequestSentences(voice, facts);
    case ReportKind::kTest: return {voice.Say("opening.test")};
    case ReportKind::kUndelivered: return {voice.Say("opening.undelivered")};
    case ReportKind::kNeverDue: return PlanSentences(voice, facts);
    case ReportKind::kUnprotected:
      return {voice.Count("opening.unprotected", static_cast<std::int64_t>(report.modules.size()),
                          {{"modules", ModuleIds(voice, report.modules, kNamesInLead)}})};
    case ReportKind::kRecoveryPoint: return RecoverySentences(voice, report.recovery);
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

std::string RunHeadline(const Voice& voice, const RunFacts& run) {
  if (run.only_alerted) return voice.Say("phrase.alert_open");
  const bool errors = run.tally.with_errors() > 0;
  if (run.section.open) return voice.Say(errors ? "phrase.early_notice" : "phrase.open");
  if (run.section.being_checked)
    return voice.Say(errors ? "phrase.being_checked_errors" : "phrase.being_checked");
  return run.trouble_first ? TroubleWords(voice, run.trouble) : PhraseWords(voice, run.phrase);
}

}  // namespace backup_monitor::report::words
