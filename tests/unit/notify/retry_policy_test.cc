#include "notify/retry_policy.h"

#include "catch.h"

namespace backup_monitor::notify {
namespace {

constexpr Time kNow{seconds{1'763'800'000}};
constexpr double kNoJitter = 0.5;
constexpr seconds kThreeDays = std::chrono::days{3};

TEST_CASE("the wait doubles from 30 s up to one hour", "[notify]") {
  const RetryPolicy policy;
  struct Case {
    int attempts;
    seconds wait;
  };
  const auto expected =
      GENERATE(Case{1, seconds{30}}, Case{2, seconds{60}}, Case{3, seconds{120}},
               Case{7, seconds{1920}}, Case{8, seconds{3600}}, Case{100, seconds{3600}});
  CAPTURE(expected.attempts);

  CHECK(policy.Next(expected.attempts, kNow, seconds{10}, kNoJitter) == kNow + expected.wait);
}

TEST_CASE("each wait is off by at most a fifth, either way", "[notify]") {
  const RetryPolicy policy;

  CHECK(policy.Next(1, kNow, seconds{0}, 0.0) == kNow + seconds{24});
  CHECK(policy.Next(1, kNow, seconds{0}, 0.999999) == kNow + seconds{35});
  CHECK(policy.Next(9, kNow, seconds{0}, 0.0) == kNow + seconds{2880});
}

TEST_CASE("the last attempt comes when three days have been waited and then it is given up",
          "[notify]") {
  const RetryPolicy policy;

  CHECK(policy.Next(80, kNow, kThreeDays - seconds{10}, kNoJitter) == kNow + seconds{10});
  CHECK(policy.Next(80, kNow, kThreeDays - seconds{1}, kNoJitter) == kNow + seconds{1});
  CHECK_FALSE(policy.Next(80, kNow, kThreeDays, kNoJitter));
}

TEST_CASE("no number of attempts gives a delivery up before its time", "[notify]") {
  const RetryPolicy policy;

  CHECK(policy.Next(1'000'000, kNow, kThreeDays - seconds{1}, kNoJitter));
}

TEST_CASE("a message that was hardly tried is not given up, however old", "[notify]") {
  const RetryPolicy policy;
  const seconds late = kThreeDays + std::chrono::days{400};

  CHECK(policy.Next(7, kNow, late, kNoJitter));
  CHECK_FALSE(policy.Next(8, kNow, late, kNoJitter));
}

TEST_CASE("what is past three days and hardly tried has waited too long", "[notify]") {
  const RetryPolicy policy;

  CHECK_FALSE(policy.WaitedTooLong(0, kThreeDays));
  CHECK(policy.WaitedTooLong(7, kThreeDays + seconds{1}));
  CHECK_FALSE(policy.WaitedTooLong(8, kThreeDays + seconds{1}));
}

}  // namespace
}  // namespace backup_monitor::notify
