#include "run/reasons.h"

#include <cstdint>

#include "text/utc_time.h"

namespace backup_monitor::run {

std::string Named(const Run& run) {
  return "run " + std::to_string(static_cast<std::int64_t>(run.id)) + " of plan " +
         run.plan.value();
}

std::string Named(const SeenRecord& record) {
  return "record of " + record.record.module.value() + ", plan " + record.record.plan.value() +
         ", started " + IsoTime(record.started) + ", errors " +
         std::to_string(record.record.error_count);
}

std::string Named(TriggerId trigger, const Alert& alert) {
  const auto plan = alert.plan();
  return "alert " + std::to_string(static_cast<std::int64_t>(trigger)) +
         (plan ? " (plan " + plan->text + ")" : " (names no plan)");
}

std::string WhyOver(const Deadline& deadline) {
  if (deadline.of == Deadline::Of::kNothing)
    return "every expected module has a record";  // and no time
  const std::string at = IsoTime(deadline.at);
  switch (deadline.of) {
    case Deadline::Of::kNothing: break;
    case Deadline::Of::kModule:
      return "the wait for " + deadline.module->value() + " ended at " + at;
    case Deadline::Of::kLongestRun:
      return "the longest time for a run (max_run_hours) ended at " + at;
    case Deadline::Of::kReopened: return "the time after a late record ended at " + at;
    case Deadline::Of::kLog:
      return "the log says that the backup on the node of " + deadline.module->value() +
             ", the last one that is silent, has ended";
    case Deadline::Of::kRestarted:
      return "the node of " + deadline.module->value() +
             ", the last one that is silent, was restarted";
    case Deadline::Of::kMissed: return "nothing has come of it";
    case Deadline::Of::kCompact: return "wait_seconds ended at " + at + " (compact layout)";
  }
  return {};
}

}  // namespace backup_monitor::run
