#include "run/passes.h"

#include <algorithm>
#include <map>

namespace backup_monitor::run {
namespace {

/// Nodes' records say which node they are of, or the run is of a core before 3.20.
bool HasSeparateProcesses(const Run& run) {
  bool any_record = false;
  for (const auto& [id, module] : run.modules) {
    if (!module.record) continue;
    if (module.record->record.node) return false;
    any_record = true;
  }
  return any_record;
}

/// How far the first round has come: its records start in the plan's order, those of the later rounds need not.
void FollowFirstRound(Pass& pass) {
  std::vector<const Turn*> recorded;
  for (const Turn& turn : pass.turns) {
    if (!turn.silent()) recorded.push_back(&turn);
  }
  std::stable_sort(recorded.begin(), recorded.end(), [](const Turn* a, const Turn* b) {
    return a->module->record->started < b->module->record->started;
  });
  std::size_t reached = 0;
  for (const Turn* turn : recorded) {
    const Time free = FreeAt(*turn->module->record);
    pass.free_at = std::max(pass.free_at.value_or(free), free);
    if (pass.first_round_over || turn->place == Turn::kNoPlace) continue;
    if (turn->place < reached) {
      pass.first_round_over = true;
      continue;
    }
    reached = turn->place;
    pass.first_round_end = free;
  }
  const auto later = std::ranges::find_if(
      pass.turns, [reached](const Turn& turn) { return turn.place > reached; });
  pass.passed = static_cast<std::size_t>(later - pass.turns.begin());
  // What a later round has begun without was busy, wherever it stands.
  if (pass.first_round_over) pass.passed = pass.turns.size();
  else if (pass.passed == pass.turns.size()) pass.first_round_over = true;
}

std::size_t PlaceIn(const PlanOrder* order, const ModuleId& module) {
  if (order == nullptr) return Turn::kNoPlace;
  const auto place = order->places.find(module);
  return place == order->places.end() ? Turn::kNoPlace : place->second;
}

const PlanOrder* KnownOrderOf(const PlanId& plan, const RunMemory& memory) {
  const auto order = memory.orders.find(plan);
  return order == memory.orders.end() ? nullptr : &order->second;
}

}  // namespace

const ModuleMemory* PastOf(const PlanId& plan, const ModuleId& module, const RunMemory& memory) {
  const auto found = memory.modules.find({plan, module});
  return found == memory.modules.end() || !found->second.has_record ? nullptr : &found->second;
}

std::vector<Pass> PassesOf(const Run& run, const RunMemory& memory) {
  const PlanOrder* order = KnownOrderOf(run.plan, memory);
  const bool separate = HasSeparateProcesses(run);
  std::map<std::optional<NodeId>, Pass> by_node;
  std::vector<Pass> passes;
  for (const auto& [id, module] : run.modules) {
    const bool waits = module.expected && !module.left;
    if (!module.record && !waits) continue;
    const Turn turn{&id, &module, PlaceIn(order, id)};
    const auto node = module.record ? module.record->record.node : module.node;
    if (separate || !node) passes.push_back({.turns = {turn}});
    else by_node[node].turns.push_back(turn);
  }
  for (auto& [node, pass] : by_node) {
    pass.node = node;
    std::stable_sort(pass.turns.begin(), pass.turns.end(),
                     [](const Turn& a, const Turn& b) { return a.place < b.place; });
    passes.push_back(std::move(pass));
  }
  for (Pass& pass : passes) FollowFirstRound(pass);
  return passes;
}

Time FreeAt(const SeenRecord& record) noexcept {
  return std::max(record.ended, record.stored_by.value_or(record.ended));
}

std::optional<seconds> UsualDuration(const PlanId& plan, const ModuleId& module,
                                     const RunMemory& memory) {
  const ModuleMemory* past = PastOf(plan, module, memory);
  if (past == nullptr) return std::nullopt;
  return past->good_duration > seconds{0} ? past->good_duration : past->ended - past->started;
}

std::optional<seconds> LongestDuration(const PlanId& plan, const ModuleId& module,
                                       const RunMemory& memory) {
  const ModuleMemory* past = PastOf(plan, module, memory);
  if (past == nullptr) return std::nullopt;
  return std::max(past->longest_duration, past->ended - past->started);
}

seconds UsualEnd(const PlanId& plan, const ModuleId& module, const RunMemory& memory) {
  const ModuleMemory* past = PastOf(plan, module, memory);
  return past == nullptr ? seconds{0} : past->lag;
}

std::optional<seconds> UsualStart(const PlanId& plan, const ModuleId& module,
                                  const RunMemory& memory) {
  const ModuleMemory* past = PastOf(plan, module, memory);
  if (past == nullptr) return std::nullopt;
  return std::max(past->lag - (past->ended - past->started), seconds{0});
}

std::size_t PlaceOf(const PlanId& plan, const ModuleId& module, const RunMemory& memory) {
  return PlaceIn(KnownOrderOf(plan, memory), module);
}

std::optional<seconds> UsualBegin(const Run& run, const Pass& pass, const RunMemory& memory) {
  std::optional<seconds> usual;
  for (const Turn& turn : pass.turns) {
    const auto start = UsualStart(run.plan, *turn.id, memory);
    if (start) usual = std::min(usual.value_or(*start), *start);
  }
  return usual;
}

}  // namespace backup_monitor::run
