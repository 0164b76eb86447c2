
#include "catch.h"
#include "contract/store/samples.h"
#include "fakes/temporary_store.h"
#include "integration/sqlite/accept.h"
#include "run_states.h"

namespace backup_monitor::store {
namespace {

using namespace testing;

std::vector<int> Ids(const Result<std::vector<RunHead>>& heads) {
  std::vector<int> ids;
  for (const RunHead& head : heads.value()) ids.push_back(static_cast<int>(head.id));
  return ids;
}

TEST_CASE("runs are listed newest first, by plan, by outcome and page by page", "[store]") {
  TemporaryStore store;
  for (std::int64_t id = 1; id <= 6; ++id) {
    REQUIRE(Save(store->runs(), ClosedRun(id, id % 2 == 0 ? "even" : "odd", id * 100,
                                          id <= 3 ? Outcome::kSuccess : Outcome::kPartial)));
  }
  RunArchive& archive = store->archive();

  CHECK(Ids(archive.List({})) == std::vector{6, 5, 4, 3, 2, 1});
  CHECK(Ids(archive.List({.plan = PlanId{"even"}, .outcome = {}})) == std::vector{6, 4, 2});
  CHECK(Ids(archive.List({.plan = {}, .outcome = Outcome::kSuccess})) == std::vector{3, 2, 1});
  CHECK(Ids(archive.List({.plan = PlanId{"odd"}, .outcome = Outcome::kPartial})) == std::vector{5});
  CHECK(Ids(archive.List({.plan = {}, .outcome = {}, .before = RunId{5}, .limit = 2})) ==
        std::vector{4, 3});
  CHECK(Ids(archive.List({.plan = {}, .outcome = {}, .before = {}, .limit = 0})) == std::vector{6});
}

TEST_CASE("a line of the list says how many modules count and how many succeeded", "[store]") {
  TemporaryStore store;
  Run closed = ClosedRun(1, "1", 1000, Outcome::kPartial);
  AddModule(closed, "good1", Verdict::kSucceeded);
  AddModule(closed, "bad1", Verdict::kFailed);
  AddModule(closed, "left1", Verdict::kNotFinished);
  closed.modules[ModuleId{"left1"}].left = true;  // does not count any more
  closed.modules[ModuleId{"good1"}].record = RecordOf("1", "good1", 1000, 1900);
  Run open = ClosedRun(2, "1", 2000, Outcome::kPartial);
  SetClosed(open, std::nullopt);
  open.outcome.reset();
  open.modules[ModuleId{"good1"}].record = RecordOf("1", "good1", 2000, 2100);
  open.modules[ModuleId{"bad1"}].record = RecordOf("1", "bad1", 2000, 2200, 1);
  open.modules[ModuleId{"silent1"}].expected = true;
  REQUIRE(Save(store->runs(), closed));
  REQUIRE(Save(store->runs(), open));

  const auto heads = store->archive().List({});

  REQUIRE(heads);
  REQUIRE(heads->size() == 2);
  CHECK((*heads)[0].modules == 3);
  CHECK((*heads)[0].succeeded == 1);
  CHECK_FALSE((*heads)[0].closed_at);
  CHECK_FALSE((*heads)[0].outcome);
  CHECK((*heads)[0].end == At(2200));
  CHECK((*heads)[1].modules == 2);
  CHECK((*heads)[1].succeeded == 1);
  CHECK((*heads)[1].plan == PlanId{"1"});
  CHECK((*heads)[1].plan_name == "nightly");
  CHECK((*heads)[1].begin == At(1000));
  CHECK((*heads)[1].end == At(1900));
  CHECK((*heads)[1].closed_at == At(1600));
  CHECK((*heads)[1].outcome == Outcome::kPartial);
}

TEST_CASE("a run that is not judged tells its errors so far, and whether it is being checked",
          "[store]") {
  TemporaryStore store;
  Run ended = ClosedRun(1, "1", 2000, Outcome::kPartial);
  ended.outcome.reset();
  ended.modules[ModuleId{"good1"}].record = RecordOf("1", "good1", 2000, 2100);
  ended.modules[ModuleId{"bad1"}].record = RecordOf("1", "bad1", 2000, 2200, 1);
  ended.modules[ModuleId{"left1"}].record = RecordOf("1", "left1", 2000, 2200, 1);
  ended.modules[ModuleId{"left1"}].left = true;
  ended.modules[ModuleId{"silent1"}].expected = true;
  REQUIRE(Save(store->runs(), ended));
  auto transaction = store->runs().Begin().value();
  REQUIRE(transaction->Postpone({{}, {Announcement::Kind::kFinal, {RunId{1}}, {}}, At(2600)}));
  REQUIRE(transaction->Commit());

  const RunHead head = store->archive().List({})->front();
  CHECK(head.being_checked);
  CHECK(head.errors_so_far == 1);
  const auto results = store->archive().ResultsOf({head}).value();
  REQUIRE(results.size() == 3);
  CHECK(results[0].verdict == Verdict::kFailed);
  CHECK(results[1].verdict == Verdict::kSucceeded);
  CHECK_FALSE(results[2].verdict);

  ended.outcome = Outcome::kPartial;
  REQUIRE(Save(store->runs(), ended));
  transaction = store->runs().Begin().value();
  REQUIRE(transaction->Release(transaction->Postponed()->front().id));
  REQUIRE(transaction->Commit());
  CHECK_FALSE(store->archive().List({})->front().being_checked);
  CHECK(store->archive().List({})->front().errors_so_far == 0);
}

TEST_CASE("a run that is open for an alert alone is told from one that runs", "[store]") {
  TemporaryStore store;
  Run run = ClosedRun(1, "1", 2000, Outcome::kPartial);
  run.outcome.reset();
  SetClosed(run, std::nullopt);
  run.modules[ModuleId{"mail1"}].expected = true;
  const auto only_alerted = [&](const Run& saved) {
    REQUIRE(Save(store->runs(), saved));
    return store->archive().List({})->front().only_alerted;
  };
  CHECK_FALSE(only_alerted(run));
  run.alert = CausingAlert{At(2000), "2", true};
  CHECK(only_alerted(run));

  Run recorded = run;
  recorded.modules[ModuleId{"mail1"}].record = RecordOf("1", "mail1", 2000, 2100, 1);
  CHECK_FALSE(only_alerted(recorded));
  Run borrowing = run;
  borrowing.modules[ModuleId{"mail1"}].borrowed = RecordOf("1", "mail1", 1900, 2100);
  CHECK_FALSE(only_alerted(borrowing));
  Run compact = run;
  compact.compact_status = CompactPlanStatus{};
  CHECK_FALSE(only_alerted(compact));
  SetClosed(run, At(2600));
  CHECK_FALSE(only_alerted(run));
}

TEST_CASE("a run's head is called as its report calls it", "[store]") {
  RunHead head;
  head.modules = 2;
  head.succeeded = 2;
  CHECK_FALSE(head.phrase());
  head.outcome = Outcome::kSuccess;
  CHECK(head.phrase() == Phrase::kCompleted);
  head.outcome = Outcome::kIncomplete;  // every module succeeded: for an alert
  CHECK(head.phrase() == Phrase::kNotConfirmed);
  head.succeeded = 1;
  CHECK(head.phrase() == Phrase::kNotFinished);
  head.without_snapshot = 1;
  CHECK(head.phrase() == Phrase::kNotConfirmed);
  head.outcome = Outcome::kPartial;
  CHECK(head.phrase() == Phrase::kPartiallyFailed);
}

TEST_CASE("what is not there is not found", "[store]") {
  TemporaryStore store;
  CHECK(store->archive().Read(RunId{1}).error().code == ErrorCode::kNotFound);
  CHECK(store->archive().ReadMessage(MessageId{1}).error().code == ErrorCode::kNotFound);
  CHECK(store->archive().MessagesOf(RunId{1})->empty());
  CHECK(store->archive().MessagesFor(TriggerId{1})->empty());
  CHECK(store->archive().MessagesFor(TriggerId{})->empty());
}

TEST_CASE("messages are found by run and by request, the bytes only one by one", "[store]") {
  TemporaryStore store;
  REQUIRE(Save(store->runs(), ClosedRun(4, "1", 1000, Outcome::kSuccess)));
  Message message = MessageTo({"a@example.org", "b@example.org"});
  message.runs = {RunId{4}};
  message.request = TriggerId{12};
  const MessageId id = Post(store->runs(), message);
  Post(store->runs(), MessageTo({"a@example.org"}));  // of no run, no request

  for (const auto& found :
       {store->archive().MessagesOf(RunId{4}), store->archive().MessagesFor(TriggerId{12})}) {
    REQUIRE(found);
    REQUIRE(found->size() == 1);
    CHECK(found->front().message.id == id);
    CHECK(found->front().message.subject == message.subject);
    CHECK(found->front().message.mail.empty());
    CHECK(found->front().message.html.empty());
    REQUIRE(found->front().deliveries.size() == 2);
    CHECK(found->front().deliveries[1].recipient == "b@example.org");
    CHECK(found->front().deliveries[1].next_attempt == At(1000));
  }
  CHECK(store->archive().MessagesFor(TriggerId{})->empty());
  CHECK(store->archive().ReadMessage(id)->message.mail == message.mail);
  CHECK(store->archive().ReadMessage(id)->message.html == message.html);
}

TEST_CASE("a request is in progress until its mail has been tried for each recipient", "[store]") {
  TemporaryStore store;
  const auto in_progress = [&](RequestKind kind, std::int64_t now = 1001) {
    return store->archive().IsInProgress(kind, At(now)).value();
  };
  CHECK_FALSE(in_progress(RequestKind::kTestMail));
  REQUIRE(AcceptNow(store->inbox(), {TestMailRequest{}}));
  CHECK(in_progress(RequestKind::kTestMail));
  CHECK_FALSE(in_progress(RequestKind::kReport));

  const Trigger request = store->inbox().Pending()->front();
  RunChanges answered;
  answered.settled = {request.id};
  REQUIRE(Save(store->runs(), answered));
  CHECK_FALSE(in_progress(RequestKind::kTestMail));

  Message message = MessageTo({"a@example.org", "b@example.org"});
  message.kind = ReportKind::kTest;
  message.request = request.id;
  const MessageId id = Post(store->runs(), message);
  CHECK(in_progress(RequestKind::kTestMail));
  CHECK_FALSE(in_progress(RequestKind::kReport));
  const Attempt later{At(1001), AttemptResult::kTemporary, "451 later"};
  REQUIRE(store->outbox().Record(id, "a@example.org", later, DeliveryState::kWaiting, At(2000)));
  CHECK(in_progress(RequestKind::kTestMail, 1059));
  CHECK_FALSE(
      in_progress(RequestKind::kTestMail, 1060));  // a relay that hangs is no reason to wait longer
  REQUIRE(store->outbox().Record(id, "b@example.org", later, DeliveryState::kWaiting, At(2000)));
  CHECK_FALSE(in_progress(RequestKind::kTestMail));
}

TEST_CASE("every kind of report comes back", "[store]") {
  TemporaryStore store;
  for (const auto kind :
       {ReportKind::kEarlyNotice, ReportKind::kFinal, ReportKind::kUpdate, ReportKind::kNoStatus,
        ReportKind::kUnknownPlan, ReportKind::kOnRequest, ReportKind::kTest,
        ReportKind::kUndelivered, ReportKind::kAlertSummary, ReportKind::kLateNotice,
        ReportKind::kNeverDue, ReportKind::kRecoveryPoint, ReportKind::kUnprotected}) {
    Message message = MessageTo({"a@example.org"});
    message.kind = kind;
    CHECK(store->archive().ReadMessage(Post(store->runs(), message))->message.kind == kind);
  }
}

TEST_CASE("the last success of each plan is its newest run's end", "[store]") {
  TemporaryStore store;
  Run older = ClosedRun(9, "1", 1000, Outcome::kSuccess);
  older.modules[ModuleId{"mail1"}].record = RecordOf("1", "mail1", 1000, 1300);
  Run newer = ClosedRun(3, "1", 2000, Outcome::kSuccess);
  newer.modules[ModuleId{"mail1"}].record = RecordOf("1", "mail1", 2000, 2300);
  Run compact = ClosedRun(5, "compact", 2500, Outcome::kSuccess);
  compact.compact_status = CompactPlanStatus{At(2600), true, 0, ""};
  for (const Run& run : {older, newer, compact, ClosedRun(4, "1", 3000, Outcome::kPartial),
                         ClosedRun(6, "2", 3000, Outcome::kRepoFailure)}) {
    REQUIRE(Save(store->runs(), run));
  }

  CHECK(store->archive().LastSuccesses().value() ==
        std::map<PlanId, Time>{{PlanId{"1"}, At(2300)}, {PlanId{"compact"}, At(2600)}});
}

TEST_CASE("results tell of each module that counts what its record tells", "[store]") {
  TemporaryStore store;
  Run run = ClosedRun(3, "1", 1000, Outcome::kPartial);
  AddModule(run, "bad1", Verdict::kFailed);
  AddModule(run, "borrowing1", Verdict::kSucceeded);
  AddModule(run, "good1", Verdict::kSucceeded);
  AddModule(run, "late1", Verdict::kNotFinished);
  AddModule(run, "left1", Verdict::kFailed);
  run.modules[ModuleId{"joined1"}].expected = false;
  run.modules.at(ModuleId{"bad1"}).record = RecordOf("1", "bad1", 1000, 1060, 2);
  run.modules.at(ModuleId{"bad1"}).record->record.restore_bytes = 7;  // of an older snapshot
  run.modules.at(ModuleId{"bad1"}).node = Node(2);
  run.modules.at(ModuleId{"good1"}).record = RecordOf("1", "good1", 1060, 1100);
  run.modules.at(ModuleId{"good1"}).record->record.restore_bytes = 4096;
  run.modules.at(ModuleId{"borrowing1"}).borrowed = RecordOf("1", "borrowing1", 1010, 1015);
  run.modules.at(ModuleId{"left1"}).left = true;
  run.modules.at(ModuleId{"left1"}).record = RecordOf("1", "left1", 1000, 1060, 1);
  REQUIRE(Save(store->runs(), run));
  RunHead head;
  head.id = RunId{3};
  head.plan = PlanId{"1"};

  const auto results = store->archive().ResultsOf({head}).value();

  REQUIRE(results.size() == 4);
  CHECK(results[0].module == ModuleId{"bad1"});
  CHECK(results[0].node == Node(2));
  CHECK(results[0].verdict == Verdict::kFailed);
  CHECK(results[0].took == seconds{60});
  CHECK_FALSE(results[0].size_bytes);
  CHECK(results[1].took == seconds{5});
  CHECK(results[2].size_bytes == 4096U);
  CHECK(results[3].module == ModuleId{"late1"});
  CHECK_FALSE(results[3].took);
  CHECK(store->archive().ResultsOf({})->empty());
}

TEST_CASE("a success whose repository holds no snapshot of it is told from the others", "[store]") {
  TemporaryStore store;
  Run run = ClosedRun(3, "1", 5000, Outcome::kSuccess);
  for (const char* name : {"empty1", "made1", "unseen1"}) {
    AddModule(run, name, Verdict::kSucceeded);
    run.modules.at(ModuleId{name}).record = RecordOf("1", name, 5000, 5060);
  }
  Finding empty;
  empty.probed_at = At(6000);
  Finding made = empty;
  made.newest = made.of_run = Snapshot{At(5001), "a2a4", {}};
  run.modules.at(ModuleId{"empty1"}).record->finding = empty;
  run.modules.at(ModuleId{"made1"}).record->finding = made;
  REQUIRE(Save(store->runs(), run));
  Run open = run;
  open.id = RunId{4};
  SetClosed(open, std::nullopt);
  open.outcome.reset();
  for (auto& [id, module] : open.modules) module.verdict.reset();
  REQUIRE(Save(store->runs(), open));

  const auto heads = store->archive().List({}).value();
  const auto results = store->archive().ResultsOf(heads).value();

  REQUIRE(heads.size() == 2);
  CHECK(heads[0].without_snapshot == 0);  // nothing is judged yet
  CHECK(heads[1].succeeded == 3);
  CHECK(heads[1].without_snapshot == 1);
  REQUIRE(results.size() == 6);
  CHECK(results[3].module == ModuleId{"empty1"});
  CHECK(results[3].without_snapshot);
  for (const int other : {0, 1, 2, 4, 5})
    CHECK_FALSE(results[static_cast<std::size_t>(other)].without_snapshot);
}

TEST_CASE("a finding that comes between two savings is told by the second", "[store]") {
  TemporaryStore store;
  Run run = ClosedRun(3, "1", 5000, Outcome::kSuccess);
  AddModule(run, "mail1", Verdict::kSucceeded);
  RunModule& mail = run.modules.at(ModuleId{"mail1"});
  mail.record = RecordOf("1", "mail1", 5000, 5060);
  REQUIRE(Save(store->runs(), run));
  mail.record->finding = Finding{};
  REQUIRE(Save(store->runs(), run));

  const auto heads = store->archive().List({}).value();

  CHECK(heads[0].without_snapshot == 1);
  CHECK(store->archive().ResultsOf(heads).value()[0].without_snapshot);
}

TEST_CASE("the archive sees the same past as a step does", "[store]") {
  TemporaryStore store;
  Run before = ClosedRun(1, "1", 1000, Outcome::kPartial);
  AddModule(before, "mail1", Verdict::kFailed);
  REQUIRE(Save(store->runs(), before));
  Run run = ClosedRun(2, "1", 5000, Outcome::kPartial);
  AddModule(run, "mail1", Verdict::kFailed);
  REQUIRE(Save(store->runs(), run));
  CHECK(store->archive().HistoryOf(run, At(100000))->modules.at(ModuleId{"mail1"}).before.total() ==
        1);
  CHECK(store->archive().HistoryOf(run, At(100000))->runs_before.size() == 1);
}

TEST_CASE("the health of delivery is its newest success and its newest failure", "[store]") {
  TemporaryStore store;
  CHECK_FALSE(store->archive().HealthOfDelivery()->last_delivered);
  CHECK_FALSE(store->archive().HealthOfDelivery()->last_failure);
  const MessageId id = Post(store->runs(), MessageTo({"a@example.org", "b@example.org"}));
  const auto tried = [&](const char* recipient, std::int64_t at, AttemptResult result,
                         const char* detail) {
    REQUIRE(store->outbox().Record(id, recipient, {At(at), result, detail}, DeliveryState::kWaiting,
                                   At(at)));
  };
  tried("a@example.org", 1001, AttemptResult::kTemporary, "451 later");
  tried("b@example.org", 1003, AttemptResult::kPermanent, "550 no such user");
  tried("a@example.org", 1004, AttemptResult::kDelivered, "250 ok");
  tried("b@example.org", 1005, AttemptResult::kDisabled, "the relay is disabled");
  const DeliveryHealth health = store->archive().HealthOfDelivery().value();
  CHECK(health.last_delivered == At(1004));
  REQUIRE(health.last_failure);
  CHECK(health.last_failure->at == At(1003));
  CHECK(health.last_failure->detail == "550 no such user");
}

}  // namespace
}  // namespace backup_monitor::store
