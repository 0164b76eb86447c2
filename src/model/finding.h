#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace backup_monitor {

/// Why the snapshots of a repository could not be read.
enum class ProbeCause {
  kUnreachable,   ///< The destination did not answer.
  kLocked,        ///< Another restic, or a dead one, holds the repository.
  kWrongKey,      ///< The password opens no key of the repository.
  kNoRepository,  ///< There is none at that place.
  kDamaged,       ///< It is there, but what it holds cannot be read.
  kTimeout,       ///< No answer within `repo_check.timeout`.
  kDenied,        ///< The destination, or the cluster, refused us.
  kUnknown,       ///< Whatever `words` say.
};

/// The words of the API and the store: "no_repository".
[[nodiscard]] std::string_view Name(ProbeCause cause) noexcept;
[[nodiscard]] std::optional<ProbeCause> ProbeCauseNamed(std::string_view name) noexcept;

/// One snapshot of a restic repository.
struct Snapshot {
  Time at;         ///< When the backup began, by the clock of the module's node.
  std::string id;  ///< Hexadecimal; may be empty.
  std::optional<std::uint64_t> size_bytes;  ///< What it restores to; restic 0.17 and later tell it.

  friend bool operator==(const Snapshot&, const Snapshot&) = default;
};

/// What a look into one module's repository has found: snapshots, or a cause why they could not be read.
/// Both together: the repository refused us (it is locked), and was read around that.
struct Finding {
  Time probed_at;
  std::optional<Snapshot> newest;   ///< None without a cause: there is none. None with a cause: not known.
  std::optional<Snapshot> of_run;   ///< The one made between the record's `start` and `end`.
  std::optional<ProbeCause> cause;  ///< None if the repository was read without further ado.
  std::string words;                ///< With a cause: restic's own, without secrets. Foreign text.

  /// The snapshots are known: `newest` is none only if there is none.
  [[nodiscard]] bool was_read() const noexcept { return !cause || newest; }

  friend bool operator==(const Finding&, const Finding&) = default;
};

}  // namespace backup_monitor
