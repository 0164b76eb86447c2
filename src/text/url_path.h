#pragma once

#include <string_view>

namespace backup_monitor {

/// Letters, digits, '-', '_' and '/', at most 100 of them: nothing that could mean more within a URL. The empty text is
/// one.
[[nodiscard]] bool IsUrlPath(std::string_view text);

}  // namespace backup_monitor
