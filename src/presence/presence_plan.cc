#include "presence/presence_plan.h"

#include <algorithm>
#include <set>

namespace backup_monitor::presence {
namespace {

bool IsSilent(const RunModule& module) {
  return module.expected && !module.left && module.shown() == nullptr;
}

bool LogSaysHowItEnded(const Run& run, NodeId node) {
  const auto log = run.log.find(node);
  return log != run.log.end() && log->second.is_over();
}

bool IsSettled(const Run& run, NodeId node) {
  if (run.open()) return false;
  const auto known = run.presence.find(node);
  if (known == run.presence.end() || known->second.read_at < *run.closed_at()) return false;
  return !known->second.trouble || !IsTransient(*known->second.trouble);
}

}  // namespace

std::vector<NodeId> NodesToAsk(const Run& run) {
  if (run.origin == RunOrigin::kCompact) return {};
  std::set<NodeId> nodes;
  for (const auto& [id, module] : run.modules) {
    if (!module.node || !IsSilent(module)) continue;
    if (!LogSaysHowItEnded(run, *module.node) && !IsSettled(run, *module.node))
      nodes.insert(*module.node);
  }
  return {nodes.begin(), nodes.end()};
}

NodePresence ReadPresence(PresenceSource& source, const Run& run, NodeId node, Time now,
                          PresenceSource::Deadline deadline, const std::stop_token& stop) {
  const Time begin = run.due ? std::min(run.due->at, run.begin) : run.begin;
  const Time from = std::clamp(begin - kBefore, now - kLongest, now);
  auto answer = source.Of({node, from, now, run.open()}, deadline, stop);
  if (!answer) return {.read_at = now, .trouble = answer.error().code};
  return *std::move(answer);
}

}  // namespace backup_monitor::presence
