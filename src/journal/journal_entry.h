#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "model/ids.h"

namespace backup_monitor::journal {

/// A moment of a node's clock, as exact as the log has it.
using EntryTime = std::chrono::sys_time<std::chrono::nanoseconds>;

/// One entry of a node's journal, as the cluster's log holds it. Everything in it is foreign.
///
/// NS8 ships the whole journal of each node, an entry as one JSON object of its fields (ns8-core 4f41b359
/// core/imageroot/var/lib/nethserver/node/bin/generate-promtail-config, `format_as_json`). Fields that begin with '_'
/// are set by journald, and no process can forge them (systemd.journal-fields(7), "Trusted Journal Fields").
struct JournalEntry {
  EntryTime at;
  /// The label `module_id`: written by a process of that module's user, or, of a module that runs as root, of its unit.
  std::optional<ModuleId> module;
  bool of_root = false;      ///< `_UID` is 0.
  std::string boot;          ///< `_BOOT_ID`.
  std::string process;       ///< `_PID`, of the process that wrote it.
  std::string unit;          ///< `_SYSTEMD_UNIT`, which that process is in.
  std::string identifier;    ///< `SYSLOG_IDENTIFIER`: a process may choose it.
  std::string subject_unit;  ///< `UNIT`: of systemd's own entries, which unit they are about.
  std::string
      message;  ///< `MESSAGE`, without the "<4>" of a level (sd-daemon(3)) before it. At most kMostMessage.

  static constexpr std::size_t kMostMessage = 16'384;  ///< Bytes; what is longer loses its middle.
};

/// \param line  the JSON object
/// \return kInvalidInput if it is no JSON object, or has no text as MESSAGE
[[nodiscard]] Result<JournalEntry> ReadEntry(EntryTime at, std::optional<ModuleId> module,
                                             std::string_view line);

}  // namespace backup_monitor::journal
