#include "app/retention.h"

#include <memory>

#include "catch.h"
#include "contract/store/samples.h"
#include "fakes/fake_clock.h"
#include "fakes/temporary_store.h"
#include "run_states.h"

namespace backup_monitor::testing {
namespace {

using std::chrono::days;
using std::chrono::hours;

constexpr days kKeep{400};

/// A store with a run of every night, and the daemon that forgets.
struct Archive {
  explicit Archive(int nights) {
    Night(-nights, nights + 1);
    Restart(kKeep);
  }

  /// Runs of `count` nights, the first `first` days from now, at this time of day, one module each.
  void Night(int first, int count = 1) {
    RunChanges changes;
    for (int i = 0; i < count; ++i) {
      const Time end = clock.Now() + days{first + i};
      Run run = ClosedRun(++runs, "1", 0, Outcome::kSuccess);
      run.begin = end - seconds{600};
      SetClosed(run, end);
      const std::int64_t at = end.time_since_epoch().count();
      changes.records.push_back({RecordOf("1", "mail1", at - 600, at), run.id});
      changes.runs.emplace(run.id, run);
    }
    REQUIRE(Save(store->runs(), changes));
  }

  void Restart(days keep) {
    retention = std::make_unique<app::Retention>(clock, store->runs(), keep);
  }

  /// A look every hour.
  void RunFor(hours time) {
    for (hours passed{0}; passed < time; passed += hours{1}) {
      clock.Advance(hours{1});
      REQUIRE(retention->Work({}));
    }
  }

  [[nodiscard]] int Left() const {
    store::RunFilter all;
    all.limit = 1000;
    return static_cast<int>(store->archive().List(all)->size());
  }

  TemporaryStore store;
  FakeClock clock;
  std::int64_t runs = 0;
  std::unique_ptr<app::Retention> retention;
};

TEST_CASE("what is older than keep_days goes within the hour that it is", "[retention]") {
  Archive archive{400};  // the oldest is exactly 400 days old
  archive.RunFor(hours{1});
  CHECK(archive.Left() == 400);
  for (int day = 0; day < 5; ++day) {
    archive.RunFor(hours{24});
    archive.Night(0);
    CHECK(archive.Left() == 400);
  }
  CHECK(archive.store->runs().ReadRetained()->forgotten_to == std::nullopt);
}

TEST_CASE("nothing is removed before the first hour", "[retention]") {
  Archive archive{500};
  archive.clock.Advance(hours{1} - seconds{1});
  REQUIRE(archive.retention->Work({}));
  CHECK(archive.Left() == 501);
  archive.clock.Advance(seconds{1});
  REQUIRE(archive.retention->Work({}));
  CHECK(archive.Left() == 500);
}

TEST_CASE("a daemon that was off catches up by three days a day", "[retention]") {
  Archive archive{500};  // as if off for 100 days, then one backup
  archive.RunFor(hours{24});
  CHECK(archive.Left() == 501 - 3);
  archive.RunFor(24 * hours{9});
  CHECK(archive.Left() == 501 - 30);
  archive.RunFor(24 * hours{45});
  CHECK(archive.store->runs().ReadRetained()->forgotten_to == std::nullopt);
  CHECK(archive.Left() == 501 - 101 - 54);
}

TEST_CASE("running does not save up for later", "[retention]") {
  Archive archive{500};
  archive.clock.Advance(days{7});  // Redis was away
  REQUIRE(archive.retention->Work({}));
  CHECK(archive.Left() == 501 - 3);
}

TEST_CASE("a clock that is 450 days ahead for a while removes nothing", "[retention]") {
  Archive archive{395};
  archive.RunFor(hours{2});
  const Time right = archive.clock.Now();
  archive.clock.Jump(right + days{450});
  archive.RunFor(hours{20});
  archive.Night(0);  // with the wrong time
  archive.RunFor(hours{3});
  CHECK(archive.Left() == 397);
  archive.clock.Jump(right + hours{23});
  archive.RunFor(24 * hours{2});
  CHECK(archive.Left() == 397);
}

TEST_CASE("a clock that stays 450 days ahead removes three days a day at most", "[retention]") {
  Archive archive{395};
  archive.RunFor(hours{1});
  archive.clock.Jump(archive.clock.Now() + days{450});
  archive.Night(0);
  archive.RunFor(hours{24});
  CHECK(archive.Left() == 397);
  archive.RunFor(hours{1});  // a day after that was noticed
  CHECK(archive.Left() == 397 - 3);
  for (int day = 1; day <= 3; ++day) {
    archive.RunFor(hours{24});
    CHECK(archive.Left() == 397 - 3 - 3 * day);
  }
}

TEST_CASE("a clock that is 450 days ahead at the start removes nothing until records say so too",
          "[retention]") {
  Archive archive{395};
  archive.RunFor(hours{1});
  archive.clock.Jump(archive.clock.Now() + days{450});
  archive.Restart(kKeep);
  archive.RunFor(24 * hours{4});
  CHECK(archive.Left() == 396);
  archive.Night(0);
  archive.RunFor(24 * hours{2});
  CHECK(archive.Left() == 397 - 6);
}

TEST_CASE("a clock that begins in 1970 and is set right changes nothing", "[retention]") {
  Archive archive{405};
  const Time right = archive.clock.Now();
  archive.clock.Jump(Time{hours{1}});
  archive.Restart(kKeep);
  archive.RunFor(hours{2});
  CHECK(archive.Left() == 406);
  archive.clock.Jump(right + hours{2});
  archive.RunFor(hours{24});
  CHECK(archive.Left() == 406);
  archive.Night(0);
  archive.RunFor(24 * hours{10});
  CHECK(archive.Left() == 407 - 6 - 11);
}

TEST_CASE("a clock is set when it is off by more than ten minutes", "[retention]") {
  for (const int sign : {-1, 1}) {
    Archive archive{500};
    archive.clock.Jump(archive.clock.Now() + sign * seconds{600});
    archive.RunFor(hours{1});
    CHECK(archive.Left() == 500);
    archive.clock.Jump(archive.clock.Now() + sign * seconds{601});
    archive.RunFor(hours{24});
    CHECK(archive.Left() == 500);
    archive.RunFor(hours{1});
    CHECK(archive.Left() < 500);
  }
}

TEST_CASE("what an administrator takes off keep_days goes at once, and no more", "[retention]") {
  const bool wrong_clock = GENERATE(false, true);
  CAPTURE(wrong_clock);
  Archive archive{400};
  archive.RunFor(hours{1});
  REQUIRE(archive.Left() == 400);
  if (wrong_clock) {
    archive.clock.Jump(archive.clock.Now() + days{450});
    archive.Night(0);
  }
  archive.Restart(days{30});
  archive.RunFor(hours{1});
  CHECK(archive.Left() == 30);
  archive.RunFor(hours{1});
  CHECK(archive.Left() == 30);
}

TEST_CASE("more keep_days removes nothing", "[retention]") {
  Archive archive{405};
  archive.RunFor(hours{24});
  const int left = archive.Left();
  archive.Restart(days{800});
  archive.RunFor(24 * hours{3});
  CHECK(archive.Left() == left);
}

}  // namespace
}  // namespace backup_monitor::testing
