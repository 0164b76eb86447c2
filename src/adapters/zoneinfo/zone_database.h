#pragma once

#include <memory>
#include <string>

#include "schedule/time_zone.h"

namespace backup_monitor::zoneinfo {

/// The machine's time zone database, /usr/share/zoneinfo (TZDIR where set), and its own zone: TZ where set, else
/// /etc/localtime. Files are read once, when a zone is first asked for; for newer ones the program is started anew.
class ZoneDatabase final : public schedule::TimeZones {
 public:
  ZoneDatabase();
  [[nodiscard]] std::shared_ptr<const schedule::TimeZone> Find(
      std::string_view name) const override;
  [[nodiscard]] std::shared_ptr<const schedule::TimeZone> Local() const override { return local_; }
  [[nodiscard]] bool HasDatabase() const override { return has_database_; }

 private:
  std::shared_ptr<const schedule::TimeZone> local_;
  bool has_database_;
};

}  // namespace backup_monitor::zoneinfo
