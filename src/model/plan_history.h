#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "model/episode.h"
#include "model/ids.h"
#include "model/verdict.h"

namespace backup_monitor {

/// A closed run of the plan that began before the run in question.
struct PastRun {
  RunId id{};
  Time begin;
  std::optional<Time> end;  ///< Newest end of its records.
  Outcome outcome = Outcome::kSuccess;
  std::map<ModuleId, Verdict>
      not_succeeded;  ///< Its modules that counted and were not `succeeded`.
};

/// One module's past under one plan, seen from a run at a moment. A repository belongs to a destination and
/// a module: records of other plans count where their run went to the same destination.
struct ModuleHistory {
  std::optional<Time>
      last_good;  ///< `ended` of its newest good backup (model/checked_backup.h), of any run or none.
  std::string
      last_good_plan;  ///< The name of the other plan that made it; empty: this one. Foreign text.
  std::optional<seconds> previous_duration;  ///< Newest record that started before this run began.
  std::optional<std::uint64_t>
      previous_size_bytes;  ///< Newest such one without errors and with a size.
  std::optional<std::uint64_t> previous_file_count;  ///< Likewise.
  std::optional<Time>
      newest_snapshot;  ///< As the last look that could read its repository found it.
  Episode before;       ///< Closed runs right before in which it counted and did not succeed.
};

/// What a report says beyond its own run.
struct PlanHistory {
  /// Closed runs that began before it, newest first, up to and including the first SUCCESS, at
  /// most 1000.
  std::vector<PastRun> runs_before;
  std::map<ModuleId, ModuleHistory> modules;
  bool being_checked = false;  ///< The run's report waits for the checks of its repositories.
};

/// A mail already written about a run.
struct PastMessage {
  MessageId id{};
  std::string message_id;
  std::string thread_root;
  std::vector<std::string> recipients;
};

}  // namespace backup_monitor
