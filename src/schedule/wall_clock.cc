#include "schedule/wall_clock.h"

namespace backup_monitor::schedule {

namespace {

/// The moment at which a clock that is `offset` east of UTC shows `wall`.
Time With(seconds offset, WallTime wall) { return Time{wall.time_since_epoch() - offset}; }

constexpr int kMostProbes = 6;
// How far from a time its other kind (daylight saving or standard) is looked for, and in which steps.
constexpr seconds kStep{601'200};
constexpr seconds kFarthest{536'454'000 / 2 + 601'200};

}  // namespace

WallReading WallClock::Read(WallTime wall, std::optional<bool> daylight_saving) {
  const Time moment = MomentOf(wall, daylight_saving);
  const auto offset = zone_.At(moment);
  last_offset_ = wall.time_since_epoch() - moment.time_since_epoch();
  return {moment, WallTime{moment.time_since_epoch() + offset.east_of_utc}, offset.daylight_saving};
}

/// Corrects a first guess until the clocks show `wall`. Between two guesses that lead to each other lies a gap.
Time WallClock::MomentOf(WallTime wall, std::optional<bool> daylight_saving) const {
  Time guess = With(last_offset_, wall);
  Time previous = guess;
  Time before_previous = guess;
  bool was_daylight_saving = false;
  for (int probe = 0; probe < kMostProbes; ++probe) {
    const auto offset = zone_.At(guess);
    const auto next = With(offset.east_of_utc, wall);
    if (next == guess) {
      if (!daylight_saving || *daylight_saving == offset.daylight_saving) return guess;
      return MomentInOtherTime(wall, guess, *daylight_saving);
    }
    const bool in_a_gap = guess == before_previous && guess != previous;
    const bool preferred = daylight_saving ? offset.daylight_saving != *daylight_saving
                                           : offset.daylight_saving || !was_daylight_saving;
    if (in_a_gap && preferred) return guess;
    before_previous = previous;
    previous = guess;
    guess = next;
    was_daylight_saving = offset.daylight_saving;
  }
  return guess;
}

/// `wall` as the nearest time of the kind asked for shows it; `moment` where there is none within years.
Time WallClock::MomentInOtherTime(WallTime wall, Time moment, bool daylight_saving) const {
  for (auto distance = kStep; distance < kFarthest; distance += kStep) {
    for (const auto direction : {-1, 1}) {
      const auto offset = zone_.At(moment + direction * distance);
      if (offset.daylight_saving == daylight_saving) return With(offset.east_of_utc, wall);
    }
  }
  return moment;
}

}  // namespace backup_monitor::schedule
