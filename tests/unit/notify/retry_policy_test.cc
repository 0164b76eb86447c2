#include "notify/retry_policy.h"

#include <catch2/catch.hpp>

namespace backup_monitor {
namespace {

constexpr Time kCreated{seconds{1'763'800'000}};
constexpr double kNoJitter = 0.5;
constexpr seconds kThreeDays = std::chrono::days{3};

TEST_CASE("the wait doubles from 30 s up to one hour", "[notify]") {
  const RetryPolicy policy;
  struct Case {
    int attempts;
    seconds wait;
  };
  const auto expected = GENERATE(Case{1, seconds{30}}, Case{2, seconds{60}}, Case{3, seconds{120}},
                                 Case{7, seconds{1920}}, Case{8, seconds{3600}},
                                 Case{100, seconds{3600}});
  CAPTURE(expected.attempts);

  const Time now = kCreated + seconds{10};
  CHECK(policy.Next(expected.attempts, now, kCreated, kNoJitter) == now + expected.wait);
}

TEST_CASE("each wait is off by at most a fifth, either way", "[notify]") {
  const RetryPolicy policy;

  CHECK(policy.Next(1, kCreated, kCreated, 0.0) == kCreated + seconds{24});
  CHECK(policy.Next(1, kCreated, kCreated, 0.999999) == kCreated + seconds{35});
  CHECK(policy.Next(9, kCreated, kCreated, 0.0) == kCreated + seconds{2880});
}

TEST_CASE("the last attempt comes three days after creation and then it is given up", "[notify]") {
  const RetryPolicy policy;
  const Time end = kCreated + kThreeDays;

  CHECK(policy.Next(80, end - seconds{10}, kCreated, kNoJitter) == end);
  CHECK(policy.Next(80, end - seconds{1}, kCreated, kNoJitter) == end);
  CHECK_FALSE(policy.Next(80, end, kCreated, kNoJitter));
}

TEST_CASE("a message that was hardly tried is not given up, however old", "[notify]") {
  const RetryPolicy policy;
  const Time late = kCreated + kThreeDays + std::chrono::days{400};

  CHECK(policy.Next(7, late, kCreated, kNoJitter));
  CHECK_FALSE(policy.Next(8, late, kCreated, kNoJitter));
}

TEST_CASE("a message created in the future is given up after enough attempts", "[notify]") {
  const RetryPolicy policy;
  const Time future = kCreated + std::chrono::days{4000};

  CHECK(policy.Next(199, kCreated, future, kNoJitter) == kCreated + seconds{3600});
  CHECK_FALSE(policy.Next(200, kCreated, future, kNoJitter));
}

TEST_CASE("what is past three days and hardly tried has waited too long", "[notify]") {
  const RetryPolicy policy;
  const Time end = kCreated + kThreeDays;

  CHECK_FALSE(policy.WaitedTooLong(0, end, kCreated));
  CHECK(policy.WaitedTooLong(0, end + seconds{1}, kCreated));
  CHECK_FALSE(policy.WaitedTooLong(8, end + seconds{1}, kCreated));
}

}  // namespace
}  // namespace backup_monitor
