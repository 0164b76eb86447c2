#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "model/report.h"
#include "report/facts/cause.h"

namespace backup_monitor::report {

/// When to read the log of one node: while its modules failed, and a minute before and after.
struct LogWindow {
  const ModuleLine* module = nullptr;  ///< One of them, which names the node. Never null.
  Time from;
  Time to;
  std::set<PlanId> plans{};      ///< Of those modules, each once.
  std::set<ModuleId> modules{};  ///< They themselves.
};

/// One thing to do about what a report says.
struct Step {
  enum class Kind {
    kUndelivered,
    kCause,  ///< Remove `cause`.
    kReadLogs,
    kDestination,      ///< See whether it can be reached, and has room.
    kDestinationFull,  ///< It can be reached; see whether it has room.
    kFallen,           ///< Of `modules` most of the data is gone.
    kUnknownPlan,
    kAlertSummary,
    kNoStatus,
    kMissed,
    kNeverDue,          ///< Another schedule makes the plan run by itself.
    kClusterBackup,     ///< The cluster's own backup was not uploaded.
    kClusterBackupOld,  ///< Its newest upload is too old, and none has failed since.
    kOverTarget,        ///< Give an application a newer good backup.
    kAlert,             ///< See what an alert means that no result explains.
    kApplication,       ///< The own part of `modules` failed.
    kUnread,            ///< Of `modules` files were left out.
    kLaterStep,  ///< Of `modules` a step failed, and nobody knows why, but the destination was reached.
    kInterrupted,  ///< The backup of `modules` was.
    kBusy,         ///< `modules` were being backed up by another plan for too long: `in_the_way`.
    kNoResult,     ///< The backup of `modules` has ended, and nobody knows why there is no result.
    kNotStored,    ///< The status of `modules` could not be stored.
    kNotFinished,
    kNeverRan,
    kLeftPlan,      ///< `modules` failed, and only left the plan.
    kWait,          ///< With what was said before, until the run has ended.
    kNothingYet,    ///< Wait for the final report.
    kBeingChecked,  ///< More will be known.
    kRunAgain,
    kCluster,      ///< It could not be read.
    kUnprotected,  ///< `modules` are in no plan.
    kSeePlan,      ///< Something is wrong, and nothing else is known.
  };
  /// A module under two plans has a repository under each.
  using Repository = std::pair<ModuleId, PlanId>;

  Kind kind;
  std::vector<ModuleId> modules{};
  Cause cause = Cause::kUnknown;           ///< Of kCause.
  std::vector<Repository> repositories{};  ///< Of kCause: those of `modules`, each once.
  /// Of kDestination and kDestinationFull: whose destinations.
  std::vector<const RunSection*> runs{};
  /// Of kBusy, where all of `modules` are of one run, and one other plan is known to have kept them all busy: that run.
  const RunSection* busy_run = nullptr;
  std::string in_the_way{};  ///< And that plan's name. Foreign text.
  /// Of kReadLogs, in order of node. None for the compact layout alone, which knows no beginning: a window would be
  /// a guess.
  std::vector<LogWindow> windows{};
};

}  // namespace backup_monitor::report
