#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "base/result.h"
#include "base/secret.h"

namespace backup_monitor {

/// The one reader of files that hold a secret: what is checked before the start is what is used later. Reads
/// regular files only (symbolic links are followed), at most 4 KiB, and never waits for a writer.
///
/// \return kNotFound if there is no such file, kDenied if it may not be read, kInvalidInput if it is no file
///         or larger, kUnavailable from the disk. Every message names the file.
[[nodiscard]] Result<Secret> ReadSecretText(const std::filesystem::path& file);

/// A secret of one line: the text without the line ends (LF or CRLF) that it ends in.
///
/// \return also kInvalidInput if nothing is left, or what is left has more than one line or a null byte
[[nodiscard]] Result<Secret> ReadSecretFile(const std::filesystem::path& file);

/// Who else may read the file: "can be read by every user", "can be read by its group". Nothing if nobody
/// can, or it cannot be looked at; nor below $CREDENTIALS_DIRECTORY, where systemd lets the service's user in
/// by an access list that shows as the group's mode (systemd.exec(5), 252, "Credentials").
[[nodiscard]] std::optional<std::string> WhoElseReads(const std::filesystem::path& file);

}  // namespace backup_monitor
