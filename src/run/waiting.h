#pragma once

#include <cstdint>
#include <optional>

#include "base/clock.h"
#include "model/ids.h"
#include "model/run.h"
#include "model/run_memory.h"
#include "run/run_rules.h"

namespace backup_monitor::run {

/// When an open run is over, and what sets that time.
struct Deadline {
  enum class Of : std::uint8_t {
    kNothing,     ///< Every expected module has a record: at once, `at` is Time::min().
    kModule,      ///< The wait for `module`, the last one of all.
    kLongestRun,  ///< The cap.
    kReopened,    ///< The time for which a late record keeps a run open.
    kCompact,     ///< The wait of the compact layout.
    kLog,  ///< The log says that nothing more can come of the node of `module`, the last one of all.
    kRestarted,  ///< That node was restarted, likewise.
    kMissed,     ///< Nothing has come of it, and the log was asked whether it has begun.
  };
  Time at;
  Of of = Of::kNothing;
  const ModuleId* module =
      nullptr;  ///< With kModule, kLog and kRestarted; a key of the run's modules.
};

/// What an open run still has to be waited for. Of a node whose execution has ended by the log, nothing but a look after
/// that was read; of one that was running when the log was last read, everything until the cap. Of a node whose backup a
/// restart has ended (run/restarts.h), nothing either. Of a run that was due and of which nothing has come, what the log may
/// say of it within kWitnessPatience, unless it cannot be read.
struct Outlook {
  /// When it is over if nothing more comes: at once if every expected module has a record; else when the wait for each
  /// silent one is over, at the latest at the cap. Reached means over.
  Deadline deadline;
  /// From when on it is later than its own past lets expect: on one of its nodes a silent module whose turn has come
  /// is over 1.5 times its longest duration, at least q; one without a past is over q; or such a node could not be
  /// reached for kAwayLong. None if every expected module has a record, or only busy ones are waited for.
  std::optional<Time> late_from;
};
[[nodiscard]] Outlook OutlookOf(const Run& run, const RunMemory& memory, const RunRules& rules);

}  // namespace backup_monitor::run
