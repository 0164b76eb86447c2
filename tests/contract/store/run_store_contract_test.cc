
#include "catch.h"
#include "contract/store/run_equality.h"
#include "contract/store/samples.h"
#include "fakes/temporary_store.h"
#include "run_states.h"

namespace backup_monitor::testing {
namespace {

/// Every member differs from its default.
NodeLog FullLog(const PlanId& plan) {
  LoggedBackup backup{.module = ModuleId{"mail1"},
                      .began = At(1490),
                      .busy_since = At(1480),
                      .ended = At(1500),
                      .end = LoggedBackup::End::kFailed,
                      .exit_status = 3};
  backup.failed.push_back({.step = BackupStep::kSnapshot,
                           .at = At(1499),
                           .status = 3,
                           .words = "error: \xff \"",
                           .unread = {"/a\xfe", "/b"}});
  backup.failed.push_back({.step = BackupStep::kStoreStatus, .at = At(1500), .unread = {}});
  LoggedPass pass{.node = Node(2),
                  .plan = plan,
                  .through_agent = true,
                  .began = At(1400),
                  .begin_is_known = true,
                  .last = At(1501),
                  .ended = At(1502),
                  .end = LoggedPass::End::kKilled,
                  .signal = "9/KILL\xff"};
  pass.backups = {backup, {.module = ModuleId{"web1"}}};
  return {.read_at = At(1600), .complete = false, .newest_entry = At(1599), .pass = pass};
}

/// Every member differs from its default.
Run FullRun() {
  Run run = ClosedRun(7, "plan \xff", 1000, Outcome::kPartial);
  run.plan_name = "nightly <b>";
  run.destination_id = "14030a59-a4e6-54cc-b8ea-cd5f97fe44c8";
  run.destination_name = "BackBlaze";
  run.origin = RunOrigin::kCompact;
  run.first_error_seen_at = At(1100);
  run.Restore({.closed_at = run.closed_at(),
               .announced = true,
               .reopened_until = At(5000),
               .early_notice_given = true,
               .late_notice_given = true});
  run.compact_status = CompactPlanStatus{At(1200), true, 3, "disk \xc0 full"};
  run.gap = Gap{At(10), At(900), 4};
  run.due = RunDue{At(990), {{Node(1), {At(990), At(3000)}}, {Node(2), {At(1800), At(4000)}}}};
  run.missed = DueCount{3, At(100), At(300)};
  run.overlapped = DueCount{2, At(400), At(500)};
  run.log.emplace(Node(2), FullLog(run.plan));
  run.log.emplace(Node(3), NodeLog{.read_at = At(1600), .trouble = ErrorCode::kDenied});
  run.presence.emplace(Node(2), NodePresence{.read_at = At(1600),
                                             .known_from = At(800),
                                             .absences = {{std::nullopt, At(900)},
                                                          {At(950), At(960)},
                                                          {At(1500), std::nullopt}},
                                             .booted = At(900),
                                             .ended_backup = true});
  run.presence.emplace(Node(3), NodePresence{.read_at = At(1600), .trouble = ErrorCode::kTimeout});
  run.cluster_backup = ClusterBackupAtClosing{
      .backup = {.uploaded = At(700), .failed = ClusterUpload{At(1000), false, "no \xff room"}},
      .read_at = At(1600),
      .trouble = ErrorCode::kDenied,
      .target = seconds{7200}};
  run.alert_identity = "1700:4:name";
  run.alert = CausingAlert{At(17), "2\xff", false, true};

  RunModule& own = run.modules[ModuleId{"mail1"}];
  own.node = Node(2);
  own.expected = true;
  own.ever_recorded = true;
  own.verdict = Verdict::kSavedWithErrors;
  own.target = seconds{180'000};
  own.was_over = true;
  SeenRecord& record = own.record.emplace(RecordOf("plan \xff", "mail1", 2'000'000'000, 1500, 2));
  record.record.node = Node(3);
  record.record.restore_bytes = 0xFFFF'FFFF'FFFF'FFFF;
  record.record.file_count = 12;
  record.record.snapshot_count = 5;
  record.record.error_text = "restic: no \xff";
  record.started = At(1490);
  record.ended = At(1500);

  RunModule& borrowed = run.modules[ModuleId{"samba1"}];
  borrowed.left = true;
  borrowed.borrowed = RecordOf("plan \xff", "samba1", 1300, 1400);
  borrowed.verdict = Verdict::kNeverRan;
  run.modules[ModuleId{"silent1"}].expected = true;
  return run;
}

TEST_CASE("every part of a run comes back", "[store]") {
  TemporaryStore store;
  const Run run = FullRun();
  REQUIRE(Save(store->runs(), run));

  store.Reopen();

  const auto read = store->archive().Read(RunId{7});
  REQUIRE(read);
  CheckSame(*read, run);
  const auto memory = store->runs().Load(At(2000));
  REQUIRE(memory);
  REQUIRE(memory->runs.size() == 1);
  CheckSame(memory->runs.at(RunId{7}), run);
}

TEST_CASE("what is known of the cluster's own backup comes back", "[store]") {
  TemporaryStore store;
  ClusterUploads uploads;
  uploads.by_destination["nas"].uploaded = At(700);
  uploads.by_destination["b2 \xff"].failed = ClusterUpload{At(800), false, "no \xff room"};
  uploads.known_to = At(900);
  for (int times = 0; times < 2; ++times) {
    auto transaction = store->runs().Begin();
    REQUIRE(transaction);
    RunChanges changes;
    changes.uploads = uploads;
    changes.uploads->read_at = At(950);  // of the last reading only how far it is known is kept
    REQUIRE((*transaction)->Save(changes));
    REQUIRE((*transaction)->Commit());
    store.Reopen();
    const auto memory = store->runs().Load(At(2000));
    REQUIRE(memory);
    CHECK(memory->uploads == uploads);
    uploads.by_destination.erase("nas");
  }
}

TEST_CASE("a run saved again is as it was saved last", "[store]") {
  TemporaryStore store;
  Run run = FullRun();
  REQUIRE(Save(store->runs(), run));

  run.modules.erase(ModuleId{"silent1"});
  run.modules[ModuleId{"new1"}].record = RecordOf("plan \xff", "new1", 1600, 1700);
  run.modules[ModuleId{"mail1"}].verdict = Verdict::kFailed;
  run.modules[ModuleId{"samba1"}].borrowed.reset();
  SetClosed(run, std::nullopt);
  run.compact_status.reset();
  run.gap.reset();
  run.outcome.reset();
  REQUIRE(Save(store->runs(), run));

  CheckSame(store->archive().Read(RunId{7}).value(), run);
}

TEST_CASE("every origin, outcome and verdict comes back", "[store]") {
  TemporaryStore store;
  RunChanges changes;
  std::int64_t id = 0;
  for (const auto origin : {RunOrigin::kRecords, RunOrigin::kHistory, RunOrigin::kAlert,
                            RunOrigin::kNoStatus, RunOrigin::kCompact}) {
    for (const Outcome outcome : kAllOutcomes) {
      ++id;
      Run run = ClosedRun(id, "1", 1000 + id, outcome);
      run.origin = origin;
      for (const Verdict verdict : kAllVerdicts)
        AddModule(run, std::string{Name(verdict)}, verdict);
      changes.runs.emplace(run.id, run);
    }
  }
  REQUIRE(Save(store->runs(), changes));

  for (const auto& [run_id, run] : changes.runs) {
    CheckSame(store->archive().Read(run_id).value(), run);
  }
}

TEST_CASE("a transaction sees what it has written, others only after the commit", "[store]") {
  TemporaryStore store;
  auto transaction = store->runs().Begin().value();
  RunChanges changes;
  changes.runs.emplace(RunId{1}, ClosedRun(1, "1", 1000, Outcome::kPartial));
  REQUIRE(transaction->Save(changes));
  Message message = MessageTo({"a@example.org"});
  message.runs = {RunId{1}};
  const auto id = transaction->Post(message);
  REQUIRE(id);

  CHECK(transaction->HistoryOf(ClosedRun(2, "1", 2000, Outcome::kSuccess), At(2000))
            ->runs_before.size() == 1);
  const auto mine = transaction->MessagesOf(RunId{1});
  REQUIRE(mine);
  REQUIRE(mine->size() == 1);
  CHECK(mine->front().id == *id);
  CHECK(mine->front().message_id == message.message_id);
  CHECK(mine->front().thread_root == message.thread_root);
  CHECK(mine->front().recipients == message.recipients);
  CHECK(store->archive().List({})->empty());
  CHECK(store->outbox().Due(At(9999), 10)->empty());

  REQUIRE(transaction->Commit());
  CHECK(store->archive().List({})->size() == 1);
  CHECK(store->outbox().Due(At(9999), 10)->size() == 1);
}

TEST_CASE("an alert that was reported is known from then on", "[store]") {
  TemporaryStore store;
  RunChanges changes;
  changes.alert_identities = {{std::string{"a\0\xff", 3}, At(1)}, {"b", At(1)}};
  REQUIRE(Save(store->runs(), changes));
  changes.alert_identities = {{"b", At(2)}, {"c", At(86'402)}};
  REQUIRE(Save(store->runs(), changes));
  store.Reopen();

  const auto known =
      store->runs().Begin().value()->KnownAlerts({std::string{"a\0\xff", 3}, "b", "c", "d"});

  CHECK(known == std::set<std::string>{std::string{"a\0\xff", 3}, "b", "c"});
}

TEST_CASE("without a commit nothing has happened", "[store]") {
  TemporaryStore store;
  {
    auto transaction = store->runs().Begin().value();
    RunChanges changes;
    changes.runs.emplace(RunId{1}, ClosedRun(1, "1", 1000, Outcome::kPartial));
    changes.alert_identities = {{"x", At(1)}};
    REQUIRE(transaction->Save(changes));
    REQUIRE(transaction->Post(MessageTo({"a@example.org"})));
  }

  const auto memory = store->runs().Load(At(2000));
  REQUIRE(memory);
  CHECK(memory->runs.empty());
  CHECK(store->runs().Begin().value()->KnownAlerts({"x"})->empty());
  CHECK(memory->newest_run == RunId{});
  CHECK(store->outbox().Count()->waiting == 0);
  CHECK(store->runs().Begin());  // and the next one may begin
}

TEST_CASE("a message may report a run that the same transaction writes", "[store]") {
  TemporaryStore store;
  Message message = MessageTo({"a@example.org"});
  message.runs = {RunId{2}};
  RunChanges changes;
  changes.runs.emplace(RunId{2}, ClosedRun(2, "1", 2000, Outcome::kSuccess));
  auto transaction = store->runs().Begin().value();
  CHECK_FALSE(transaction->Post(message));
  REQUIRE(transaction->Save(changes));
  CHECK(transaction->Post(message));
  REQUIRE(transaction->Commit());
  CHECK(store->archive().MessagesOf(RunId{2})->size() == 1);
}

TEST_CASE("messages of a run come oldest first", "[store]") {
  TemporaryStore store;
  for (const int id : {1, 2})
    REQUIRE(Save(store->runs(), ClosedRun(id, "1", 1000, Outcome::kSuccess)));
  Message message = MessageTo({"a@example.org"}, 1000);
  message.runs = {RunId{2}, RunId{1}};
  const MessageId first = Post(store->runs(), message);
  message.runs = {RunId{1}};
  const MessageId second = Post(store->runs(), message);
  Post(store->runs(), MessageTo({"a@example.org"}));

  auto transaction = store->runs().Begin().value();
  const auto messages = transaction->MessagesOf(RunId{1});

  REQUIRE(messages);
  REQUIRE(messages->size() == 2);
  CHECK((*messages)[0].id == first);
  CHECK((*messages)[1].id == second);
  CHECK(transaction->MessagesOf(RunId{3})->empty());
}

}  // namespace
}  // namespace backup_monitor::testing
