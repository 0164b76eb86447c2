#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace backup_monitor::config {

/// The one of `words` that `typed` was most likely meant to be: at most two slips (a letter wrong,
/// missing, added, or two swapped) and fewer than a third of its letters; '-' counts as '_', and case
/// does not count. Empty if none is that near.
[[nodiscard]] std::string NearWord(std::string_view typed, const std::vector<std::string>& words);

}  // namespace backup_monitor::config
