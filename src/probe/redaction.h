#pragma once

#include <string>
#include <string_view>

namespace backup_monitor {

/// `text` without what may be a secret, each such part as "***": user and password in a URL, the value
/// behind a name like `password=` or `secret_key:`, and any run of 20 or more letters and digits, as
/// keys and tokens are. Better one word too many than one too few.
[[nodiscard]] std::string WithoutSecrets(std::string_view text);

}  // namespace backup_monitor
