#pragma once

#include <string>
#include <string_view>

namespace backup_monitor {

/// Text as HTML shows it, between tags and in a quoted attribute. An apostrophe becomes &#39;, since HTML 4 readers,
/// such as older Outlooks, do not know &apos;.
[[nodiscard]] std::string EscapeHtml(std::string_view text);

}  // namespace backup_monitor
