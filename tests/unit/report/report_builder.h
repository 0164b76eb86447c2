#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>

#include "model/report.h"
#include "report/facts/derive_facts.h"
#include "report/mail/report_writer.h"
#include "report/words/local_time.h"

namespace backup_monitor::testing {

/// Sun 22 Nov 2026, 01:14:00 UTC, which Rome reads as 02:14.
inline constexpr Time kNight{seconds{1795310040}};
inline constexpr seconds kMinute{60};
inline constexpr seconds kHour{3600};
inline constexpr seconds kDay{86400};

/// An alert of a plan that has been removed, and a failure of the plan 1 for which none fires.
inline std::vector<AlertContradiction> Contradictions(std::string removed_plan) {
  return {{.kind = AlertContradiction::Kind::kPlanGone,
           .plan = PlanId{"8"},
           .plan_name = std::move(removed_plan),
           .since = kNight},
          {.kind = AlertContradiction::Kind::kNotRaised,
           .plan = PlanId{"1"},
           .plan_name = "Nightly",
           .node = *NodeId::Parse("2"),
           .node_name = "Rome",
           .since = kNight}};
}

inline report::words::Zone Rome() { return report::words::FixedZone(kHour, "CET"); }

inline ModuleLine Line(std::string id, std::optional<Verdict> verdict, std::string ui_name = "") {
  ModuleLine line;
  line.module = ModuleId{std::move(id)};
  line.ui_name = std::move(ui_name);
  line.node = *NodeId::Parse("2");
  line.node_name = "Rome";
  line.verdict = verdict;
  const bool recorded =
      verdict && *verdict != Verdict::kNotFinished && *verdict != Verdict::kNeverRan;
  if (recorded) {
    line.started = kNight;
    line.ended = kNight + 3 * kMinute;
    line.recorded_start = line.started;
    line.recorded_end = line.ended;
    line.previous_duration = 12 * kMinute;
  }
  if (verdict == Verdict::kSucceeded) {
    line.size_bytes = 4'200'000'000;
    line.previous_size_bytes = 4'000'000'000;
    line.file_count = 12'000;
    line.last_good = line.ended;
  } else if (verdict) {
    if (verdict != Verdict::kNeverRan) line.last_good = kNight - 3 * kDay;
    line.error_count = recorded ? 1 : 0;
  }
  if (verdict) line.episode.Add(*verdict);
  return line;
}

/// A look that found `newest`, and nothing of this backup.
inline ModuleLine Found(ModuleLine line, std::optional<Time> newest) {
  line.finding.emplace();
  line.finding->probed_at = kNight + 75 * kMinute;
  if (newest) line.finding->newest = Snapshot{*newest, "0f3a9c21", std::nullopt};
  line.newest_data = newest;
  return line;
}

/// A look that found a snapshot made at `at`, in this backup.
inline ModuleLine FoundOwn(ModuleLine line, Time at) {
  line = Found(std::move(line), at);
  line.finding->of_run = line.finding->newest;
  return line;
}

/// A look that was refused: what is known is from before.
inline ModuleLine Refused(ModuleLine line, ProbeCause cause, std::string words = "") {
  line.finding.emplace();
  line.finding->probed_at = kNight + 75 * kMinute;
  line.finding->cause = cause;
  line.finding->words = std::move(words);
  line.newest_data = line.last_good;
  return line;
}

inline RunSection Section(Outcome outcome, std::vector<ModuleLine> modules) {
  RunSection run;
  run.run = RunId{7};
  run.plan = PlanId{"1"};
  run.plan_name = "Nightly";
  run.destination_name = "NAS";
  run.outcome = outcome;
  run.begin = kNight;
  run.end = kNight + 72 * kMinute;
  run.previous_duration = 65 * kMinute;
  run.modules = std::move(modules);
  if (outcome != Outcome::kSuccess) {
    std::map<ModuleId, Verdict> verdicts;
    for (const ModuleLine& line : run.modules) {
      if (line.verdict && line.verdict != Verdict::kSucceeded)
        verdicts.emplace(line.module, *line.verdict);
    }
    run.episode.Add(outcome, verdicts);
    run.failing_since = kNight;
  }
  return run;
}

inline Report Of(std::vector<RunSection> runs, ReportKind kind = ReportKind::kFinal) {
  Report report;
  report.kind = kind;
  report.created_at = kNight + 2 * kHour;
  report.cluster_name = "example";
  report.runs = std::move(runs);
  report.watch.plans = 2;
  report.watch.modules = 14;
  return report;
}

inline RenderedReport Written(const Report& report, Language language = Language::kEnglish) {
  return report::mail::ReportWriter{language, "", Rome()}.Render(report::FactsOf(report));
}

inline RenderedReport Written(const RunSection& run, Language language = Language::kEnglish) {
  return Written(Of({run}), language);
}

inline std::string TextOf(const Report& report) { return Written(report).text; }

inline std::string TextOf(const RunSection& run, Language language = Language::kEnglish) {
  return Written(run, language).text;
}

/// A text part, with its line ends and indents made blanks.
inline std::string OnOneLine(const std::string& text) {
  std::string line;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\n';
    if (!blank || (!line.empty() && line.back() != ' ')) line += blank ? ' ' : c;
  }
  return line;
}

inline ModuleLine Failed(std::string id = "mail1") { return Line(std::move(id), Verdict::kFailed); }

}  // namespace backup_monitor::testing
