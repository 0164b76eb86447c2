#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace backup_monitor {

/// Why the snapshots of a repository could not be read, or not all of them. One value for each advice.
enum class ProbeCause {
  kUnreachable,   ///< The destination did not answer.
  kLocked,        ///< Another restic, or a dead one, holds the repository.
  kWrongKey,      ///< The password opens no key of the repository.
  kNoRepository,  ///< There is none at that place.
  kDamaged,       ///< It is there, but what it holds cannot be read.
  kTimeout,       ///< No answer within `repo_check.timeout`: not reachable, or too slow.
  kDenied,        ///< The destination, the node's gateway or the cluster refused us.
  kCertificate,   ///< The destination's TLS certificate is not trusted.
  kFull,          ///< The destination takes no more data: restic cannot even write its lock.
  kHostKey,       ///< The destination's SSH host key is not the known one.
  kDamagedLock,   ///< A lock file in the repository cannot be read; the data are not concerned.
  kNotStarted,    ///< The node could not start restic: its podman, the image, or no such program.
  kIncomplete,    ///< restic ended well, but said that it had not read everything.
  kUnknown,       ///< Whatever `words` say.
};

/// The words of the API and the store: "no_repository".
[[nodiscard]] std::string_view Name(ProbeCause cause) noexcept;
[[nodiscard]] std::optional<ProbeCause> ProbeCauseNamed(std::string_view name) noexcept;

/// One snapshot of a restic repository.
struct Snapshot {
  Time at;         ///< When the backup began, by the clock of the module's node.
  std::string id;  ///< Hexadecimal; may be empty.
  std::optional<std::uint64_t>
      size_bytes;  ///< What it restores to; restic 0.17 and later report it.

  friend bool operator==(const Snapshot&, const Snapshot&) = default;
};

/// What the check of one module's repository has found: snapshots, or a cause why they could not be read.
/// Both together: the repository refused us (it is locked), and was read around that; or not all could be read.
struct Finding {
  Time probed_at;
  /// None without a cause: there is none. None with a cause: not known. If not `complete`, there may be newer ones.
  std::optional<Snapshot> newest;
  std::optional<Snapshot> of_run;   ///< The one made between the record's `start` and `end`.
  std::optional<ProbeCause> cause;  ///< None if the repository was read without further ado.
  std::string words;                ///< With a cause: restic's own, without secrets. Foreign text.
  /// Nothing that should have been listed is known to be missing. Only then may it be concluded that a snapshot
  /// is not there, or that `newest` is the newest. Not complete: there is a cause.
  bool complete = true;

  /// All snapshots that were asked for are known: `newest` is none only if there is none.
  [[nodiscard]] bool was_read() const noexcept { return complete && (!cause || newest); }

  friend bool operator==(const Finding&, const Finding&) = default;
};

}  // namespace backup_monitor
