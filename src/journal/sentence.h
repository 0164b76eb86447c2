#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "journal/journal_entry.h"
#include "model/ids.h"

namespace backup_monitor::journal {

/// What an entry says, where it is a sentence that we know.
struct Sentence {
  enum class Kind : std::uint8_t {
    // run-backup, of a module.
    kBegan,
    kCompleted,
    kBusy,
    kFailed,  ///< `status`: the exit status of module-backup.
    kGaveUp,
    // run-backup, of the module at which it is.
    kStatisticsFailed,  ///< `words`: why.
    kRetentionFailed,   ///< Likewise.
    kStatusNotStored,   ///< Likewise.
    // run-backup, of itself.
    kClusterUploaded,     ///< `words`: its name at the destination.
    kClusterNotUploaded,  ///< `words`: why.
    kEndedWell,
    kEndedWithFailures,
    kNothingToDo,
    // module-backup.
    kResticReached,   ///< The repository was read, or is not there: a new piece of work begins.
    kDumpFailed,      ///< `words`: why.
    kInitFailed,      ///< Likewise.
    kSnapshotFailed,  ///< Likewise.
    kModuleCleanUpFailed,  ///< Likewise.
    // systemd, of a plan's unit.
    kUnitStarted,
    kUnitStopping,  ///< It was to stop it, or to send it SIGTERM, SIGINT, SIGHUP or SIGKILL (systemctl kill).
    kUnitKilled,  ///< `words`: "9/KILL".
    kUnitFailed,  ///< `words`: "oom-kill'.", "exit-code'.".
    kUnitEnded,
  };
  Kind kind;
  std::optional<PlanId> plan;
  std::optional<ModuleId> module;
  std::optional<int> status;
  std::string_view words;  ///< Of the entry's message.
};

/// The sentence that an entry is as a whole, if it is one and its writer may say it: run-backup's own only root without
/// a module's label, systemd's only the system's manager; module-backup's also the module's user, who can write any line,
/// and so speaks of that module alone. `words` are a part of `entry`.
///
/// Sources: ns8-core 4f41b359 core/imageroot/var/lib/nethserver/node/bin/run-backup, whose exit status is negative after
/// a signal (Python's subprocess), and core/imageroot/usr/local/agent/bin/module-backup; systemd 252
/// src/core/unit.c and src/core/service.c, which logs an end by SIGTERM, SIGHUP, SIGINT or SIGPIPE as a good one; its
/// lines as they stand in a real journal: tests/node/test_cluster_log.py.
[[nodiscard]] std::optional<Sentence> ReadSentence(const JournalEntry& entry);

}  // namespace backup_monitor::journal
