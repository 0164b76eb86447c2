#include "report/subject.h"

#include <algorithm>

#include "report/alert_words.h"
#include "report/foreign_text.h"
#include "report/lead.h"
#include "report/names.h"
#include "report/tally.h"

namespace backup_monitor {
namespace {

constexpr std::size_t kPrefixCharacters = 40;
constexpr std::size_t kClusterBytes = 40;
constexpr std::size_t kShortestPlans = 24;
constexpr std::size_t kPlansNamed = 4;

std::string Phrase(const Voice& voice, Outcome outcome) {
  return voice.Say("phrase." + std::string{Name(outcome)});
}

/// Of several runs with the worst outcome the worse phrase counts: not finished before not confirmed.
std::string Phrase(const Voice& voice, const std::vector<RunSection>& runs, Outcome worst) {
  const bool unconfirmed =
      worst == Outcome::kIncomplete && std::ranges::all_of(runs, [&](const RunSection& run) {
        return run.open || run.outcome != worst || IsUnconfirmedByAlert(run);
      });
  return unconfirmed ? voice.Say("phrase.NOT_CONFIRMED") : Phrase(voice, worst);
}

// What stands at this moment: a run that goes on must not hide one that failed.
std::string PhraseOfNow(const Voice& voice, const std::vector<RunSection>& runs) {
  Outcome closed = Outcome::kSuccess;
  const RunSection* open = nullptr;
  for (const RunSection& run : runs) {
    if (!run.open) {
      closed = std::max(closed, run.outcome);
    } else if (open == nullptr || Count(run).with_errors() > 0) {
      open = &run;
    }
  }
  if (closed != Outcome::kSuccess || open == nullptr) return Phrase(voice, runs, closed);
  return RunHeadline(voice, *open);
}

std::string AlertPlan(const Report& report) {
  const auto plan = report.alert ? report.alert->plan() : std::nullopt;
  return plan ? ShowForeign(plan->text) : "";
}

// The plans that the headline speaks of; empty where it speaks of none.
std::string Plans(const Voice& voice, const Report& report) {
  if (report.kind == ReportKind::kTest || report.kind == ReportKind::kUndelivered) return {};
  if (!report.runs.empty()) return PlanNames(voice, report.runs, kPlansNamed);
  return AlertPlan(report);
}

bool NothingFound(const Report& report) {
  return report.kind == ReportKind::kNoStatus ||
         (!report.runs.empty() && std::all_of(report.runs.begin(), report.runs.end(), HasNoStatus));
}

// Of several plans each has its own past, and the subject no room for it.
void AddPast(const Voice& voice, const Report& report, std::vector<std::string>& parts) {
  if (report.runs.size() != 1) return;
  const RunSection& run = report.runs.front();
  if (run.failure_in_row > 1) {
    parts.push_back(voice.Say("in_a_row", {{"nth", voice.Ordinal(run.failure_in_row)}}));
  }
  if (run.fixed_after > 0) parts.push_back(voice.Count("fixed_after", run.fixed_after));
}

void AddModules(const Voice& voice, const Report& report, std::vector<std::string>& parts) {
  const Tally tally = Count(report.runs);
  if (tally.total == 0) return;
  if (report.kind == ReportKind::kEarlyNotice) {
    parts.push_back(voice.Count("subject.errors_so_far", tally.total,
                                {{"errors", voice.Number(tally.with_errors())}}));
    return;
  }
  parts.push_back(
      voice.Count("subject.modules", tally.total, {{"good", voice.Number(tally.succeeded)}}));
  if (tally.without_snapshot > 0) {
    parts.push_back(voice.Count("subject.without_snapshot", tally.without_snapshot));
  }
}

std::string Watching(const Voice& voice, const WatchSummary& watch) {
  return voice.Say("watching", {{"plans", voice.Count("count.plans", watch.plans)},
                                {"modules", voice.Count("count.modules", watch.modules)}});
}

std::vector<std::string> Parts(const Voice& voice, const Report& report) {
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
  } else if (NothingFound(report)) {
    parts.push_back(voice.Say("subject.no_status"));
  } else {
    AddModules(voice, report, parts);
    AddPast(voice, report, parts);
  }
  if (const std::string cluster = ShowForeign(report.cluster_name); !cluster.empty()) {
    parts.push_back(voice.Say("subject.cluster", {{"cluster", CutTo(cluster, kClusterBytes)}}));
  }
  return parts;
}

std::string Joined(const std::vector<std::string>& parts) {
  std::string joined;
  for (const std::string& part : parts) joined += (joined.empty() ? " — " : ", ") + part;
  return joined;
}

}  // namespace

std::string Headline(const Voice& voice, const Report& report) {
  switch (report.kind) {
    case ReportKind::kEarlyNotice: return voice.Say("phrase.early_notice");
    case ReportKind::kTest: return voice.Say("phrase.test");
    case ReportKind::kUndelivered:
      return voice.Count("phrase.undelivered", static_cast<std::int64_t>(report.undelivered.size()));
    case ReportKind::kOnRequest:
      if (report.alert) return voice.Say(report.alert->plan() ? "phrase.NOT_CONFIRMED" : "phrase.unexplained");
      if (report.runs.empty()) return voice.Say("phrase.on_request_nothing");
      return voice.Say("phrase.on_request", {{"phrase", PhraseOfNow(voice, report.runs)}});
    case ReportKind::kAlertSummary:
      return voice.Count("phrase.alert_summary", report.alert_summary ? report.alert_summary->alerts : 0);
    default: return Phrase(voice, report.runs, report.worst());
  }
}

std::string Subject(const Voice& voice, std::string_view prefix, const Report& report) {
  const std::string shown_prefix = ShowForeign(prefix, kPrefixCharacters);
  const std::string begin =
      (shown_prefix.empty() ? "" : shown_prefix + " ") + Headline(voice, report);
  const std::string end = Joined(Parts(voice, report));
  std::string plans = Plans(voice, report);
  if (!plans.empty()) {
    const std::size_t taken = std::min(begin.size() + end.size() + 2, kSubjectBytes);
    plans = ": " + CutTo(plans, std::max(kSubjectBytes - taken, kShortestPlans));
  }
  return CutTo(begin + plans + end, kSubjectBytes);
}

}  // namespace backup_monitor
