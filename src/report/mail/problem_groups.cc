#include <algorithm>
#include <array>
#include <functional>

#include "report/facts/standing.h"
#include "report/mail/module_groups.h"
#include "report/mail/palette.h"
#include "report/mail/view_weight.h"
#include "report/words/alert_words.h"
#include "report/words/finding_words.h"
#include "report/words/module_details.h"
#include "report/words/names.h"

namespace backup_monitor {
namespace {

// One way of not having succeeded, with the part of its catalog keys and its colour.
struct Kind {
  Rank rank;
  std::string_view key;
  std::string_view tone;
};

// In the order of the ranks, the worst first.
constexpr std::array<Kind, 6> kKinds{{{Rank::kFailed, "failed", "bad"},
                                      {Rank::kWithoutSnapshot, "no_snapshot", "warn"},
                                      {Rank::kSavedWithErrors, "saved_with_errors", "warn"},
                                      {Rank::kNeverRan, "never_ran", "wait"},
                                      {Rank::kNotFinished, "not_finished", "wait"},
                                      {Rank::kPending, "pending", "wait"}}};
static_assert(std::ranges::is_sorted(kKinds, std::ranges::greater{}, &Kind::rank));

bool NoneCounted(const RunSection& run, const ModuleLine& line) {
  return StandingInRepository(run, line) == Standing::kNoneCounted;
}

std::string WithoutSnapshot(const Voice& voice, const RunSection& run, const ModuleLine& line) {
  return voice.Say(NoneCounted(run, line) ? "explain.none_counted" : "explain.no_snapshot");
}

/// Some were looked into, and of some only NS8's own record tells.
bool TellsOfEach(const RunSection& run, const Kind& kind,
                 const std::vector<const ModuleLine*>& lines) {
  if (kind.rank != Rank::kWithoutSnapshot) return false;
  const auto counted =
      std::ranges::count_if(lines, [&](const ModuleLine* line) { return NoneCounted(run, *line); });
  return counted != 0 && counted != std::ssize(lines);
}

// What stands beneath the title must be true of every row: of rows that say for themselves what their
// repository holds, it claims nothing.
std::string Explanation(const Voice& voice, const RunSection& run, const Kind& kind,
                        const std::vector<const ModuleLine*>& lines) {
  if (TellsOfEach(run, kind, lines)) return {};
  if (kind.rank == Rank::kWithoutSnapshot) return WithoutSnapshot(voice, run, *lines.front());
  const auto looked = std::ranges::count_if(
      lines, [](const ModuleLine* line) { return line->finding.has_value(); });
  const bool all = looked == std::ssize(lines);
  const bool failed = kind.rank == Rank::kFailed;
  if (all && (failed || kind.rank == Rank::kSavedWithErrors)) return {};
  if (failed && looked > 0) return voice.Say("explain.failed_some_looked");
  if (kind.rank == Rank::kPending) return PendingWords(voice, run);
  return voice.Say("explain." + std::string{kind.key});
}

std::vector<View> Details(const Voice& voice, const RunSection& run, const ModuleLine& line,
                          RowBudget& budget) {
  std::vector<View> details;
  if (!line.verdict) return details;  // One without has nothing to tell but that.
  const bool quote = budget.quotes > 0 && line.finding && !line.finding->words.empty();
  if (quote) --budget.quotes;
  for (const NamedValue& fact : DetailsOf(voice, run, line, quote)) {
    View& detail = details.emplace_back();
    detail.Set("detail_name", fact.name);
    detail.Set("detail_value", fact.value);
  }
  return details;
}

View Row(const Voice& voice, const RunSection& run, const ModuleLine& line, bool tells_of_each,
         RowBudget& budget) {
  View row;
  row.Set("row_name", ModuleName(line));
  row.Set("row_place", ModulePlace(voice, line));
  FindingWords words = WordsOf(voice, run, line);
  if (tells_of_each) {
    const std::string why = WithoutSnapshot(voice, run, line);
    words.standing = words.standing.empty() ? why : why + " " + words.standing;
  }
  row.Set("row_standing", words.standing.empty() ? words.cause : words.standing);
  if (!words.standing.empty()) row.Set("row_cause", words.cause);
  std::vector<View> details = Details(voice, run, line, budget);
  const bool alone = details.empty() && words.standing.empty() && words.cause.empty();
  if (alone) row.Set("row_alone", "yes");
  row.Set("row_details", std::move(details));
  return row;
}

std::vector<View> Rows(const Voice& voice, const RunSection& run,
                       const std::vector<const ModuleLine*>& lines, bool tells_of_each,
                       RowBudget& budget) {
  std::vector<View> rows;
  for (const ModuleLine* line : lines) {
    if (budget.problems <= 0 || budget.bytes <= 0) break;
    rows.push_back(Row(voice, run, *line, tells_of_each, budget));
    --budget.problems;
    budget.bytes -= HtmlWeight(rows.back());
  }
  return rows;
}

std::optional<View> Group(const Voice& voice, const RunSection& run, const Kind& kind,
                          RowBudget& budget) {
  std::vector<const ModuleLine*> lines;
  for (const ModuleLine& line : run.modules) {
    if (RankIn(run, line) == kind.rank) lines.push_back(&line);
  }
  if (lines.empty()) return std::nullopt;
  std::vector<View> rows = Rows(voice, run, lines, TellsOfEach(run, kind, lines), budget);
  View group;
  group.Set("group_title",
            voice.Say("group", {{"verdict", voice.Say("verdict." + std::string{kind.key})},
                                {"modules", voice.Count("count.modules", std::ssize(lines))}}));
  group.Set("group_explanation", Explanation(voice, run, kind, lines));
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
