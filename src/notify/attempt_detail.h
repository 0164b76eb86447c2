#pragma once

#include <string>
#include <string_view>

namespace backup_monitor::notify {

/// Foreign text made fit for Attempt::detail: one line of printable ASCII, runs of anything else one
/// space, at most 300 characters.
[[nodiscard]] std::string OneLine(std::string_view text);

/// `text` with every occurrence of `secret` replaced by "***". An empty
/// one changes nothing.
[[nodiscard]] std::string Redacted(std::string text, std::string_view secret);

}  // namespace backup_monitor::notify
