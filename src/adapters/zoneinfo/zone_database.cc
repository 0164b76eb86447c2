#include "adapters/zoneinfo/zone_database.h"

#include <absl/time/civil_time.h>
#include <absl/time/time.h>

#include "text/zone_name.h"

namespace backup_monitor::zoneinfo {

namespace {

absl::Time AbslTime(Time moment) {
  return absl::FromUnixSeconds(moment.time_since_epoch().count());
}

class DatabaseZone final : public schedule::TimeZone {
 public:
  explicit DatabaseZone(absl::TimeZone zone) : zone_{zone} {}

  [[nodiscard]] schedule::LocalOffset At(Time moment) const override {
    const auto shown = zone_.At(AbslTime(moment));
    return {seconds{shown.offset}, shown.is_dst};
  }

  /// Those of the present kind of time and of the next change to the other kind, as glibc's tzname.
  [[nodiscard]] schedule::ZoneAbbreviations AbbreviationsAt(Time moment) const override {
    constexpr int kMostChanges = 8;
    const auto now = zone_.At(AbslTime(moment));
    auto other = now;
    auto time = AbslTime(moment);
    for (int change = 0; change < kMostChanges && other.is_dst == now.is_dst; ++change) {
      absl::TimeZone::CivilTransition transition;
      if (!zone_.NextTransition(time, &transition)) break;
      time = zone_.At(transition.to).trans;
      other = zone_.At(time);
    }
    if (other.is_dst == now.is_dst) other = now;
    if (now.is_dst) return {other.zone_abbr, now.zone_abbr};
    return {now.zone_abbr, other.zone_abbr};
  }

 private:
  absl::TimeZone zone_;
};

}  // namespace

ZoneDatabase::ZoneDatabase()
    : local_{std::make_shared<DatabaseZone>(absl::LocalTimeZone())},
      has_database_{Find("Etc/GMT") != nullptr} {}

std::shared_ptr<const schedule::TimeZone> ZoneDatabase::Find(std::string_view name) const {
  absl::TimeZone zone;
  if (!IsZoneName(name) || !absl::LoadTimeZone(std::string{name}, &zone)) return nullptr;
  return std::make_shared<DatabaseZone>(zone);
}

}  // namespace backup_monitor::zoneinfo
