#pragma once

#include <string>

#include "model/run.h"
#include "model/trigger.h"
#include "run/waiting.h"

namespace backup_monitor::run {

// The parts of the sentences in RunStep::reasons. Foreign names stand in them as they are: who writes the
// sentences somewhere makes them safe (base/log.h does).

/// "run 12 of plan 1"
[[nodiscard]] std::string Named(const Run& run);

/// "record of mail1, plan 1, started 2026-11-22T12:00:00Z, errors 2"
[[nodiscard]] std::string Named(const SeenRecord& record);

/// "alert 7 (plan 1)", after the label that names the plan.
[[nodiscard]] std::string Named(TriggerId trigger, const Alert& alert);

/// Why a run whose deadline is reached is over: "every expected module has a record", "the wait for mail1 ended at …",
/// "the longest time for a run (max_run_hours) ended at …".
[[nodiscard]] std::string WhyOver(const Deadline& deadline);

}  // namespace backup_monitor::run
