#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "model/ids.h"

namespace backup_monitor {

/// The steps that NS8 takes to back up one module, in their order.
///
/// Source: ns8-core 4f41b359 core/imageroot/usr/local/agent/bin/module-backup (kDump to kModuleCleanUp) and
/// core/imageroot/var/lib/nethserver/node/bin/run-backup process_module() (the others).
enum class BackupStep : std::uint8_t {
  kDump,      ///< module-dump-state: the application's own. If it fails, restic does not begin.
  kInit,      ///< restic init, where the repository could not be read.
  kSnapshot,  ///< restic backup.
  kModuleCleanUp,  ///< module-cleanup-state: the application's own. The snapshot has been made.
  kStatistics,     ///< restic stats.
  kRetention,      ///< restic forget --prune.
  kStoreStatus,  ///< Of the status in Redis: without it nothing but the log says how the backup ended.
};

/// A step that failed, as the cluster's log says.
struct FailedStep {
  /// restic's exit status for "the snapshot was made, and some files could not be read" (restic 0.18.1
  /// cmd/restic/main.go).
  static constexpr int kSomeUnread = 3;
  static constexpr std::size_t kMostUnread = 3;   ///< Of `unread`.
  static constexpr std::size_t kMostWords = 300;  ///< Bytes of `words`, and of each of `unread`.

  BackupStep step = BackupStep::kDump;
  Time at;
  std::optional<int> status{};  ///< Of the command that failed, where the line says it.
  std::string words{};          ///< Its own last ones, quotable. May be empty. Foreign text.
  std::vector<std::string>
      unread;  ///< The first files that could not be read, and why. Foreign text.

  /// Of kSnapshot: there is one, without some files.
  [[nodiscard]] bool some_unread() const noexcept {
    return step == BackupStep::kSnapshot && status == kSomeUnread;
  }

  friend bool operator==(const FailedStep&, const FailedStep&) = default;
};

/// One module in one execution of run-backup, as the cluster's log says. Times are those of the node's clock.
struct LoggedBackup {
  enum class End : std::uint8_t {
    kUnknown,  ///< Nothing says so: it goes on, or its process was ended, or the line is missing.
    kCompleted,  ///< module-backup and the retention ended well; the statistics may have failed (`failed`).
    kFailed,  ///< `failed` says which steps, as far as the log does.
    kBusy,    ///< Another backup of it was under way. NS8 tries again.
    kGaveUp,  ///< It was busy for as long as NS8 tries.
  };

  ModuleId module;
  std::optional<Time> began{};       ///< Its last try; none if that line is missing.
  std::optional<Time> busy_since{};  ///< The first try that found it busy.
  std::optional<Time> ended{};       ///< When the log said `end`.
  End end = End::kUnknown;
  std::optional<int> exit_status{};  ///< Of module-backup, with kFailed; 1 if the retention failed.
  std::vector<FailedStep> failed{};  ///< In the order of the log.
  /// Of kGaveUp: the other plan that was backing it up all that time (journal/busy_with.h); none: that is not certain.
  std::optional<PlanId> busy_with{};

  friend bool operator==(const LoggedBackup&, const LoggedBackup&) = default;
};

/// One execution of run-backup for a plan on a node, as the cluster's log says. Times are those of the node's clock.
struct LoggedPass {
  enum class End : std::uint8_t {
    kUnknown,       ///< Nothing says so: it goes on, or the line is missing.
    kWell,          ///< Every module was backed up.
    kWithFailures,  ///< Not every one.
    kNothingToDo,   ///< The plan is disabled, or has no module on the node.
    kStopped,   ///< systemd was to stop it: by a person, an update, or when the node was shut down.
    kKilled,    ///< It was ended by a signal, or for want of memory: `signal`.
    kRebooted,  ///< The node started again before it ended.
    kLost,      ///< It has ended, since systemd saw it or its unit ran again; nothing says how.
  };

  NodeId node;
  PlanId plan;
  /// "Run now" began it. The node's agent then passes on what run-backup writes together with whatever the applications'
  /// own commands write (ns8-core 4f41b359 core/agent/htask.go), so any line may be an application's: what it says may
  /// explain an error that is known otherwise, and decides nothing.
  bool through_agent = false;
  Time began;  ///< Its first line.
  /// `began` is when its timer began it, as systemd says; else a part of it may be missing before.
  bool begin_is_known = false;
  Time last;  ///< Its last line.
  std::optional<Time>
      ended{};  ///< When the log said `end`; kRebooted: the first sign of the node after it.
  End end = End::kUnknown;
  std::string signal{};  ///< With kKilled: "9/KILL", "oom-kill". Foreign text.
  std::vector<LoggedBackup>
      backups{};  ///< Each module once, in the order in which they were begun.

  [[nodiscard]] const LoggedBackup* BackupOf(const ModuleId& module) const noexcept {
    for (const LoggedBackup& backup : backups) {
      if (backup.module == module) return &backup;
    }
    return nullptr;
  }
  /// Nothing more can come of it. Not known of one through the agent.
  [[nodiscard]] bool is_over() const noexcept { return !through_agent && end != End::kUnknown; }

  friend bool operator==(const LoggedPass&, const LoggedPass&) = default;
};

/// Why a module of a pass has left no record, as the log says.
enum class Silence : std::uint8_t {
  kGaveUp,     ///< It was busy for as long as NS8 tries.
  kNotStored,  ///< Its status could not be stored; how it ended is in the log alone.
  kStopped,    ///< systemd was to stop the pass before it came to it, or while it was at it.
  kKilled,     ///< So by a signal.
  kRebooted,   ///< So by a start of the node.
  kEnded,  ///< The pass has ended, or the module's backup, and it is not said why there is no record.
  kNotEnded,  ///< The pass has no end in what was read of the log.
};

/// The words of the store and the API: "dump", "gave_up".
[[nodiscard]] std::string_view Name(BackupStep step) noexcept;
[[nodiscard]] std::string_view Name(LoggedBackup::End end) noexcept;
[[nodiscard]] std::string_view Name(LoggedPass::End end) noexcept;
[[nodiscard]] std::string_view Name(Silence why) noexcept;

/// What the log says of a silent module.
struct SilentModule {
  Silence why = Silence::kNotEnded;
  Time at;                 ///< When it happened; kNotEnded: the last line.
  bool was_begun = false;  ///< The pass had come to it.
  bool completed = false;  ///< Of kNotStored: no other step failed.
  std::optional<PlanId>
      busy_with{};  ///< Of kGaveUp: the plan that was backing it up, where it is known.

  friend bool operator==(const SilentModule&, const SilentModule&) = default;
};

}  // namespace backup_monitor
