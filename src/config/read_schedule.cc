#include "config/read_sections.h"
#include "text/ascii.h"
#include "text/zone_name.h"

namespace backup_monitor::config {
namespace {

Complaint NodeNumber(const std::string& text) {
  const bool good = !text.empty() && text.size() <= 9 && text.front() != '0' &&
                    std::all_of(text.begin(), text.end(), IsDigit);
  if (good) return std::nullopt;
  return Shown(text) + " is not the number of a node, as 2";
}

Complaint ZoneName(const std::string& text) {
  if (IsZoneName(text)) return std::nullopt;
  return Shown(text) + " is not the name of a time zone, as Europe/Rome";
}

}  // namespace

void ReadSchedule(Section section, ScheduleConfig& schedule) {
  std::int64_t minutes = std::chrono::duration_cast<std::chrono::minutes>(schedule.grace).count();
  section.Whole("grace_minutes", minutes, {1, 1440});
  schedule.grace = std::chrono::minutes{minutes};
  section.Pairs("zones", schedule.zones, NodeNumber, ZoneName);
  section.Finish();
}

}  // namespace backup_monitor::config
