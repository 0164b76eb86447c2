#pragma once

#include <set>
#include <string>
#include <vector>

#include "model/ids.h"
#include "model/run.h"
#include "model/run_memory.h"

namespace backup_monitor::run {

/// What became of an alert.
struct AlertAnswer {
  enum class Kind {
    kExplained,   ///< A run reports it already, or will when it closes: nothing new.
    kRepeated,    ///< This very alert has opened a run or a report before.
    kReported,    ///< It has led to a run or an announcement.
    kPlanIsGone,  ///< We knew the plan; it has been removed since.
    kSummarized,  ///< It will be reported with others, at the end of the hour.
  };
  TriggerId trigger{};
  Kind kind = Kind::kExplained;
};

/// What one step led to. Announcements name runs that Find() returns.
struct RunStep {
  RunChanges changes;       ///< But for `runs`: RunTracker::ChangesOf() adds them.
  std::set<RunId> changed;  ///< Runs that are new or not what they were.
  std::vector<Announcement> announcements;
  std::vector<AlertAnswer> answers;
  std::vector<PlanId> missed;        ///< The plan of each due moment that has been missed.
  std::vector<std::string> remarks;  ///< For the log, each once.
  std::vector<std::string>
      reasons;  ///< What decided what, sentence by sentence: for the log at DEBUG.
  int runs_waiting =
      0;  ///< Runs resting on alerts whose report has been put off to the end of the hour.
};

}  // namespace backup_monitor::run
