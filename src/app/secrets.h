#pragma once

#include <string>
#include <vector>

#include "base/redaction.h"
#include "base/result.h"
#include "base/secret.h"
#include "config/config.h"

namespace backup_monitor::app {

/// What the secret files of a configuration hold and how they are kept.
struct Secrets {
  Secret webhook_token;               ///< Empty if there is none.
  std::vector<std::string> warnings;  ///< "warning: receiver.token_file: …"
};

/// The shortest webhook token that is not warned about: 16 random letters and digits are 95 bits.
inline constexpr std::size_t kShortestToken = 16;

/// Tries every secret file that the configuration names, also those that are read again at each use.
///
/// \return kInvalidInput with each fault on a line of its own; the warnings follow.
[[nodiscard]] Result<Secrets> ReadSecrets(const config::Config& config);

/// What must not be quoted, whatever restic or the cluster's API says. A file that cannot be read is no fault here: it
/// is where it is needed.
[[nodiscard]] KnownSecrets KnownSecretsOf(const config::Config& config);

}  // namespace backup_monitor::app
