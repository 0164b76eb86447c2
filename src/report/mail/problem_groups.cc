#include <algorithm>
#include <array>
#include <functional>
#include <utility>

#include "report/mail/module_groups.h"
#include "report/mail/palette.h"
#include "report/words/module_words.h"
#include "report/words/names.h"

namespace backup_monitor::report::mail {
namespace {

using words::Voice;

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

/// What is said of the modules of a run that did not take place, whichever of these ranks they have.
std::string_view KeyOf(const RunFacts& run, const Kind& kind) {
  const bool silent = kind.rank == Rank::kNotFinished || kind.rank == Rank::kNeverRan;
  return silent && run.section.outcome == Outcome::kMissed ? "missed" : kind.key;
}

using Modules = std::vector<const ModuleFacts*>;

/// Some were checked, and of some only NS8's own record says it.
bool SaysOfEach(Rank rank, const Modules& modules) {
  if (rank != Rank::kWithoutSnapshot) return false;
  const auto counted = std::ranges::count_if(modules, [](const ModuleFacts* module) {
    return module->snapshot_state == SnapshotState::kNoneCounted;
  });
  return counted != 0 && counted != std::ssize(modules);
}

// What is said beneath the title must be true of every row: of rows that say for themselves what their
// repository holds, it claims nothing.
std::string Explanation(const Voice& voice, const RunFacts& run, const Kind& kind,
                        const Modules& modules) {
  if (SaysOfEach(kind.rank, modules)) return {};
  if (kind.rank == Rank::kWithoutSnapshot)
    return words::WithoutSnapshotWords(voice, *modules.front());
  const auto checked = std::ranges::count_if(modules, [](const ModuleFacts* module) {
    return module->line.finding || module->line.logged || module->silence_explained;
  });
  const bool all = checked == std::ssize(modules);
  const bool failed = kind.rank == Rank::kFailed;
  if (all && (failed || kind.rank == Rank::kSavedWithErrors)) return {};
  if (failed && checked > 0) return voice.Say("explain.failed_some_looked");
  if (kind.rank == Rank::kPending) return words::PendingWords(voice, run);
  const std::string key = "explain." + std::string{KeyOf(run, kind)};
  const bool silent = kind.rank == Rank::kNotFinished || kind.rank == Rank::kNeverRan;
  const bool logged = silent && all && run.section.outcome != Outcome::kMissed;
  return voice.Say(logged ? key + "_logged" : key);
}

std::vector<View> Details(const Voice& voice, const RunFacts& run, const ModuleFacts& module,
                          RowBudget& budget) {
  const ModuleLine& line = module.line;
  std::vector<View> details;
  if (!line.verdict) return details;  // One without has nothing to say but that.
  const bool quote = budget.quotes > 0 && line.finding && !line.finding->words.empty();
  if (quote) --budget.quotes;
  for (const words::NamedValue& value : words::DetailsOf(voice, run, module, quote)) {
    View& detail = details.emplace_back();
    detail.Set("detail_name", value.name);
    detail.Set("detail_value", value.value);
  }
  return details;
}

View ProblemRow(const Voice& voice, const RunFacts& run, const ModuleFacts& module,
                bool says_of_each, RowBudget& budget) {
  View row;
  row.Set("row_name", words::ModuleName(module.line));
  row.Set("row_place", words::ModulePlace(voice, module.line));
  words::FindingWords words = words::WordsOf(voice, run, module);
  if (says_of_each) {
    const std::string why = words::WithoutSnapshotWords(voice, module);
    words.finding = words.finding.empty() ? why : why + " " + words.finding;
  }
  const bool says_anything = !(words.finding + words.log + words.cause).empty();
  // The first two that there are.
  std::string& first = !words.finding.empty() ? words.finding : words.log;
  if (first.empty()) first = std::exchange(words.cause, {});
  row.Set("row_finding", std::exchange(first, {}));
  const std::string glue = words.log.empty() || words.cause.empty() ? "" : " ";
  row.Set("row_cause", words.log + glue + words.cause);
  std::vector<View> details = Details(voice, run, module, budget);
  const bool alone = details.empty() && !says_anything;
  if (alone) row.Set("row_alone", "yes");
  row.Set("row_details", std::move(details));
  return row;
}

std::vector<View> Rows(const Voice& voice, const RunFacts& run, const Modules& modules,
                       bool says_of_each, RowBudget& budget) {
  std::vector<View> rows;
  for (const ModuleFacts* module : modules) {
    if (budget.problems <= 0 || budget.bytes <= 0) break;
    rows.push_back(ProblemRow(voice, run, *module, says_of_each, budget));
    --budget.problems;
    budget.bytes -= HtmlWeight(rows.back());
  }
  return rows;
}

std::optional<View> Group(const Voice& voice, const RunFacts& run, const Kind& kind,
                          RowBudget& budget) {
  const Modules modules = run.OfRank(kind.rank);
  if (modules.empty()) return std::nullopt;
  std::vector<View> rows = Rows(voice, run, modules, SaysOfEach(kind.rank, modules), budget);
  View group;
  group.Set("group_title",
            voice.Say("group", {{"verdict", voice.Say("verdict." + std::string{KeyOf(run, kind)})},
                                {"modules", voice.Count("count.modules", std::ssize(modules))}}));
  group.Set("group_explanation", Explanation(voice, run, kind, modules));
  SetTone(group, "group", ToneNamed(kind.tone));
  const auto left_out = std::ssize(modules) - std::ssize(rows);
  if (left_out > 0) group.Set("group_left_out", voice.Count("left_out", left_out));
  group.Set("group_rows", std::move(rows));
  return group;
}

}  // namespace

std::vector<View> ProblemGroups(const Voice& voice, const RunFacts& run, RowBudget& budget) {
  std::vector<View> groups;
  for (const Kind& kind : kKinds) {
    if (auto group = Group(voice, run, kind, budget)) groups.push_back(std::move(*group));
  }
  return groups;
}

}  // namespace backup_monitor::report::mail
