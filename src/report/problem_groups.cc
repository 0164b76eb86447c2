#include <algorithm>
#include <array>

#include "report/module_details.h"
#include "report/module_groups.h"
#include "report/names.h"
#include "report/palette.h"

namespace backup_monitor {
namespace {

// One way of not having succeeded, with the part of its catalog keys and its colour.
struct Kind {
  std::optional<Verdict> verdict;
  std::string_view key;
  std::string_view tone;
};

constexpr std::array<Kind, 5> kKinds{{{Verdict::kFailed, "failed", "bad"},
                                      {Verdict::kSavedWithErrors, "saved_with_errors", "warn"},
                                      {Verdict::kNotFinished, "not_finished", "wait"},
                                      {Verdict::kNeverRan, "never_ran", "wait"},
                                      {std::nullopt, "pending", "wait"}}};

View Row(const Voice& voice, const RunSection& run, const ModuleLine& line) {
  View row;
  row.Set("row_name", ModuleName(line));
  row.Set("row_place", ModulePlace(voice, line));
  std::vector<View> details;
  if (line.verdict) {  // One without has nothing to tell but that.
    for (const Fact& fact : DetailsOf(voice, run, line)) {
      View& detail = details.emplace_back();
      detail.Set("detail_name", fact.name);
      detail.Set("detail_value", fact.value);
    }
  }
  row.Set("row_details", std::move(details));
  return row;
}

std::optional<View> Group(const Voice& voice, const RunSection& run, const Kind& kind,
                          RowBudget& budget) {
  std::vector<View> rows;
  int modules = 0;
  for (const ModuleLine& line : run.modules) {
    if (line.verdict != kind.verdict) continue;
    ++modules;
    if (budget.problems <= 0) continue;
    --budget.problems;
    rows.push_back(Row(voice, run, line));
  }
  if (modules == 0) return std::nullopt;
  const int left_out = modules - static_cast<int>(rows.size());
  View group;
  group.Set("group_title", voice.Say("group", {{"verdict", voice.Say("verdict." + std::string{kind.key})},
                                               {"modules", voice.Count("count.modules", modules)}}));
  group.Set("group_explanation", voice.Say("explain." + std::string{kind.key}));
  SetTone(group, "group", ToneNamed(kind.tone));
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
