#include "report/words/subject.h"

#include <algorithm>

#include "report/words/episode_words.h"
#include "report/words/lead.h"
#include "report/words/names.h"
#include "report/words/schedule_words.h"
#include "text/fit_text.h"

namespace backup_monitor::report::words {
namespace {

constexpr std::size_t kPrefixCharacters = 40;
constexpr std::size_t kClusterBytes = 40;
constexpr std::size_t kShortestPlans = 24;
constexpr std::size_t kPlansInSubject = 4;

std::string AlertPlan(const Report& report) {
  const auto plan = report.alert ? report.alert->plan() : std::nullopt;
  return plan ? ShowForeign(plan->text) : "";
}

/// Those over their target, or where there is none those that are within it again.
std::string ModulesOf(const Voice& voice, const Report& report) {
  const bool over = report.has_old_data();
  std::vector<std::string> names;
  for (const RecoveryLine& line : report.recovery) {
    if (line.over == over) names.push_back(ShowForeign(line.module.value()));
  }
  return words::Joined(voice, names, kPlansInSubject);
}

/// Those without a run of which the headline speaks.
std::string PlansInTrouble(const Voice& voice, const ReportFacts& facts) {
  if (facts.trouble == Trouble::kOverTarget) return ModulesOf(voice, facts.report);
  std::vector<std::string> names;
  for (std::size_t i = 0; i < facts.plans.size(); ++i) {
    if (facts.plans[i] == facts.trouble)
      names.push_back(ShowForeign(facts.report.plans.at(i).name));
  }
  return words::Joined(voice, names, kPlansInSubject);
}

/// The headline speaks of a schedule or of old data, and not of how a run ended.
bool SpeaksOfTrouble(const ReportFacts& facts) {
  return facts.trouble_first || (facts.foremost && facts.runs.at(*facts.foremost).trouble_first);
}

/// The plans or applications that the headline speaks of; empty where it speaks of none.
std::string Plans(const Voice& voice, const ReportFacts& facts) {
  const Report& report = facts.report;
  if (report.kind == ReportKind::kTest || report.kind == ReportKind::kUndelivered) return {};
  const bool alerted = report.kind == ReportKind::kOnRequest && report.alert;
  if (alerted && !report.alert->plan()) return {};
  if (report.kind == ReportKind::kUnprotected)
    return ModuleIds(voice, report.modules, kPlansInSubject);
  if (report.kind == ReportKind::kRecoveryPoint) return ModulesOf(voice, report);
  if (facts.trouble_first) return PlansInTrouble(voice, facts);
  if (!report.runs.empty()) return PlanNames(voice, report.runs, kPlansInSubject);
  return AlertPlan(report);
}

// Of several plans each has its own past, and the subject no room for it.
void AddPast(const Voice& voice, const ReportFacts& facts, std::vector<std::string>& parts) {
  if (facts.runs.size() != 1) return;
  const RunSection& run = facts.runs.front().section;
  if (run.failure_in_row() > 1) parts.push_back(InARow(voice, run.episode));
  if (facts.runs.front().has_ended_episode) parts.push_back(EndedAfter(voice, run.episode));
}

/// Of what NS8 calls a success.
void AddDoubts(const Voice& voice, const Tally& tally, std::vector<std::string>& parts) {
  if (tally.without_snapshot > 0) {
    parts.push_back(voice.Count("subject.without_snapshot", tally.without_snapshot));
  }
  if (tally.fallen > 0) parts.push_back(voice.Count("subject.fallen", tally.fallen));
}

void AddModules(const Voice& voice, const ReportFacts& facts, std::vector<std::string>& parts) {
  const Tally& tally = facts.tally;
  if (tally.total == 0) return;
  if (facts.report.kind == ReportKind::kEarlyNotice) {
    parts.push_back(voice.Count("subject.errors_so_far", tally.total,
                                {{"errors", voice.Number(tally.with_errors())}}));
    return;
  }
  if (facts.report.kind == ReportKind::kLateNotice) {
    parts.push_back(voice.Count("subject.modules_so_far", tally.total,
                                {{"good", voice.Number(tally.succeeded)}}));
    if (tally.with_errors() > 0)
      parts.push_back(voice.Count("subject.with_errors", tally.with_errors()));
    if (tally.pending > 0) parts.push_back(voice.Count("subject.outstanding", tally.pending));
    AddDoubts(voice, tally, parts);
    return;
  }
  parts.push_back(
      voice.Count("subject.modules", tally.total, {{"good", voice.Number(tally.succeeded)}}));
  AddDoubts(voice, tally, parts);
}

std::string Watching(const Voice& voice, const WatchSummary& watch) {
  return voice.Say("watching", {{"plans", voice.Count("count.plans", watch.plans)},
                                {"modules", voice.Count("count.modules", watch.modules)}});
}

std::vector<std::string> Parts(const Voice& voice, const ReportFacts& facts) {
  const Report& report = facts.report;
  std::vector<std::string> parts;
  if (report.kind == ReportKind::kUpdate) parts.push_back(voice.Say("subject.corrected"));
  if (report.kind == ReportKind::kTest) parts.push_back(Watching(voice, report.watch));
  if (report.kind == ReportKind::kOnRequest && report.runs.empty()) {
    parts.push_back(Watching(voice, report.watch));
  }
  if (report.kind == ReportKind::kAlertSummary) {
    parts.push_back(voice.Say("subject.alert_summary"));
  } else if (report.kind == ReportKind::kUnknownPlan) {
    parts.push_back(voice.Say("subject.unknown_plan"));
  } else if (facts.no_status) {
    parts.push_back(voice.Say("subject.no_status"));
  } else if (!SpeaksOfTrouble(facts)) {
    AddModules(voice, facts, parts);
    AddPast(voice, facts, parts);
  }
  if (const std::string cluster = ShowForeign(report.cluster_name); !cluster.empty()) {
    parts.push_back(voice.Say("subject.cluster", {{"cluster", CutTo(cluster, kClusterBytes)}}));
  }
  return parts;
}

/// Never better than the worst that is known so far.
std::string LateHeadline(const Voice& voice, const ReportFacts& facts) {
  if (facts.only_alerted) return voice.Say("phrase.alert_open");
  if (facts.phrase > Phrase::kNotConfirmed) return voice.Say("phrase.late_notice_errors");
  if (facts.phrase == Phrase::kNotConfirmed) return voice.Say("phrase.late_notice_unconfirmed");
  return voice.Say("phrase.late_notice");
}

std::string Joined(const std::vector<std::string>& parts) {
  std::string joined;
  for (const std::string& part : parts) joined += (joined.empty() ? " — " : ", ") + part;
  return joined;
}

}  // namespace

std::string Headline(const Voice& voice, const ReportFacts& facts) {
  const Report& report = facts.report;
  switch (report.kind) {
    case ReportKind::kEarlyNotice: return voice.Say("phrase.early_notice");
    case ReportKind::kLateNotice: return LateHeadline(voice, facts);
    case ReportKind::kTest: return voice.Say("phrase.test");
    case ReportKind::kUndelivered:
      return voice.Count("phrase.undelivered",
                         static_cast<std::int64_t>(report.undelivered.size()));
    case ReportKind::kOnRequest:
      if (report.alert)
        return voice.Say(report.alert->plan() ? "phrase.NOT_CONFIRMED" : "phrase.unexplained");
      if (facts.trouble_first)
        return voice.Say("phrase.on_request", {{"phrase", TroubleWords(voice, facts.trouble)}});
      if (!facts.foremost) return voice.Say("phrase.on_request_nothing");
      return voice.Say("phrase.on_request",
                       {{"phrase", RunHeadline(voice, facts.runs.at(*facts.foremost))}});
    case ReportKind::kNeverDue: return TroubleWords(voice, facts.trouble);
    case ReportKind::kUnprotected:
      return voice.Count("phrase.unprotected", static_cast<std::int64_t>(report.modules.size()));
    case ReportKind::kRecoveryPoint:
      return voice.Say(facts.trouble == Trouble::kOverTarget ? "phrase.over_target"
                                                             : "phrase.back_in_target");
    case ReportKind::kAlertSummary:
      return voice.Count("phrase.alert_summary",
                         report.alert_summary ? report.alert_summary->alerts : 0);
    default: return PhraseWords(voice, facts.phrase);
  }
}

std::string Subject(const Voice& voice, std::string_view prefix, const ReportFacts& facts) {
  const std::string shown_prefix = ShowForeign(prefix, kPrefixCharacters);
  const std::string begin =
      (shown_prefix.empty() ? "" : shown_prefix + " ") + Headline(voice, facts);
  const std::string end = Joined(Parts(voice, facts));
  std::string plans = Plans(voice, facts);
  if (!plans.empty()) {
    const std::size_t taken = std::min(begin.size() + end.size() + 2, kSubjectBytes);
    plans = ": " + CutTo(plans, std::max(kSubjectBytes - taken, kShortestPlans));
  }
  return CutTo(begin + plans + end, kSubjectBytes);
}

}  // namespace backup_monitor::report::words
