#pragma once

#include <chrono>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "run/plan_members.h"
#include "run/run_book.h"
#include "unit/run/night.h"

namespace backup_monitor::testing {

/// What the functions of the room are given, laid out by hand: for a rule that a whole night reaches only through others.
/// Modules are written as in Night.
struct Desk {
  explicit Desk(const std::vector<const char*>& modules) { HasPlan("daily", modules); }

  void HasPlan(const std::string& plan, const std::vector<const char*>& modules);
  /// The module's last backup was good, began so long after its run and took so long.
  void HasPast(const char* module, seconds after_begin, seconds took);
  /// A run of the plan "daily" that expects all modules which the plan holds now.
  Run& AddRun(std::string_view begin);
  /// A record of history, seen at `now`.
  void AddHistory(const char* module, std::string_view start, std::string_view end,
                  std::uint32_t errors = 0);
  void Is(std::string_view time) { view.looked_at = At(time); }
  [[nodiscard]] run::RunBook Book() { return {memory, rules, view, members, gaps, step}; }

  run::RunRules rules;
  RunMemory memory;
  ClusterView view;
  run::PlanMembers members;
  std::map<PlanId, Gap> gaps;
  run::RunStep step;
};

/// A record of the plan "daily" that was seen and stored when it ended; `module` as in Night.
[[nodiscard]] SeenRecord Seen(std::string_view module, std::string_view start, std::string_view end,
                              std::uint32_t errors = 0);

/// The run has this record.
void Give(Run& run, const SeenRecord& record);

}  // namespace backup_monitor::testing
