#pragma once

#include <filesystem>

#include "base/result.h"
#include "base/secret.h"
#include "config/config.h"

namespace backup_monitor {

/// A secret file's content without its last line end.
///
/// \return kNotFound if it cannot be read, kInvalidInput if it is empty or over 4 KiB.
[[nodiscard]] Result<Secret> ReadSecretFile(const std::filesystem::path& file);

/// Tries every secret file that the configuration names, also those that are read again at each use.
///
/// \return the webhook's token, empty if there is none; else each fault on a line of its own.
[[nodiscard]] Result<Secret> ReadWebhookToken(const Config& config);

}  // namespace backup_monitor
