#pragma once

#include <cstdint>
#include <cstdlib>
#include <string>

namespace backup_monitor::testing {

/// Where random tests begin if BACKUP_MONITOR_SEED is not set: a build that has passed passes again. For long runs
/// choose another.
constexpr std::uint64_t kSeed = 30'000'000;

/// The number that an environment variable holds. Throws std::invalid_argument if it is none.
inline std::uint64_t NumberFrom(const char* variable, std::uint64_t otherwise) {
  const char* text = std::getenv(variable);
  return text == nullptr ? otherwise : std::stoull(text);
}

}  // namespace backup_monitor::testing
