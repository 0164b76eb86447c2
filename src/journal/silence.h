#pragma once

#include <optional>

#include "model/logged_pass.h"

namespace backup_monitor::journal {

/// \return none if the pass says nothing that explains it: nothing at all, or only what a record would say, too. Through
///         the agent nothing does.
[[nodiscard]] std::optional<SilentModule> WhySilent(const LoggedPass& pass, const ModuleId& module);

}  // namespace backup_monitor::journal
