#pragma once

#include <string>
#include <vector>

#include "model/report.h"
#include "report/words/voice.h"

namespace backup_monitor {

/// Where and when to read a log: one node and the time in which its modules failed.
struct LogWindow {
  std::string node;     ///< "node 2 (Rome)".
  std::string command;  ///< journalctl with --since and --until.
};

/// A journal may tell what the report cannot: the module has errors, or no snapshot, and its
/// repository has not told the cause.
[[nodiscard]] bool NeedsLog(const RunSection& run, const ModuleLine& line);

/// One window for each node with modules that need its log, at most `limit`, in order of node. None
/// for the compact layout, which knows no beginning: a window would be a guess.
///
/// The times are given in UTC, which journalctl reads on every node alike (systemd.time(7), version
/// 252), and not narrowed to a unit: the unit's name depends on the core's version and on whether the
/// timer or a person started the backup (ns8-core 4f41b359 node/bin/schedule-backup).
[[nodiscard]] std::vector<LogWindow> LogWindows(const Voice& voice, const Report& report,
                                                std::size_t limit);

}  // namespace backup_monitor
