#include "run/waiting.h"

#include <algorithm>
#include <map>
#include <optional>

namespace backup_monitor::run {
namespace {

/// A late record keeps its run open for a time of its own.
Time CapOf(const Run& run, const RunRules& rules) {
  return run.reopened_until.value_or(run.begin + rules.max_run);
}

/// How far the backup of a run has come on one node.
struct Pass {
  Time free_at;  ///< After the last record.
  std::size_t last =
      0;  ///< The last place in the plan's order that has a record, counted from 1; 0: not known.
};
using Passes = std::map<std::optional<NodeId>, Pass>;

Passes PassesOf(const Run& run) {
  Passes passes;
  for (const auto& [name, module] : run.modules) {
    if (!module.record) continue;
    const Time free = FreeAt(*module.record);
    Pass& pass = passes.try_emplace(module.record->record.node, Pass{free}).first->second;
    pass.free_at = std::max(pass.free_at, free);
  }
  return passes;
}

/// The place of each module in its plan's order, and how far each node has come in it.
std::map<ModuleId, std::size_t> PlacesIn(const Run& run, const RunMemory& memory, Passes& passes) {
  std::map<ModuleId, std::size_t> places;
  const auto instances = memory.instances.find(run.plan);
  if (instances == memory.instances.end()) return places;
  for (std::size_t i = 0; i < instances->second.size(); ++i) {
    const ModuleId& id = instances->second[i];
    places.emplace(id, i + 1);
    const auto module = run.modules.find(id);
    if (module == run.modules.end() || !module->second.record) continue;
    passes[module->second.record->record.node].last = i + 1;
  }
  return places;
}

/// How long a silent module may still take.
class Wait {
 public:
  Wait(const Run& run, const RunMemory& memory, const RunRules& rules)
      : run_{run}, memory_{memory}, rules_{rules}, passes_{PassesOf(run)} {}

  [[nodiscard]] Time For(const ModuleId& id, const RunModule& module) {
    const auto pass = passes_.find(module.node);
    const auto found = memory_.modules.find({run_.plan, id});
    const bool known = found != memory_.modules.end();
    if (!known || !found->second.has_record) {
      // A later one has a record, so NS8 found this one busy: it tries again for 3600 s after the last one.
      if (IsPassed(id, pass)) return pass->second.free_at + rules_.quiet;
      // A first backup may take as long as it likes; one that never comes must not hold up every run.
      if (known && found->second.reported_never_ran) {
        return run_.last_end().value_or(run_.begin) + rules_.quiet;
      }
      return CapOf(run_, rules_);
    }
    // As late in its run as last time, or after what runs before it on its node, for twice its duration and the time
    // for which NS8 tries a busy module.
    const ModuleMemory& past = found->second;
    Time from = run_.begin + past.lag;
    if (pass != passes_.end()) from = std::max(from, pass->second.free_at);
    const bool was_good = past.good_duration > seconds{0};
    const seconds took = was_good ? past.good_duration : past.ended - past.started;
    return from + 2 * took + rules_.quiet;
  }

 private:
  [[nodiscard]] bool IsPassed(const ModuleId& id, Passes::const_iterator pass) {
    if (pass == passes_.end()) return false;
    if (!places_) places_ = PlacesIn(run_, memory_, passes_);
    const auto place = places_->find(id);
    return place != places_->end() && place->second < pass->second.last;
  }

  const Run& run_;
  const RunMemory& memory_;
  const RunRules& rules_;
  Passes passes_;
  std::optional<std::map<ModuleId, std::size_t>>
      places_;  ///< Needed for modules without a past alone.
};

}  // namespace

Time FreeAt(const SeenRecord& record) noexcept {
  return std::max(record.ended, record.stored_by.value_or(record.ended));
}

Deadline DeadlineOf(const Run& run, const RunMemory& memory, const RunRules& rules) {
  using Of = Deadline::Of;
  if (run.origin == RunOrigin::kCompact) return {run.opened_at + rules.wait, Of::kCompact};
  const bool anyone_silent = std::ranges::any_of(run.modules, [](const auto& entry) {
    return entry.second.expected && !entry.second.left && !entry.second.record;
  });
  if (!anyone_silent) return {Time::min()};
  Wait waits{run, memory, rules};
  Deadline deadline{Time::min()};
  for (const auto& [id, module] : run.modules) {
    if (!module.expected || module.left || module.record) continue;
    const Time wait = waits.For(id, module);
    if (wait > deadline.at) deadline = {wait, Of::kModule, &id};
  }
  const Time cap = CapOf(run, rules);
  if (deadline.at < cap) return deadline;
  return {cap, run.reopened_until ? Of::kReopened : Of::kLongestRun};
}

}  // namespace backup_monitor::run
