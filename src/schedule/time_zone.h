#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace backup_monitor::schedule {

/// What the clocks of a zone show at one moment.
struct LocalOffset {
  seconds east_of_utc{};
  bool daylight_saving = false;  ///< As the database calls it: for Europe/Dublin, winter is.
};

/// The abbreviations of a zone, as tzname(3) has them: {"CET", "CEST"}. A zone without daylight saving repeats the
/// first. Empty: not known.
struct ZoneAbbreviations {
  std::string standard;
  std::string daylight_saving;
};

/// How the clocks of a place run: a function from moments to what they show.
class TimeZone {
 public:
  virtual ~TimeZone() = default;
  [[nodiscard]] virtual LocalOffset At(Time moment) const = 0;
  /// Those in use about `moment`.
  [[nodiscard]] virtual ZoneAbbreviations AbbreviationsAt(Time moment) const = 0;
};

/// A zone whose clocks are never changed: UTC, and a zone of which only the present offset has been learned.
class FixedZone final : public TimeZone {
 public:
  explicit FixedZone(seconds east_of_utc) noexcept : offset_{east_of_utc, false} {}
  [[nodiscard]] LocalOffset At(Time) const override { return offset_; }
  [[nodiscard]] ZoneAbbreviations AbbreviationsAt(Time) const override { return {}; }

 private:
  LocalOffset offset_;
};

/// Port: which zones are there? Asked from one thread.
class TimeZones {
 public:
  virtual ~TimeZones() = default;
  /// The zone of this IANA name ("Europe/Rome"), or nothing. A name is what `IsZoneName` accepts.
  [[nodiscard]] virtual std::shared_ptr<const TimeZone> Find(std::string_view name) const = 0;
  /// The zone of the machine that this program runs on. Never null; UTC where the machine has none.
  [[nodiscard]] virtual std::shared_ptr<const TimeZone> Local() const = 0;
  /// False: there is no database, so `Find` finds nothing, which says nothing of the name.
  [[nodiscard]] virtual bool HasDatabase() const = 0;
};

}  // namespace backup_monitor::schedule
