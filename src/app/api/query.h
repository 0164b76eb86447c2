#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace backup_monitor::app::api {

/// The value of the first parameter `name` in a query string, percent-decoded, '+' as a blank.
/// None if it is not there.
[[nodiscard]] std::optional<std::string> QueryValue(std::string_view query, std::string_view name);

/// Digits only, at least 1. None if `text` is anything else.
[[nodiscard]] std::optional<std::int64_t> PositiveNumber(std::string_view text);

}  // namespace backup_monitor::app::api
