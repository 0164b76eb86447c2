
#include "catch.h"
#include "unit/notify/courier_world.h"

namespace backup_monitor::notify {
namespace {

using std::chrono::days;
using testing::CourierWorld;

/// One report that the relay does not take for now.
struct ClockWorld : CourierWorld {
  ClockWorld() {
    notifier.Answer("a@example.org", AttemptResult::kTemporary, "no connection");
    report = outbox.Post(Mail({"a@example.org"}));
    RunUntil(clock.Now() + seconds{10});
  }
  void RelayIsBack() {
    notifier.Answer("a@example.org", AttemptResult::kDelivered, "");
    running->RelayChanged();
  }
  MessageId report;
};

TEST_CASE("a clock four days ahead for one look turns no young report into a summary", "[notify]") {
  const int attempts = GENERATE(1, 9);
  ClockWorld world;
  while (world.outbox.At(world.report, "a@example.org").delivery.attempts < attempts) {
    world.RunUntil(world.clock.Now() + seconds{600});
  }
  const Time before = world.clock.Now();
  world.clock.Jump(before + days{4});
  world.RunUntil(world.clock.Now() + seconds{60});
  CHECK(world.StateOf(world.report, "a@example.org") == DeliveryState::kWaiting);

  world.clock.Jump(before + seconds{60});
  world.RelayIsBack();
  world.RunUntil(world.clock.Now() + seconds{60});

  CHECK(world.StateOf(world.report, "a@example.org") == DeliveryState::kDelivered);
  CHECK(world.summarized.empty());
}

TEST_CASE("a clock that stays ahead does not shorten the three days", "[notify]") {
  ClockWorld world;
  world.clock.Jump(world.clock.Now() + days{450});

  world.RunUntil(world.clock.Now() + days{3} - seconds{120});
  CHECK(world.StateOf(world.report, "a@example.org") == DeliveryState::kWaiting);
  world.RunUntil(world.clock.Now() + seconds{240});

  CHECK(world.StateOf(world.report, "a@example.org") == DeliveryState::kFailed);
  CHECK(world.summarized.empty());
}

TEST_CASE("a clock that was ahead when a report was made does not lengthen the three days",
          "[notify]") {
  CourierWorld world;
  const Time now = world.clock.Now();
  world.clock.Jump(now + days{4000});
  world.notifier.Answer("a@example.org", AttemptResult::kTemporary, "no connection");
  const auto id = world.outbox.Post(world.Mail({"a@example.org"}));
  world.Pass();
  world.clock.Jump(now);

  world.RunUntil(now + days{3} - seconds{120});
  CHECK(world.StateOf(id, "a@example.org") == DeliveryState::kWaiting);
  world.RunUntil(now + days{3} + seconds{120});

  CHECK(world.StateOf(id, "a@example.org") == DeliveryState::kFailed);
}

TEST_CASE("a clock set back gives nothing up early and nothing up late", "[notify]") {
  ClockWorld world;
  world.RunUntil(world.clock.Now() + days{2});
  world.clock.Jump(world.clock.Now() - days{1});

  world.RunUntil(world.clock.Now() + days{1} - seconds{120});
  CHECK(world.StateOf(world.report, "a@example.org") == DeliveryState::kWaiting);
  // The wall clock must agree that it is old: it is a day behind.
  world.RunUntil(world.clock.Now() + days{1} + seconds{240});

  CHECK(world.StateOf(world.report, "a@example.org") == DeliveryState::kFailed);
}

TEST_CASE("after four days without the daemon what waited goes out as one summary", "[notify]") {
  ClockWorld world;
  world.notifier.Answer("a@example.org", AttemptResult::kDelivered, "");
  world.clock.Advance(days{4});
  world.Restart();

  world.RunUntil(world.clock.Now() + seconds{540});
  CHECK(world.StateOf(world.report, "a@example.org") ==
        DeliveryState::kWaiting);  // is the clock right?
  const auto fresh = world.outbox.Post(world.Mail({"a@example.org"}));
  world.Pass();
  CHECK(world.StateOf(fresh, "a@example.org") == DeliveryState::kDelivered);
  world.RunUntil(world.clock.Now() + seconds{120});

  CHECK(world.StateOf(world.report, "a@example.org") == DeliveryState::kSummarized);
  CHECK(world.summarized.size() == 1);
}

TEST_CASE("a clock that is ahead when the daemon starts, and soon put right, gives nothing up",
          "[notify]") {
  ClockWorld world;
  world.notifier.Answer("a@example.org", AttemptResult::kDelivered, "");
  const Time before = world.clock.Now();
  world.clock.Jump(before + days{4});
  world.Restart();
  world.RunUntil(world.clock.Now() + seconds{300});
  CHECK(world.StateOf(world.report, "a@example.org") == DeliveryState::kWaiting);

  world.clock.Jump(before + seconds{300});
  world.RunUntil(world.clock.Now() + seconds{120});

  CHECK(world.StateOf(world.report, "a@example.org") == DeliveryState::kDelivered);
  CHECK(world.summarized.empty());
}

TEST_CASE("what such a clock had counted too much is taken back", "[notify]") {
  ClockWorld world;
  const Time before = world.clock.Now();
  world.clock.Jump(before + days{4});
  world.Restart();
  world.RunUntil(world.clock.Now() + seconds{120});
  world.clock.Jump(before + seconds{120});
  world.RunUntil(world.clock.Now() + seconds{1200});

  // Ahead again, for a look: by its own count the report is half an hour old.
  world.clock.Jump(world.clock.Now() + days{4});
  world.RunUntil(world.clock.Now() + seconds{60});

  CHECK(world.StateOf(world.report, "a@example.org") == DeliveryState::kWaiting);
  CHECK(world.summarized.empty());
}

TEST_CASE("a clock that steps back by over a minute brings forward what waits", "[notify]") {
  ClockWorld world;
  world.RunUntil(world.clock.Now() + seconds{1800});  // the next attempt is far away
  const auto tried = world.notifier.Tried().size();
  world.clock.Jump(world.clock.Now() - seconds{60});
  world.Pass();
  CHECK(world.notifier.Tried().size() == tried);

  world.clock.Jump(world.clock.Now() - seconds{61});
  world.Pass();

  CHECK(world.notifier.Tried().size() == tried + 1);
}

TEST_CASE("a last hint that lies in the future puts off no other", "[notify]") {
  ClockWorld world;
  world.RunUntil(world.clock.Now() + seconds{1800});
  world.running->RelayChanged();
  world.Pass();
  const auto tried = world.notifier.Tried().size();
  world.clock.Jump(world.clock.Now() - seconds{1000});
  world.Restart();

  world.Pass();

  CHECK(world.notifier.Tried().size() == tried + 1);
}

TEST_CASE("while it is not sure that the daemon was away so long, what is too old is not tried",
          "[notify]") {
  ClockWorld world;
  world.RunUntil(world.clock.Now() + days{1});  // tried often enough to be given up
  const auto tried = world.notifier.Tried().size();
  world.clock.Advance(days{4});
  world.Restart();

  world.Pass();

  CHECK(world.StateOf(world.report, "a@example.org") == DeliveryState::kWaiting);
  CHECK(world.notifier.Tried().size() == tried);
}

TEST_CASE("a short absence is believed at once", "[notify]") {
  ClockWorld world;
  world.RunUntil(world.clock.Now() + days{3} - seconds{1800});
  REQUIRE(world.StateOf(world.report, "a@example.org") == DeliveryState::kWaiting);
  world.clock.Advance(seconds{1800});
  world.Restart();
  world.RunUntil(world.clock.Now() + seconds{60});

  CHECK(world.StateOf(world.report, "a@example.org") == DeliveryState::kFailed);
}

TEST_CASE("a daemon that had nothing to send for weeks takes a new report for new", "[notify]") {
  CourierWorld world;
  world.Pass();
  world.RunUntil(world.clock.Now() + days{20});
  world.notifier.Answer("a@example.org", AttemptResult::kTemporary, "no connection");
  const auto id = world.outbox.Post(world.Mail({"a@example.org"}));
  world.clock.Advance(seconds{20});
  world.Restart();
  world.Pass();
  CHECK(world.outbox.Due(world.clock.Now() + days{1}, 1, seconds::max())->front().counted <
        seconds{120});
  CHECK(world.StateOf(id, "a@example.org") == DeliveryState::kWaiting);
}

}  // namespace
}  // namespace backup_monitor::notify
