// The times with which a record is reckoned, and the past that it makes.

#include "run/reckoning.h"

#include "catch.h"
#include "unit/run/desk.h"

namespace backup_monitor::testing {
namespace {

using std::chrono::days;

constexpr Time kNow{seconds{10'000'000}};

StatusRecord Lasting(Time start, Time end) { return Record("daily", "a", start, end); }

TEST_CASE("an end in the future counts as now, and the start moves with it", "[run][clock]") {
  const SeenRecord seen = run::Reckon(Lasting(kNow - seconds{20}, kNow + seconds{10}), kNow);
  CHECK(seen.ended == kNow);
  CHECK(seen.started == kNow - seconds{30});
  CHECK(seen.seen_at == kNow);
  CHECK(seen.record.end == kNow + seconds{10});
}

TEST_CASE("a start after the end says nothing", "[run][clock]") {
  const SeenRecord seen = run::Reckon(Lasting(kNow - seconds{9}, kNow - seconds{10}), kNow);
  CHECK(seen.started == kNow - seconds{10});
  CHECK(seen.ended == kNow - seconds{10});
}

TEST_CASE("a backup of over 7 days counts from its end", "[run][clock]") {
  const Time end = kNow - seconds{10};
  CHECK(run::Reckon(Lasting(end - days{7}, end), kNow).started == end - days{7});
  CHECK(run::Reckon(Lasting(end - days{7} - seconds{1}, end), kNow).started == end);
}

TEST_CASE("what has just been stored ended at most 7 days ago, whatever it says", "[run][clock]") {
  const Time end = kNow - days{7};
  CHECK(run::ReckonFresh(Lasting(end - seconds{60}, end), kNow).ended == end);
  const SeenRecord seen = run::ReckonFresh(Lasting(end - seconds{61}, end - seconds{1}), kNow);
  CHECK(seen.ended == kNow);
  CHECK(seen.started == kNow - seconds{60});
}

}  // namespace
}  // namespace backup_monitor::testing
