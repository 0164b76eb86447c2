// A schedule of a plan, which any administrator of the cluster may have written: what is read elapses later than
// asked, within the years of systemd, and the last moment before that is no later than asked.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "schedule/calendar_expression.h"
#include "schedule/calendar_reader.h"
#include "schedule/elapses.h"

namespace {

using namespace backup_monitor;

class NoZones final : public schedule::TimeZones {
 public:
  [[nodiscard]] std::shared_ptr<const schedule::TimeZone> Find(std::string_view) const override {
    return nullptr;
  }
  [[nodiscard]] std::shared_ptr<const schedule::TimeZone> Local() const override {
    return std::make_shared<schedule::FixedZone>(seconds{0});
  }
  [[nodiscard]] bool HasDatabase() const override { return true; }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  const schedule::FixedZone zone{seconds{3600}};
  schedule::CalendarExpression parts;
  static_cast<void>(schedule::ReadCalendarParts(text, parts));
  const auto expression = schedule::ParseCalendarExpression(text, NoZones{}, zone, Time{});
  if (!expression) return 0;
  const schedule::Moment now{std::chrono::sys_days{std::chrono::year{2026} / 11 / 27}};
  const auto next = schedule::NextAfter(*expression, zone, now);
  if (next && (*next <= now || *next >= std::chrono::sys_days{std::chrono::year{2200} / 1 / 2}))
    std::abort();
  const auto last = schedule::LastAtOrBefore(*expression, zone, now);
  if (last && *last > now) std::abort();
  return 0;
}
