#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "model/cluster_backup.h"
#include "model/ids.h"
#include "model/run.h"
#include "model/status_record.h"

namespace backup_monitor {

using PlanModule = std::pair<PlanId, ModuleId>;

/// What the past says of how long to wait for a module under a plan.
struct ModuleMemory {
  Time started;  ///< Of its latest record, as reckoned (SeenRecord).
  Time ended;
  seconds lag{0};  ///< That record's end minus its run's begin; 0 for history.
  /// Of its last good backup: from the start until its node went on. 0: none is known. A failure is often quick, and
  /// says nothing of how long a backup takes.
  seconds good_duration{0};
  /// The longest of its good backups, of which older ones count less: each shorter one takes an eighth of the
  /// difference off. 0: none is known.
  seconds longest_duration{0};
  bool has_record = false;          ///< False: the five above mean nothing, it has never run.
  bool reported_never_ran = false;  ///< A closed run said never_ran of it.
  /// The end of its newest good backup, or the newest snapshot that a later check of its repository found. None: it has
  /// no data, or none is known.
  std::optional<Time> newest_data{};

  friend bool operator==(const ModuleMemory&, const ModuleMemory&) = default;
};

/// A record with the run that it was given to.
struct FiledRecord {
  SeenRecord record;
  RunId run{};  ///< 0: history, belongs to no run.
};

/// How many reports alerts alone have led to in the current hour (run/alert_rate.h).
struct AlertRate {
  std::optional<Time> since;       ///< The hour's first report; none: no hour has begun.
  int singly = 0;                  ///< Reports.
  std::int64_t summarized = 0;     ///< Alerts that wait for the summary at the end of the hour.
  std::vector<std::string> names;  ///< Some of what these call their plan.

  friend bool operator==(const AlertRate&, const AlertRate&) = default;
};

struct AlertRates {
  AlertRate unmatched;  ///< Of alerts that fit no plan, or only plans that have succeeded.
  AlertRate runs;  ///< Of runs that rest on an alert; those that wait are closed and not announced.

  friend bool operator==(const AlertRates&, const AlertRates&) = default;
};

/// Which due moments of a plan count.
struct PlanWatch {
  std::string schedule;
  /// Those after it: when a look first found the plan with this schedule, enabled. Timers start anew then, and
  /// nothing is caught up.
  Time since;
  Time settled;  ///< Those up to it have been answered or reported, or count for nothing.
  /// Of a plan that is due every 6 hours or more often: missed, and in no report yet.
  std::optional<DueCount> missed;
  std::optional<Time> missed_reported;  ///< When a report last said so.
  std::optional<Time> overlap_noted;    ///< When a run was last marked as overlapping itself.
  bool never_due_reported = false;      ///< A report has said that the plan never runs by itself.

  friend bool operator==(const PlanWatch&, const PlanWatch&) = default;
};

/// What reports have said of an application, and since when it is in no plan.
struct ModuleWatch {
  std::optional<Time> over;  ///< The newest data of which they have said that it is too old.
  std::string uuid;          ///< Of the application with this id; empty: not known.
  std::optional<Time> unprotected_since;  ///< The first look that found it in no enabled plan.
  bool unprotected_reported = false;      ///< A message of its own has said so.

  friend bool operator==(const ModuleWatch&, const ModuleWatch&) = default;
};

/// The order in which NS8 backs up a plan's modules on their nodes.
struct PlanOrder {
  std::vector<ModuleId> modules;
  std::map<ModuleId, std::size_t> places;  ///< From 1.
};

/// The whole state of the run state machine: what it must know again after a restart. Bounded: the
/// store keeps more, among it the alerts that have opened a run or a report, of which a step is given
/// only what it asks for (section "Store" of docs/architecture.md).
struct RunMemory {
  /// Open ones, those closed within kRunWindow, and of each plan the newest closed one and the newest of a due moment.
  std::map<RunId, Run> runs;
  /// Keys ever seen, at least those of records that ended within kRunWindow, that are in Redis, or
  /// whose `start` lay in the future when seen.
  std::set<RecordKey> seen;
  /// Records that belong to no run, while their plan has opened at most one run since they were seen.
  std::map<PlanId, std::vector<SeenRecord>> history;
  std::map<PlanModule, ModuleMemory> modules;
  std::map<PlanId, Time> compact_reported;  ///< Newest compact timestamp that a run has covered.
  AlertRates alert_rates;
  std::map<PlanId, std::string> known_plans;  ///< Every plan ever seen, with its last name.
  std::set<ModuleId> known_modules;           ///< Of the last complete look.
  std::map<PlanId, PlanWatch> watches;        ///< Of plans that are enabled and have a schedule.
  /// Only those that differ from ModuleWatch{}.
  std::map<ModuleId, ModuleWatch> module_watches;
  ClusterUploads uploads;
  /// Of the last look of this process.
  std::map<PlanId, PlanOrder> orders;
  std::optional<Time> last_look;  ///< The last complete one.
  RunId newest_run{};

  /// The closed run of a plan that began last; nullptr if there is none.
  [[nodiscard]] const Run* LastClosedOf(const PlanId& plan) const {
    const Run* last = nullptr;
    for (const auto& [id, run] : runs) {
      if (run.plan != plan || run.open()) continue;
      if (last == nullptr || last->begin <= run.begin) last = &run;
    }
    return last;
  }

  /// A record is dealt to a run only if it ended at most 7 days before it was seen, so older runs
  /// take no part any more.
  static constexpr seconds kRunWindow = std::chrono::days{8};
  /// Of `known_plans`, those that are in no look any more.
  static constexpr std::ptrdiff_t kMostGonePlans = 1000;
  /// Of `history`, of each module under a plan.
  static constexpr int kMostHistory = 4;
};

/// What one step of the state machine changed in its memory: what the store has to keep.
struct RunChanges {
  std::map<RunId, Run> runs;                   ///< New or changed, whole.
  std::vector<FiledRecord> records;            ///< New, or given to another run than before.
  std::map<PlanModule, ModuleMemory> modules;  ///< New or changed.
  std::map<PlanId, Time> compact_reported;
  /// Alerts that have opened a run or a report, and when, or were repeated after they did.
  std::map<std::string, Time> alert_identities;
  std::optional<AlertRates> alert_rates;  ///< If they have changed.
  /// If they have changed: all of them, and none for a plan that is not watched any more.
  std::optional<std::map<PlanId, PlanWatch>> watches;
  std::optional<std::map<ModuleId, ModuleWatch>> module_watches;  ///< Likewise.
  std::optional<ClusterUploads> uploads{};                        ///< If they have changed.
  std::vector<TriggerId> settled;                                 ///< Done with: leave the inbox.

  /// With a complete look: what it has found.
  struct Look {
    Time at;
    std::map<PlanId, std::string> plans;  ///< With their names.
    std::set<ModuleId> known_modules;
  };
  std::optional<Look> look;
};

}  // namespace backup_monitor
