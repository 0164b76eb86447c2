#pragma once

#include <string>
#include <string_view>

#include "base/clock.h"

namespace backup_monitor::testing {

/// Reads "<day> HH:MM" or "<day> HH:MM:SS". Day 0 is Monday, 2 March 2026, UTC; days may be negative.
/// Throws std::invalid_argument: a mistake in a test must not become a wrong expectation.
[[nodiscard]] Time At(std::string_view text);

/// The same text again; seconds only where there are any.
[[nodiscard]] std::string Text(Time time);

}  // namespace backup_monitor::testing
