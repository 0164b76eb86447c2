#pragma once

#include <cstdint>
#include <optional>

#include "model/logged_pass.h"

namespace backup_monitor::journal {

/// Why a module of a pass has left no record, as the log says.
enum class Silence : std::uint8_t {
  kGaveUp,     ///< It was busy for as long as NS8 tries.
  kNotStored,  ///< Its status could not be stored; how it ended is in the log alone.
  kStopped,    ///< systemd was to stop the pass before it came to it, or while it was at it.
  kKilled,     ///< So by a signal.
  kRebooted,   ///< So by a start of the node.
  kNotEnded,   ///< The pass has no end in what was read of the log.
};

/// What the log says of a silent module.
struct SilentModule {
  Silence why = Silence::kNotEnded;
  Time at;                 ///< When it happened; kNotEnded: the last line.
  bool was_begun = false;  ///< The pass had come to it.
  bool completed = false;  ///< Of kNotStored: no other step failed.

  friend bool operator==(const SilentModule&, const SilentModule&) = default;
};

/// \return none if the pass says nothing that explains it: nothing at all, or only what a record would say, too. Through
///         the agent nothing does.
[[nodiscard]] std::optional<SilentModule> WhySilent(const LoggedPass& pass, const ModuleId& module);

/// Nothing more can come of the pass: it has ended. Not known of one through the agent.
[[nodiscard]] bool IsOver(const LoggedPass& pass) noexcept;

}  // namespace backup_monitor::journal
