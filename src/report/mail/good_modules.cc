#include "report/facts/standing.h"
#include "report/mail/module_groups.h"
#include "report/mail/view_weight.h"
#include "report/words/module_details.h"
#include "report/words/names.h"

namespace backup_monitor {
namespace {

constexpr std::size_t kNodesListed = 100;

struct NodeSum {
  std::string name;
  int modules = 0;
  seconds took{0};
  SizeSum size;
};

View Row(const Voice& voice, const RunSection& run, const ModuleLine& line) {
  const GoodNumbers numbers = NumbersOf(voice, run, line);
  View row;
  row.Set("good_name", ModuleName(line));
  row.Set("good_place", ModulePlace(voice, line));
  row.Set("good_took", numbers.took);
  row.Set("good_took_before", numbers.took_before);
  row.Set("good_size", numbers.size);
  row.Set("good_size_change", numbers.size_change);
  row.Set("good_note", numbers.note);
  row.Set("good_doubt", numbers.doubt);
  return row;
}

View NodeRow(const Voice& voice, const NodeSum& sum) {
  View row;
  row.Set("node_name", sum.name.empty() ? voice.Say("node.unknown") : sum.name);
  row.Set("node_modules", voice.Count("count.modules", sum.modules));
  if (sum.took > seconds{0}) row.Set("node_took", voice.Duration(sum.took));
  row.Set("node_size", SizeText(voice, sum.size));
  return row;
}

std::vector<View> NodeRows(const Voice& voice, const RunSection& run,
                           const std::vector<const ModuleLine*>& good) {
  std::map<std::optional<NodeId>, NodeSum> nodes;
  for (const ModuleLine* line : good) {
    NodeSum& sum = nodes[line->node];
    if (sum.modules++ == 0) sum.name = NodeName(voice, *line);
    sum.took += DurationOf(run, *line).value_or(seconds{0});
    sum.size.Add(*line);
  }
  std::vector<View> rows;
  NodeSum others;
  for (const auto& [node, sum] : nodes) {
    if (rows.size() < kNodesListed) {
      rows.push_back(NodeRow(voice, sum));
    } else {
      others.modules += sum.modules;
    }
  }
  if (others.modules == 0) return rows;
  others.name = voice.Count("node.others", static_cast<std::int64_t>(nodes.size() - kNodesListed));
  rows.push_back(NodeRow(voice, others));
  return rows;
}

// Those of many of which there is news: nobody would find them in a sum.
std::vector<View> NewsRows(const Voice& voice, const RunSection& run,
                           const std::vector<const ModuleLine*>& good, RowBudget& budget) {
  std::vector<View> rows;
  for (const ModuleLine* line : good) {
    const bool news =
        line->fixed_after() > 0 || HasFallen(run, *line) || (line->finding && line->finding->cause);
    if (!news || budget.good <= 0 || budget.bytes <= 0) continue;
    --budget.good;
    rows.push_back(Row(voice, run, *line));
    budget.bytes -= HtmlWeight(rows.back());
  }
  return rows;
}

// All or none: a list with a hole in it would read as if the others had not been saved.
std::vector<View> AllRows(const Voice& voice, const RunSection& run,
                          const std::vector<const ModuleLine*>& good, RowBudget& budget) {
  std::vector<View> rows;
  if (std::ssize(good) > budget.good) return rows;
  std::int64_t bytes = 0;
  for (const ModuleLine* line : good)
    bytes += HtmlWeight(rows.emplace_back(Row(voice, run, *line)));
  if (bytes > budget.bytes) return {};
  budget.good -= static_cast<int>(good.size());
  budget.bytes -= bytes;
  return rows;
}

}  // namespace

std::optional<View> GoodModules(const Voice& voice, const RunSection& run, RowBudget& budget) {
  std::vector<const ModuleLine*> good;
  for (const ModuleLine& line : run.modules) {
    const bool shown = line.verdict == Verdict::kSucceeded && !SucceededWithoutSnapshot(run, line);
    if (shown) good.push_back(&line);
  }
  if (good.empty()) return std::nullopt;
  View view;
  view.Set("good_plan", PlanName(run));
  view.Set("good_count", voice.Count("count.modules", std::ssize(good)));
  view.Set("good_standing",
           voice.Count(run.being_checked ? "good.not_checked" : "good.is_last", std::ssize(good)));
  std::vector<View> rows = AllRows(voice, run, good, budget);
  if (rows.empty()) {
    rows = NewsRows(voice, run, good, budget);
    View& nodes = view.lists["good_by_node"].emplace_back();
    nodes.Set("good_nodes", NodeRows(voice, run, good));
  }
  if (!rows.empty()) view.lists["good_table"].emplace_back().Set("good_rows", std::move(rows));
  return view;
}

}  // namespace backup_monitor
