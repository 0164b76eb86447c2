#pragma once

#include <cstdint>

#include "base/clock.h"

namespace backup_monitor::testing {

/// Chance that is the same on every compiler and machine: splitmix64 (Steele, Lea, Flood 2014).
class Chance {
 public:
  explicit Chance(std::uint64_t seed) : state_{seed} {}

  /// 0 to `bound` - 1.
  [[nodiscard]] std::int64_t Below(std::int64_t bound) {
    return static_cast<std::int64_t>(Next() % static_cast<std::uint64_t>(bound));
  }
  [[nodiscard]] std::int64_t Between(std::int64_t least, std::int64_t most) {
    return least + Below(most - least + 1);
  }
  [[nodiscard]] seconds Between(seconds least, seconds most) {
    return seconds{Between(least.count(), most.count())};
  }
  [[nodiscard]] bool Permille(int times) { return Below(1000) < times; }
  [[nodiscard]] bool Percent(int times) { return Below(100) < times; }

 private:
  std::uint64_t Next() {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15U);
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31U);
  }

  std::uint64_t state_;
};

}  // namespace backup_monitor::testing
