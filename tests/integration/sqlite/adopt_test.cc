#include "adapters/sqlite/adopt.h"

#include <fstream>

#include "catch.h"
#include "contract/store/samples.h"
#include "fakes/temporary_store.h"
#include "integration/sqlite/accept.h"
#include "run_states.h"

namespace backup_monitor::sqlite {
namespace {

using namespace testing;

constexpr std::int64_t kAdopted = 10'000;
constexpr const char* kLeft = "left to the instance that this store was copied from";

/// A store that its instance has left as it stood.
struct Copy {
  TemporaryFolder folder;
  std::filesystem::path file = folder.path() / "store.db";
  std::unique_ptr<SqliteStore> store = OpenStore(file).value();

  Adoption Adopt() {
    store.reset();
    const Adoption adoption = AdoptStore(file, At(kAdopted)).value();
    store = OpenStore(file).value();
    return adoption;
  }
  [[nodiscard]] RunMemory Memory() const { return store->runs().Load(At(kAdopted)).value(); }
  [[nodiscard]] Run RunOf(std::int64_t id) const {
    return store->archive().Read(RunId{id}).value();
  }
};

Run OpenRun(std::int64_t id, const SeenRecord& record, bool announced) {
  Run run = ClosedRun(id, record.record.plan.value(), record.started.time_since_epoch().count(),
                      Outcome::kIncomplete);
  SetClosed(run, std::nullopt);
  SetAnnounced(run, announced);
  if (!announced) run.outcome.reset();
  run.modules[record.record.module].expected = true;
  run.modules[record.record.module].record = record;
  run.modules[ModuleId{"silent1"}].expected = true;
  return run;
}

/// Keeps a run with the one record that it has.
void Keep(store::RunStore& runs, const Run& run, const SeenRecord& record) {
  RunChanges changes;
  changes.runs.emplace(run.id, run);
  changes.records.push_back({record, run.id});
  REQUIRE(Save(runs, changes));
}

TEST_CASE("waiting mail of an adopted store has failed for good, other mail is untouched",
          "[store]") {
  Copy copy;
  const MessageId waiting = Post(copy.store->runs(), MessageTo({"a@example.org", "b@example.org"}));
  const MessageId sent = Post(copy.store->runs(), MessageTo({"c@example.org"}));
  notify::Outbox& outbox = copy.store->outbox();
  REQUIRE(outbox.Record(waiting, "a@example.org", {At(1001), AttemptResult::kDelivered, "250 ok"},
                        DeliveryState::kDelivered, At(0)));
  REQUIRE(outbox.Record(waiting, "b@example.org",
                        {At(1002), AttemptResult::kTemporary, "451 later"}, DeliveryState::kWaiting,
                        At(99'999)));
  REQUIRE(outbox.Record(sent, "c@example.org", {At(1003), AttemptResult::kDelivered, "250 ok"},
                        DeliveryState::kDelivered, At(0)));

  CHECK(copy.Adopt().messages_left == 1);

  const auto message = copy.store->archive().ReadMessage(waiting).value();
  CHECK(message.deliveries[0].state == DeliveryState::kDelivered);
  CHECK(message.deliveries[0].attempts.size() == 1);
  CHECK(message.deliveries[1].state == DeliveryState::kFailed);
  REQUIRE(message.deliveries[1].attempts.size() == 2);
  CHECK(message.deliveries[1].attempts[1].at == At(kAdopted));
  CHECK(message.deliveries[1].attempts[1].result == AttemptResult::kPermanent);
  CHECK(message.deliveries[1].attempts[1].detail == kLeft);
  CHECK(copy.store->archive().ReadMessage(sent)->deliveries[0].state == DeliveryState::kDelivered);
  CHECK(copy.store->outbox().Count()->waiting == 0);
  CHECK(copy.store->outbox().Due(At(99'999), 10)->empty());
}

TEST_CASE("a delivery of an adopted store keeps at most 50 attempts", "[store]") {
  Copy copy;
  const MessageId id = Post(copy.store->runs(), MessageTo({"a@example.org"}));
  for (int i = 0; i < 60; ++i) {
    REQUIRE(copy.store->outbox().Record(id, "a@example.org",
                                        {At(i), AttemptResult::kTemporary, "451"},
                                        DeliveryState::kWaiting, At(0)));
  }

  copy.Adopt();

  const auto attempts = copy.store->archive().ReadMessage(id)->deliveries[0].attempts;
  CHECK(attempts.size() == 50);
  CHECK(attempts.back().detail == kLeft);
  CHECK(attempts.front().at == At(11));
}

TEST_CASE("an adopted store's inbox is empty, and its numbers go on", "[store]") {
  Copy copy;
  REQUIRE(AcceptNow(copy.store->inbox(), {AlertOf(1), TestMailRequest{}}));

  copy.Adopt();

  CHECK(copy.store->inbox().Pending()->empty());
  CHECK(AcceptNow(copy.store->inbox(), {AlertOf(1)}).value() == std::vector{TriggerId{3}});
}

TEST_CASE("an open run that was never told is gone, its records are history", "[store]") {
  Copy copy;
  const SeenRecord record = RecordOf("1", "mail1", 1000, 1100);
  Keep(copy.store->runs(), OpenRun(7, record, false), record);
  Message early = MessageTo({"a@example.org"});
  early.kind = ReportKind::kEarlyNotice;
  early.runs = {RunId{7}};
  const MessageId notice = Post(copy.store->runs(), early);

  const Adoption adoption = copy.Adopt();

  CHECK(adoption.runs_left == 1);
  CHECK(adoption.runs_kept == 0);
  CHECK(copy.store->archive().List({})->empty());
  CHECK(copy.store->archive().Read(RunId{7}).error().code == ErrorCode::kNotFound);
  const RunMemory memory = copy.Memory();
  CHECK(memory.runs.empty());
  CHECK(memory.seen.contains(record.record.key()));
  REQUIRE(memory.history.contains(PlanId{"1"}));
  CHECK(memory.history.at(PlanId{"1"}) == std::vector{record});
  CHECK(memory.newest_run == RunId{7});  // never given again
  CHECK(copy.store->archive().MessagesOf(RunId{7})->empty());
  REQUIRE(copy.store->runs().Forget(At(0), {}));
  CHECK(copy.store->archive().ReadMessage(notice)->message.runs.empty());  // and it is still there
}

TEST_CASE("a reopened run is closed again as it was told", "[store]") {
  Copy copy;
  const SeenRecord late = RecordOf("1", "mail1", 1000, 1100);
  Run run = OpenRun(7, late, true);
  SetReopenedUntil(run, At(99'999));
  run.modules[ModuleId{"mail1"}].verdict = Verdict::kNotFinished;
  Keep(copy.store->runs(), run, late);

  const Adoption adoption = copy.Adopt();

  CHECK(adoption.runs_left == 0);
  CHECK(adoption.runs_kept == 1);
  const Run kept = copy.RunOf(7);
  CHECK(kept.closed_at() == late.seen_at);
  CHECK(kept.announced());
  CHECK(kept.outcome == Outcome::kIncomplete);
  CHECK(kept.modules.at(ModuleId{"mail1"}).verdict == Verdict::kNotFinished);
  CHECK(kept.modules.at(ModuleId{"mail1"}).record == late);
}

TEST_CASE("a closed run that nobody told counts as told, told ones stay as they are", "[store]") {
  Copy copy;
  Run told = ClosedRun(1, "1", 1000, Outcome::kPartial);
  SetAnnounced(told, true);
  AddModule(told, "mail1", Verdict::kFailed);
  REQUIRE(Save(copy.store->runs(), told));
  REQUIRE(Save(copy.store->runs(), ClosedRun(2, "1", 2000, Outcome::kSuccess)));

  const Adoption adoption = copy.Adopt();

  CHECK(adoption.runs_kept == 2);
  CHECK(copy.RunOf(2).announced());
  CHECK(copy.RunOf(2).closed_at() == At(2600));
  const Run kept = copy.RunOf(1);
  CHECK(kept.closed_at() == told.closed_at());
  CHECK(kept.outcome == Outcome::kPartial);
  CHECK(kept.modules.at(ModuleId{"mail1"}).verdict == Verdict::kFailed);
}

TEST_CASE("a postponed report is the original's to tell", "[store]") {
  Copy copy;
  Run run = ClosedRun(3, "1", 1000, Outcome::kRepoFailure);
  run.outcome.reset();
  SetAnnounced(run, true);
  REQUIRE(Save(copy.store->runs(), run));
  {
    auto transaction = copy.store->runs().Begin().value();
    REQUIRE(transaction->Postpone(
        {PostponedId{}, {Announcement::Kind::kFinal, {RunId{3}}, {}}, At(1600)}));
    REQUIRE(transaction->Commit());
  }

  (void)copy.Adopt();

  CHECK(copy.store->runs().Begin().value()->Postponed()->empty());
  CHECK(copy.RunOf(3).announced());
}

TEST_CASE("the next look of an adopted store is its first, with all that it remembers", "[store]") {
  Copy copy;
  RunChanges changes;
  changes.look = {At(5000), {{PlanId{"1"}, "Nightly"}}, {ModuleId{"mail1"}}};
  changes.alert_identities = {{"an alert", At(4000)}};
  changes.compact_reported = {{PlanId{"2"}, At(4000)}};
  changes.modules[{PlanId{"1"}, ModuleId{"mail1"}}].reported_never_ran = true;
  REQUIRE(Save(copy.store->runs(), changes));

  copy.Adopt();

  const RunMemory memory = copy.Memory();
  CHECK_FALSE(memory.last_look);
  CHECK(memory.known_modules.empty());
  CHECK(memory.known_plans == changes.look->plans);
  CHECK(copy.store->runs().Begin().value()->KnownAlerts({"an alert"})->size() == 1);
  CHECK(memory.compact_reported == changes.compact_reported);
  CHECK(memory.modules == changes.modules);
}

TEST_CASE("adopting twice is the same as once", "[store]") {
  Copy copy;
  const SeenRecord record = RecordOf("1", "mail1", 1000, 1100);
  Keep(copy.store->runs(), OpenRun(7, record, false), record);
  REQUIRE(Save(copy.store->runs(), ClosedRun(6, "1", 500, Outcome::kSuccess)));
  const MessageId id = Post(copy.store->runs(), MessageTo({"a@example.org"}));
  copy.Adopt();

  const Adoption again = copy.Adopt();

  CHECK(again.messages_left + again.runs_left == 0);
  CHECK(again.runs_kept == 1);
  CHECK(copy.store->archive().ReadMessage(id)->deliveries[0].attempts.size() == 1);
}

TEST_CASE("what is no store is not adopted, and not made one either", "[store]") {
  const TemporaryFolder folder;
  const auto file = folder.path() / "store.db";
  SECTION("no file") {
    CHECK(AdoptStore(file, At(kAdopted)).error().code == ErrorCode::kNotFound);
    CHECK_FALSE(std::filesystem::exists(file));
  }
  SECTION("an empty file") {
    std::ofstream{file};
    CHECK(AdoptStore(file, At(kAdopted)).error().code == ErrorCode::kNotFound);
    CHECK(std::filesystem::file_size(file) == 0);
  }
  SECTION("something else") {
    std::ofstream{file} << std::string(5000, 'x');
    CHECK(AdoptStore(file, At(kAdopted)).error().code == ErrorCode::kCorrupt);
  }
}

}  // namespace
}  // namespace backup_monitor::sqlite
