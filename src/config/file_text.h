#pragma once

#include <string_view>

#include "config/faults.h"

namespace backup_monitor::config {

/// The largest file that is looked at. A real one has 3 KiB, comments included.
constexpr std::size_t kMostConfigBytes = 1'048'576;

/// Checks what must hold before a parser sees the text: its size, UTF-8, and no control characters
/// but tab and line ends. UTF-16, which YAML would allow, is refused as what it is: not UTF-8.
///
/// \return false after adding the first fault of each kind to `faults`.
bool CheckFileText(std::string_view text, Faults& faults);

}  // namespace backup_monitor::config
