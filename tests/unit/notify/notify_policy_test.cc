#include "notify/notify_policy.h"

#include "catch.h"

namespace backup_monitor::notify {
namespace {

constexpr auto kEvery = NotifyOn::kEveryRun;
constexpr auto kRecoveries = NotifyOn::kProblemsAndRecoveries;
constexpr auto kProblems = NotifyOn::kProblems;

TEST_CASE("every outcome but SUCCESS is a problem and always worth a mail", "[notify]") {
  const auto outcome =
      GENERATE(Outcome::kIncomplete, Outcome::kPartial, Outcome::kMissed, Outcome::kRepoFailure);
  const auto before = GENERATE(std::optional<Outcome>{}, std::optional{Outcome::kSuccess},
                               std::optional{Outcome::kPartial});

  CHECK(WorthAMail(kEvery, outcome, before));
  CHECK(WorthAMail(kRecoveries, outcome, before));
  CHECK(WorthAMail(kProblems, outcome, before));
}

TEST_CASE("a recovery is the first SUCCESS after a problem", "[notify]") {
  CHECK(WorthAMail(kRecoveries, Outcome::kSuccess, Outcome::kIncomplete));
  CHECK(WorthAMail(kRecoveries, Outcome::kSuccess, Outcome::kRepoFailure));
  CHECK_FALSE(WorthAMail(kRecoveries, Outcome::kSuccess, Outcome::kSuccess));
  CHECK_FALSE(WorthAMail(kRecoveries, Outcome::kSuccess, std::nullopt));
}

TEST_CASE("a SUCCESS is worth a mail of its own only where every run is", "[notify]") {
  CHECK(WorthAMail(kEvery, Outcome::kSuccess, Outcome::kSuccess));
  CHECK(WorthAMail(kEvery, Outcome::kSuccess, std::nullopt));
  CHECK_FALSE(WorthAMail(kProblems, Outcome::kSuccess, Outcome::kRepoFailure));
}

}  // namespace
}  // namespace backup_monitor::notify
