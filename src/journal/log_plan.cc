#include "journal/log_plan.h"

#include <set>

namespace backup_monitor::journal {
namespace {

/// Where it is, or was when its record was made.
std::optional<NodeId> NodeOf(const RunModule& module) {
  if (module.record && module.record->record.node) return module.record->record.node;
  return module.node;
}

bool IsToBeExplained(const RunModule& module) {
  if (module.record) return !module.record->record.succeeded();
  return module.expected && !module.left;
}

bool IsSettled(const Run& run, NodeId node) {
  const auto log = run.log.find(node);
  if (log == run.log.end()) return false;
  const auto& trouble = log->second.trouble;
  const bool has_ended =
      !trouble && log->second.pass && log->second.pass->end != LoggedPass::End::kUnknown;
  if (run.open()) return has_ended;
  if (log->second.read_at < *run.closed_at()) return false;
  return has_ended || (trouble && !IsTransient(*trouble));
}

}  // namespace

std::vector<NodeId> NodesToRead(const Run& run) {
  if (run.origin == RunOrigin::kCompact) return {};
  std::set<NodeId> nodes;
  for (const auto& [id, module] : run.modules) {
    if (!module.counts() || !IsToBeExplained(module)) continue;
    const auto node = NodeOf(module);
    if (node && !IsSettled(run, *node)) nodes.insert(*node);
  }
  return {nodes.begin(), nodes.end()};
}

}  // namespace backup_monitor::journal
