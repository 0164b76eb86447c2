#include "report/mail/module_groups.h"
#include "report/words/module_words.h"
#include "report/words/names.h"
#include "report/words/run_values.h"

namespace backup_monitor::report::mail {
namespace {

using words::Voice;

constexpr std::size_t kNodesListed = 100;

using Modules = std::vector<const ModuleFacts*>;

View GoodRow(const Voice& voice, const RunFacts& run, const ModuleFacts& module) {
  const words::GoodNumbers numbers = words::NumbersOf(voice, run, module);
  View row;
  row.Set("good_name", words::ModuleName(module.line));
  row.Set("good_place", words::ModulePlace(voice, module.line));
  row.Set("good_took", numbers.took);
  row.Set("good_took_before", numbers.took_before);
  row.Set("good_size", numbers.size);
  row.Set("good_size_change", numbers.size_change);
  row.Set("good_note", numbers.note);
  row.Set("good_doubt", numbers.doubt);
  return row;
}

View NodeRow(const Voice& voice, const std::string& name, const NodeSum& sum) {
  View row;
  row.Set("node_name", name.empty() ? voice.Say("node.unknown") : name);
  row.Set("node_modules", voice.Count("count.modules", sum.modules));
  if (sum.took > seconds{0}) row.Set("node_took", voice.Duration(sum.took));
  row.Set("node_size", words::SizeText(voice, sum.size));
  return row;
}

std::vector<View> NodeRows(const Voice& voice, const std::vector<NodeSum>& nodes) {
  std::vector<View> rows;
  NodeSum others;
  for (const NodeSum& sum : nodes) {
    if (rows.size() < kNodesListed) {
      rows.push_back(NodeRow(voice, words::NodeName(voice, *sum.first), sum));
    } else {
      others.modules += sum.modules;
    }
  }
  if (others.modules == 0) return rows;
  const auto left_out = static_cast<std::int64_t>(nodes.size() - kNodesListed);
  rows.push_back(NodeRow(voice, voice.Count("node.others", left_out), others));
  return rows;
}

// Those of many of which there is news: nobody would find them in a sum.
std::vector<View> NewsRows(const Voice& voice, const RunFacts& run, const Modules& good,
                           RowBudget& budget) {
  std::vector<View> rows;
  for (const ModuleFacts* module : good) {
    const ModuleLine& line = module->line;
    const bool news =
        line.fixed_after() > 0 || module->fallen || (line.finding && line.finding->cause);
    if (!news || budget.good <= 0 || budget.bytes <= 0) continue;
    --budget.good;
    rows.push_back(GoodRow(voice, run, *module));
    budget.bytes -= HtmlWeight(rows.back());
  }
  return rows;
}

// All or none: a list with a hole in it would read as if the others had not been saved.
std::vector<View> AllRows(const Voice& voice, const RunFacts& run, const Modules& good,
                          RowBudget& budget) {
  std::vector<View> rows;
  if (std::ssize(good) > budget.good) return rows;
  std::int64_t bytes = 0;
  for (const ModuleFacts* module : good)
    bytes += HtmlWeight(rows.emplace_back(GoodRow(voice, run, *module)));
  if (bytes > budget.bytes) return {};
  budget.good -= static_cast<int>(good.size());
  budget.bytes -= bytes;
  return rows;
}

}  // namespace

std::optional<View> GoodModules(const Voice& voice, const RunFacts& run, RowBudget& budget) {
  const Modules good = run.OfRank(Rank::kGood);
  if (good.empty()) return std::nullopt;
  View view;
  view.Set("good_plan", words::PlanName(run.section));
  view.Set("good_count", voice.Count("count.modules", std::ssize(good)));
  view.Set("good_meaning",
           voice.Count(run.section.being_checked ? "good.not_checked" : "good.is_last",
                       std::ssize(good)));
  std::vector<View> rows = AllRows(voice, run, good, budget);
  if (rows.empty()) {
    rows = NewsRows(voice, run, good, budget);
    View& nodes = view.lists["good_by_node"].emplace_back();
    nodes.Set("good_nodes", NodeRows(voice, run.good_by_node));
  }
  if (!rows.empty()) view.lists["good_table"].emplace_back().Set("good_rows", std::move(rows));
  return view;
}

}  // namespace backup_monitor::report::mail
