#pragma once

#include <cstdint>
#include <optional>

#include "model/logged_pass.h"

namespace backup_monitor::journal {

/// Why a module of a pass has left no record, as the log says.
enum class Silence : std::uint8_t {
  kGaveUp,     ///< It was busy for as long as NS8 tries.
  kNotStored,  ///< Its status could not be stored; how it ended is in the log alone.
  kKilled,     ///< The pass was ended by a signal before it came to it, or while it was at it.
  kRebooted,   ///< So by a start of the node.
  kGoesOn,     ///< The pass has not ended.
};

/// What the log says of a silent module.
struct SilentModule {
  Silence why = Silence::kGoesOn;
  Time at;                 ///< When it happened; kGoesOn: the last line.
  bool was_begun = false;  ///< The pass had come to it.
  bool completed = false;  ///< Of kNotStored: without error.

  friend bool operator==(const SilentModule&, const SilentModule&) = default;
};

/// \return none if the pass says nothing that explains it: nothing at all, or only what a record would say, too. Through
///         the agent nothing does.
[[nodiscard]] std::optional<SilentModule> WhySilent(const LoggedPass& pass, const ModuleId& module);

/// Nothing more can come of the pass: it has ended. Not known of one through the agent.
[[nodiscard]] bool IsOver(const LoggedPass& pass) noexcept;

}  // namespace backup_monitor::journal
