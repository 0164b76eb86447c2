#pragma once

#include <optional>

#include "model/logged_pass.h"

namespace backup_monitor::journal {

/// \return none through the agent, where any line may be an application's; none if there was nothing to do, by which the
///         module was not meant
[[nodiscard]] std::optional<SilentModule> WhySilent(const LoggedPass& pass, const ModuleId& module);

}  // namespace backup_monitor::journal
