#pragma once

#include <map>
#include <string>

#include "schedule/time_zone.h"

namespace backup_monitor::testing {

/// A zone of our own: its offset at first, and from which moments on another.
class MadeUpZone final : public schedule::TimeZone {
 public:
  explicit MadeUpZone(std::map<Time, schedule::LocalOffset> offsets)
      : offsets_{std::move(offsets)} {}
  [[nodiscard]] schedule::LocalOffset At(Time moment) const override {
    auto next = offsets_.upper_bound(moment);
    return next == offsets_.begin() ? next->second : std::prev(next)->second;
  }
  [[nodiscard]] schedule::ZoneAbbreviations AbbreviationsAt(Time) const override {
    return {"STD", "DST"};
  }

 private:
  std::map<Time, schedule::LocalOffset> offsets_;
};

/// A database of one zone, or none.
class MadeUpZones final : public schedule::TimeZones {
 public:
  MadeUpZones(std::string name, bool has_database)
      : name_{std::move(name)}, has_database_{has_database} {}
  [[nodiscard]] std::shared_ptr<const schedule::TimeZone> Find(
      std::string_view name) const override {
    return has_database_ && name == name_ ? Local() : nullptr;
  }
  [[nodiscard]] std::shared_ptr<const schedule::TimeZone> Local() const override {
    return std::make_shared<schedule::FixedZone>(seconds{0});
  }
  [[nodiscard]] bool HasDatabase() const override { return has_database_; }

 private:
  std::string name_;
  bool has_database_;
};

}  // namespace backup_monitor::testing
