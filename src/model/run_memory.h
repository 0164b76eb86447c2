#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "model/ids.h"
#include "model/run.h"
#include "model/status_record.h"

namespace backup_monitor {

using PlanModule = std::pair<PlanId, ModuleId>;

/// What the past tells of how long to wait for a module under a plan.
struct ModuleMemory {
  Time started;         ///< Of its latest record, as reckoned (SeenRecord).
  Time ended;
  seconds lag{0};       ///< That record's end minus its run's begin; 0 for history.
  bool has_record = false;          ///< False: the three above mean nothing, it has never run.
  bool reported_never_ran = false;  ///< A closed run said never_ran of it.

  friend bool operator==(const ModuleMemory&, const ModuleMemory&) = default;
};

/// A record with the run that it was given to.
struct FiledRecord {
  SeenRecord record;
  RunId run{};  ///< 0: history, belongs to no run.
};

/// The whole state of the run state machine: what it must know again after a restart. Bounded: the
/// store keeps more (section "Store" of docs/architecture.md).
struct RunMemory {
  /// Open ones, those closed within kRunWindow, and each plan's newest closed one.
  std::map<RunId, Run> runs;
  /// Keys ever seen, at least those of records that ended within kRunWindow, that are in Redis, or
  /// whose `start` lay in the future when seen.
  std::set<RecordKey> seen;
  /// Records that belong to no run, while their plan has opened at most one run since they were seen.
  std::map<PlanId, std::vector<SeenRecord>> history;
  std::map<PlanModule, ModuleMemory> modules;
  std::map<PlanId, Time> compact_reported;  ///< Newest compact timestamp that a run has covered.
  std::set<std::string> alert_identities;   ///< Alerts that have opened a run or a report.
  std::map<PlanId, std::string> known_plans;  ///< Every plan ever seen, with its last name.
  std::set<ModuleId> known_modules;           ///< Of the last complete look.
  std::optional<Time> last_look;              ///< The last complete one.
  RunId newest_run{};

  /// A record is dealt to a run only if it ended at most 7 days before it was seen, so older runs
  /// take no part any more.
  static constexpr seconds kRunWindow = std::chrono::days{8};
};

/// What one step of the state machine changed in its memory: what the store has to keep.
struct RunChanges {
  std::map<RunId, Run> runs;                      ///< New or changed, whole.
  std::vector<FiledRecord> records;               ///< New, or given to another run than before.
  std::map<PlanModule, ModuleMemory> modules;     ///< New or changed.
  std::map<PlanId, Time> compact_reported;
  std::set<std::string> alert_identities;         ///< New ones.
  std::vector<TriggerId> settled;                 ///< Done with: leave the inbox.

  /// With a complete look: the last three members of RunMemory as they are now.
  struct Look {
    Time at;
    std::map<PlanId, std::string> known_plans;
    std::set<ModuleId> known_modules;
  };
  std::optional<Look> look;
};

}  // namespace backup_monitor
