#include <algorithm>
#include <charconv>
#include <chrono>

#include "config/read_sections.h"
#include "text/ascii.h"
#include "text/utc_time.h"

namespace backup_monitor::config {
namespace {

constexpr std::int64_t kMostTargetHours = 17'568;  // two years
constexpr std::size_t kDateCharacters = 10;
constexpr std::size_t kMostReasonCharacters = 200;

std::optional<std::int64_t> HoursIn(const std::string& text) {
  std::int64_t hours = 0;
  const char* const end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, hours);
  if (read.ec != std::errc{} || read.ptr != end || hours < 1 || hours > kMostTargetHours)
    return std::nullopt;
  return hours;
}

Complaint PlanNumber(const std::string& text) {
  if (!text.empty() && text.size() <= 64 && OneLine(text) == std::nullopt) return std::nullopt;
  return Shown(text) + " is not the id of a plan, as 1";
}

Complaint TargetHours(const std::string& text) {
  if (HoursIn(text)) return std::nullopt;
  return Shown(text) + " is not a whole number of hours from 1 to " +
         std::to_string(kMostTargetHours);
}

/// As NS8 writes it in cluster/module_uuid.
Complaint Uuid(const std::string& text) {
  constexpr std::string_view kForm = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
  bool good = text.size() == kForm.size();
  for (std::size_t i = 0; good && i < kForm.size(); ++i) {
    const bool digit = IsDigit(text[i]) || (text[i] >= 'a' && text[i] <= 'f');
    good = kForm[i] == '-' ? text[i] == '-' : digit;
  }
  if (good) return std::nullopt;
  return Shown(text) +
         " is not the UUID of an application, as in the Redis hash cluster/module_uuid";
}

std::optional<Time> DayAfter(std::string_view date) {
  const auto begin = ParseIsoTime(std::string{date} + "T00:00:00Z");
  return begin ? std::optional{*begin + std::chrono::days{1}} : std::nullopt;
}

Complaint DateAndReason(const std::string& text) {
  const bool long_enough = text.size() > kDateCharacters + 1 && text[kDateCharacters] == ' ';
  if (!long_enough || !DayAfter(text.substr(0, kDateCharacters)))
    return Shown(text) + " is not a last day and a reason, as 2027-01-31 test machine";
  if (text.size() - kDateCharacters - 1 > kMostReasonCharacters)
    return "the reason is longer than " + std::to_string(kMostReasonCharacters) + " bytes";
  return OneLine(text);
}

}  // namespace

void ReadProtection(Section section, ProtectionConfig& protection) {
  std::map<std::string, std::string> hours;
  section.Pairs("target_hours", hours, PlanNumber, TargetHours);
  for (const auto& [plan, text] : hours)
    protection.targets.emplace(plan, std::chrono::hours{*HoursIn(text)});
  std::map<std::string, std::string> exempt;
  section.Pairs("exempt", exempt, Uuid, DateAndReason);
  for (const auto& [uuid, text] : exempt) {
    protection.exempt.emplace(uuid, Exemption{*DayAfter(text.substr(0, kDateCharacters)),
                                              text.substr(kDateCharacters + 1)});
  }
  section.Finish();
}

}  // namespace backup_monitor::config
