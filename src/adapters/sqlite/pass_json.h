#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "model/logged_pass.h"

namespace backup_monitor::sqlite {

/// An execution of run-backup as a JSON object. Texts come back byte for byte.
[[nodiscard]] std::string WritePass(const LoggedPass& pass);

/// \param node  which is not in the JSON, nor is `plan`
/// \return kCorrupt if we cannot have written this.
[[nodiscard]] Result<LoggedPass> ReadPass(std::string_view json, NodeId node, const PlanId& plan);

}  // namespace backup_monitor::sqlite
