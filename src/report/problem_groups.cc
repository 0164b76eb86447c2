#include <algorithm>
#include <array>

#include "report/finding_words.h"
#include "report/module_details.h"
#include "report/module_groups.h"
#include "report/names.h"
#include "report/palette.h"
#include "report/standing.h"
#include "report/view_weight.h"

namespace backup_monitor {
namespace {

// One way of not having succeeded, with the part of its catalog keys and its colour.
struct Kind {
  std::optional<Verdict> verdict;
  std::string_view key;
  std::string_view tone;
};

constexpr std::array<Kind, 6> kKinds{{{Verdict::kFailed, "failed", "bad"},
                                      {Verdict::kSucceeded, "no_snapshot", "warn"},
                                      {Verdict::kSavedWithErrors, "saved_with_errors", "warn"},
                                      {Verdict::kNotFinished, "not_finished", "wait"},
                                      {Verdict::kNeverRan, "never_ran", "wait"},
                                      {std::nullopt, "pending", "wait"}}};

bool IsOf(const Kind& kind, const RunSection& run, const ModuleLine& line) {
  if (line.verdict != kind.verdict) return false;
  return kind.verdict != Verdict::kSucceeded || SucceededWithoutSnapshot(run, line);
}

// What stands beneath the title must be true of every row: of rows that say for themselves what their
// repository holds, it claims nothing.
std::string Explanation(const Voice& voice, const Kind& kind,
                        const std::vector<const ModuleLine*>& lines) {
  const auto looked = std::ranges::count_if(
      lines, [](const ModuleLine* line) { return line->finding.has_value(); });
  const bool all = looked == std::ssize(lines);
  const bool failed = kind.verdict == Verdict::kFailed;
  if (all && (failed || kind.verdict == Verdict::kSavedWithErrors)) return {};
  if (failed && looked > 0) return voice.Say("explain.failed_some_looked");
  return voice.Say("explain." + std::string{kind.key});
}

std::vector<View> Details(const Voice& voice, const RunSection& run, const ModuleLine& line,
                          RowBudget& budget) {
  std::vector<View> details;
  if (!line.verdict) return details;  // One without has nothing to tell but that.
  const bool quote = budget.quotes > 0 && line.finding && !line.finding->words.empty();
  if (quote) --budget.quotes;
  for (const Fact& fact : DetailsOf(voice, run, line, quote)) {
    View& detail = details.emplace_back();
    detail.Set("detail_name", fact.name);
    detail.Set("detail_value", fact.value);
  }
  return details;
}

View Row(const Voice& voice, const RunSection& run, const ModuleLine& line, RowBudget& budget) {
  View row;
  row.Set("row_name", ModuleName(line));
  row.Set("row_place", ModulePlace(voice, line));
  const FindingWords words = WordsOf(voice, run, line);
  row.Set("row_standing", words.standing.empty() ? words.cause : words.standing);
  if (!words.standing.empty()) row.Set("row_cause", words.cause);
  row.Set("row_details", Details(voice, run, line, budget));
  return row;
}

std::vector<View> Rows(const Voice& voice, const RunSection& run,
                       const std::vector<const ModuleLine*>& lines, RowBudget& budget) {
  std::vector<View> rows;
  for (const ModuleLine* line : lines) {
    if (budget.problems <= 0 || budget.bytes <= 0) break;
    rows.push_back(Row(voice, run, *line, budget));
    --budget.problems;
    budget.bytes -= HtmlWeight(rows.back());
  }
  return rows;
}

std::optional<View> Group(const Voice& voice, const RunSection& run, const Kind& kind,
                          RowBudget& budget) {
  std::vector<const ModuleLine*> lines;
  for (const ModuleLine& line : run.modules) {
    if (IsOf(kind, run, line)) lines.push_back(&line);
  }
  if (lines.empty()) return std::nullopt;
  std::vector<View> rows = Rows(voice, run, lines, budget);
  View group;
  group.Set("group_title",
            voice.Say("group", {{"verdict", voice.Say("verdict." + std::string{kind.key})},
                                {"modules", voice.Count("count.modules", std::ssize(lines))}}));
  group.Set("group_explanation", Explanation(voice, kind, lines));
  SetTone(group, "group", ToneNamed(kind.tone));
  const auto left_out = std::ssize(lines) - std::ssize(rows);
  if (left_out > 0) group.Set("group_left_out", voice.Count("left_out", left_out));
  group.Set("group_rows", std::move(rows));
  return group;
}

}  // namespace

std::vector<View> ProblemGroups(const Voice& voice, const RunSection& run, RowBudget& budget) {
  std::vector<View> groups;
  for (const Kind& kind : kKinds) {
    if (auto group = Group(voice, run, kind, budget)) groups.push_back(std::move(*group));
  }
  return groups;
}

}  // namespace backup_monitor
