#include <string>

#include "adapters/zoneinfo/zone_database.h"
#include "catch.h"
#include "fakes/field_cases.h"
#include "schedule/elapses.h"
#include "text/utc_time.h"

namespace backup_monitor::testing {
namespace {

using schedule::Moment;
using zoneinfo::ZoneDatabase;

/// "Wed 2026-11-25 21:00:00 UTC" as systemd-analyze prints it, and as a test writes it without day and zone.
Time MomentOf(std::string text) {
  if (text.size() > 19) text = text.substr(4, 19);
  text[10] = 'T';
  const auto moment = ParseIsoTime(text + "Z");
  REQUIRE(moment);
  return *moment;
}

TEST_CASE("schedules as people have written them elapse when systemd says", "[schedule][field]") {
  const auto cases = FieldCases("oncalendar.json");
  CHECK(cases["cases"].Size() == 39);
  const ZoneDatabase zones;
  for (const auto& one : cases["cases"].GetArray()) {
    const std::string text = one["expression"].GetString();
    INFO(text << " in " << one["zone"].GetString());
    const auto own = zones.Find(one["zone"].GetString());
    REQUIRE(own);
    // "base" is what the clocks of the zone show: no case begins where they are changed.
    const auto shown = MomentOf(one["base"].GetString());
    const auto base = shown - own->At(shown - own->At(shown).east_of_utc).east_of_utc;
    const auto expression = schedule::ParseCalendarExpression(text, zones, *own, base);
    REQUIRE(expression.has_value() == (one["rc"].GetInt() == 0));
    if (!expression) {
      CHECK(expression.error().code == ErrorCode::kInvalidInput);
      continue;
    }
    const bool never = one.HasMember("never") && one["never"].IsTrue();
    const auto named = expression->zone.empty() ? own : zones.Find(expression->zone);
    REQUIRE(named);
    std::optional<Moment> elapse = base;
    for (const std::string& right : Strings(one[never ? "local" : "utc"])) {
      if (right == "never") break;
      elapse = schedule::NextAfter(*expression, *named, *elapse);
      REQUIRE(elapse);
      CHECK(*elapse == Moment{MomentOf(right)});
      CHECK(schedule::LastAtOrBefore(*expression, *named, *elapse) == elapse);
    }
    CHECK(schedule::NextAfter(*expression, *named, base).has_value() != never);
  }
}

}  // namespace
}  // namespace backup_monitor::testing
