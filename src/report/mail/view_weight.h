#pragma once

#include <cstdint>

#include "report/mail/view.h"

namespace backup_monitor {

/// About how many bytes of HTML a view fills: its texts, escaped, with some markup around each. A
/// sentence weighs more than its share where the template has little around it, never less.
[[nodiscard]] std::int64_t HtmlWeight(const View& view);

}  // namespace backup_monitor
