#pragma once

#include <cstddef>
#include <map>

#include "base/clock.h"
#include "model/ids.h"

namespace backup_monitor::run {

/// The times and numbers that decide what belongs to a run and when it is over. docs/runs.md gives the reasons.
struct RunRules {
  seconds wait{30};  ///< An alert is explained by what is read up to this long after it.
  seconds recent_window{
      3600};                  ///< An alert without a plan means plans updated this long before it.
  seconds early_notice{900};  ///< An open run with errors is announced this long after the first.
  seconds reconcile{300};     ///< Gone is what two looks this far apart miss.
  seconds quiet{4200};        ///< q: NS8 tries a busy module for 3600 s; and a margin.
  seconds max_run{72'000};    ///< A run closes this long after it began, whatever is missing.

  seconds grace{1800};  ///< A node begins a run so long after its due moment at the latest.
  std::map<PlanId, seconds>
      recovery_targets{};       ///< As set; of other plans they follow from the schedule.
  bool reads_log = false;       ///< What the cluster's log says of a run's nodes counts.
  bool asks_for_nodes = false;  ///< So does whether they could be reached.

  /// Runs of a plan, when records have been dealt; without those of which nothing has come.
  static constexpr std::size_t kMostOpen = 2;
  /// A node's clock may be so much behind ours.
  static constexpr seconds kEarly{120};
  /// The first backup on a node may take so long if none has been seen yet.
  static constexpr seconds kFirstBackup = std::chrono::hours{2};
  /// A plan that is due so often, or more often, has one report of missed runs, and then one a day.
  static constexpr seconds kOften = std::chrono::hours{6};
  static constexpr seconds kDaily = std::chrono::hours{24};
  /// A record that reopens a closed run keeps it open at most this long after its own end.
  static constexpr seconds kReopened = std::chrono::hours{6};
  /// Nodes begin a run at the same moment, but for their clocks and timers, and for the leader, which first uploads
  /// the backup of the cluster (ns8-core 4f41b359 node/bin/run-backup, upload_cluster_backup).
  static constexpr seconds kSameBegin{900};
  /// What runs one after the other may overlap by so much where the node's clock has been set back between.
  static constexpr seconds kSetBack{300};
  /// A clean-up that nobody has watched may have taken so long.
  static constexpr seconds kCleanUp = std::chrono::hours{6};
  /// From one module to the next NS8 takes seconds, unless it cleans up.
  static constexpr seconds kAtOnce{300};
  /// What the witnesses say of a run is waited for no longer than this before it is reported.
  static constexpr seconds kWitnessPatience{60};
  /// A node that is waited for and could not be reached for so long makes its run late.
  static constexpr seconds kAwayLong{300};
  /// A run that is over so soon has a report instead of a notice that it is late.
  static constexpr seconds kSoonOver{3600};
  /// What ended longer before it was seen is history: it opens no run.
  static constexpr seconds kHistory = std::chrono::days{7};
  /// The runs that an alert without a plan has gathered are reported together at most this much later.
  static constexpr seconds kGathering = std::chrono::hours{1};
};

}  // namespace backup_monitor::run
