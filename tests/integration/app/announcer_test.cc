#include "announcement/announcer.h"

#include "catch.h"
#include "integration/app/pipeline_world.h"

namespace backup_monitor::app {
namespace {

using announcement::PostedReports;
using testing::hours;
using testing::minutes;

/// Steps of the state machine, each announced and stored, without threads.
struct Office : testing::PipelineWorld {
  explicit Office(NotifyOn notify_on = NotifyOn::kEveryRun) : announcer{writer, notify_on, {}} {
    Look();
  }

  PostedReports Look(const std::vector<Trigger>& triggers = {}) {
    const ClusterView view = *cluster.Look(clock.Now());
    auto transaction = store->runs().Begin();
    REQUIRE(transaction);
    run::RunStep step = tracker.Step(view, triggers);
    const auto result = announcer.Announce(step, tracker, view, **transaction);
    REQUIRE(result);
    REQUIRE((*transaction)->Commit());
    return result->posted;
  }

  /// One night: both modules, the second with `errors`.
  PostedReports Night(std::uint32_t errors) {
    clock.Advance(hours{24});
    Record("mail1", minutes{-20});
    Record("samba1", minutes{-10}, errors);
    return Look();
  }

  announcement::MessageWriter writer{testing::MailTo({"a@example.org", "b@example.org"})};
  announcement::Announcer announcer;
  run::RunTracker tracker{run::RunRules{}, RunMemory{}};
};

TEST_CASE("what was there before us is history, the next run is told once", "[pipeline]") {
  Office office;
  CHECK(office.Messages().empty());

  CHECK(office.Night(0).outcomes == std::vector{Outcome::kSuccess});
  CHECK(office.Look().subjects.empty());

  const auto messages = office.Messages();
  REQUIRE(messages.size() == 1);
  CHECK(messages[0].recipients == std::vector<std::string>{"a@example.org", "b@example.org"});
  CHECK(messages[0].subject.find("Backup completed") != std::string::npos);
}

TEST_CASE("an episode of failures is one thread that its recovery ends", "[pipeline]") {
  Office office;
  for (const std::uint32_t errors : {1U, 1U, 1U, 0U, 0U}) office.Night(errors);

  const auto messages = office.Messages();
  REQUIRE(messages.size() == 5);
  for (int i = 1; i <= 3; ++i)
    CHECK(messages[static_cast<std::size_t>(i)].thread_root == messages[0].message_id);
  CHECK(messages[4].thread_root == messages[4].message_id);
  CHECK(messages[2].mail.find("3rd") != std::string::npos);
  CHECK(messages[3].subject.find("3") != std::string::npos);
}

TEST_CASE("notify_on keeps quiet what nobody wants, and counts it", "[pipeline]") {
  Office problems{NotifyOn::kProblems};
  CHECK(problems.Night(0).suppressed == 1);
  CHECK(problems.Night(1).subjects.size() == 1);
  CHECK(problems.Night(0).suppressed == 1);

  Office recoveries{NotifyOn::kProblemsAndRecoveries};
  CHECK(recoveries.Night(0).subjects.empty());
  CHECK(recoveries.Night(1).subjects.size() == 1);
  CHECK(recoveries.Night(0).subjects.size() == 1);
  CHECK(recoveries.Night(0).subjects.empty());
}

TEST_CASE("a late record corrects the report, to whoever got it, in its thread", "[pipeline]") {
  Office office{NotifyOn::kProblems};
  office.clock.Advance(hours{24});
  office.Record("mail1", minutes{-10});
  office.Look();
  office.clock.Advance(hours{3});
  CHECK(office.Look().outcomes == std::vector{Outcome::kIncomplete});

  office.Record("samba1", -hours{3} - minutes{5});
  const PostedReports posted = office.Look();

  REQUIRE(posted.subjects.size() == 1);
  CHECK(posted.outcomes.empty());  // it is the same run
  const auto messages = office.Messages();
  REQUIRE(messages.size() == 2);
  CHECK(messages[1].kind == ReportKind::kUpdate);
  CHECK(messages[1].thread_root == messages[0].message_id);
  CHECK(messages[1].recipients == messages[0].recipients);
}

TEST_CASE("what an early notice has said is in the report that follows in its thread",
          "[pipeline]") {
  Office office{NotifyOn::kProblems};
  office.clock.Advance(hours{24});
  office.Record("mail1", minutes{-10}, 1);
  office.Look();
  office.clock.Advance(seconds{900});
  REQUIRE(office.Look().subjects.size() == 1);

  office.cluster.RemoveFromPlan("1", "mail1");
  office.Look();
  office.Record("samba1", minutes{-5});
  office.clock.Advance(seconds{300});
  const PostedReports posted = office.Look();

  REQUIRE(posted.outcomes == std::vector{Outcome::kPartial});
  const auto messages = office.Messages();
  REQUIRE(messages.size() == 2);
  CHECK(messages[0].kind == ReportKind::kEarlyNotice);
  CHECK(messages[1].thread_root == messages[0].message_id);
}

}  // namespace
}  // namespace backup_monitor::app
