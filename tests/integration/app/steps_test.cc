// What a step costs and leaves: no look for a finding, nothing counted before it is on disk, and what the log
// says of it all.
#include <fstream>
#include <future>
#include <iterator>

#include "base/log.h"
#include "catch.h"
#include "integration/app/worker_place.h"

namespace backup_monitor::app {
namespace {

using testing::hours;
using testing::minutes;
using testing::Place;

/// Waits without waking anybody.
template <typename Question>
bool Comes(Question question) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds{20};
  while (!question()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds{10});
  }
  return true;
}

double Looks(const Place& place) {
  const std::string text = place.metrics.Expose();
  const std::string name = "\nbackup_monitor_cluster_reads_total{result=\"ok\"} ";
  return std::stod(text.substr(text.find(name) + name.size()));
}

TEST_CASE("what a repository check finds is stored and sent without a look at the cluster",
          "[worker][probe]") {
  Place place;
  place.Do([&] { place.shared.hangs = true; });
  place.NightWithErrors();
  place.worker->Wake();
  REQUIRE(Comes([&] { return place.worker->status().reports_postponed == 1; }));
  REQUIRE(Comes([&] { return place.LookedInto().size() == 1; }));
  const double before = Looks(place);

  place.Do([&] {
    place.SnapshotOf("mail1", minutes{-19});
    place.shared.hangs = false;
  });

  REQUIRE(Comes([&] { return place.Messages().size() == 1; }));
  CHECK(Looks(place) == before);
  CHECK(place.VerdictOf("mail1") == Verdict::kSavedWithErrors);
  CHECK(place.MailText(0).find("Nightly") != std::string::npos);  // the last look is quoted
  REQUIRE(Comes([&] { return place.worker->status().reports_postponed == 0; }));
}

TEST_CASE("a look that is asked for while findings come is made", "[worker][probe]") {
  Place place;
  place.Do([&] { place.shared.hangs = true; });
  place.NightWithErrors();
  place.worker->Wake();
  REQUIRE(Comes([&] { return place.LookedInto().size() == 1; }));
  const double before = Looks(place);
  place.worker->WakeForFindings();
  place.worker->Wake();
  place.worker->WakeForFindings();
  CHECK(Comes([&] { return Looks(place) > before; }));
}

/// A store whose commits fail while it is told so.
class FailingCommits final : public store::RunStore {
 public:
  explicit FailingCommits(store::RunStore& store) : store_{store} {}
  void Fail(bool fail) { fail_ = fail; }
  [[nodiscard]] int failed() const { return failed_; }

  Result<RunMemory> Load(Time now) override { return store_.Load(now); }
  Result<std::unique_ptr<Transaction>> Begin() override {
    auto real = store_.Begin();
    if (!real) return backup_monitor::Fail(real.error());
    return std::make_unique<Step>(*std::move(real), *this);
  }
  Result<void> Forget(Time before, const std::set<RecordKey>& in_redis) override {
    return store_.Forget(before, in_redis);
  }
  Result<bool> GiveBackRoom() override { return store_.GiveBackRoom(); }
  Result<store::Retained> ReadRetained() override { return store_.ReadRetained(); }
  Result<void> SaveRetained(const store::Retained& retained) override {
    return store_.SaveRetained(retained);
  }
  Result<std::optional<Time>> NewestRecord() override { return store_.NewestRecord(); }
  Result<std::optional<Time>> OldestBefore(Time before,
                                           const std::set<RecordKey>& in_redis) override {
    return store_.OldestBefore(before, in_redis);
  }

 private:
  struct Step final : Transaction {
    Step(std::unique_ptr<Transaction> real, FailingCommits& owner)
        : real_{std::move(real)}, owner_{owner} {}
    Result<void> Save(const RunChanges& changes) override { return real_->Save(changes); }
    Result<Run> Read(RunId run) override { return real_->Read(run); }
    Result<std::set<std::string>> KnownAlerts(const std::set<std::string>& alerts) override {
      return real_->KnownAlerts(alerts);
    }
    Result<void> Keep(const RecordKey& record, const Finding& finding) override {
      return real_->Keep(record, finding);
    }
    Result<PostponedId> Postpone(const PostponedReport& report) override {
      return real_->Postpone(report);
    }
    Result<std::vector<PostponedReport>> Postponed() override { return real_->Postponed(); }
    Result<void> Release(PostponedId report) override { return real_->Release(report); }
    Result<PlanHistory> HistoryOf(const Run& run, Time as_of) override {
      return real_->HistoryOf(run, as_of);
    }
    Result<std::vector<PastMessage>> MessagesOf(RunId run) override {
      return real_->MessagesOf(run);
    }
    Result<MessageId> Post(const Message& message) override { return real_->Post(message); }
    Result<void> Commit() override {
      if (!owner_.fail_) return real_->Commit();
      ++owner_.failed_;
      return backup_monitor::Fail(ErrorCode::kUnavailable, "database or disk is full");
    }
    std::unique_ptr<Transaction> real_;
    FailingCommits& owner_;
  };

  store::RunStore& store_;
  std::atomic<bool> fail_{false};
  std::atomic<int> failed_{0};
};

struct FullDisk : testing::PipelineWorld {
  FullDisk() { Worker::DeclareMetrics(metrics); }
  ~FullDisk() { worker.Stop(); }
  testing::Shared shared{cluster};
  announcement::MessageWriter writer{testing::MailTo({"a@example.org"})};
  FailingCommits runs{store->runs()};
  Worker worker{{.clock = clock,
                 .cluster = shared,
                 .inbox = store->inbox(),
                 .store = runs,
                 .archive = store->archive(),
                 .metrics = metrics,
                 .writer = writer,
                 .wake_delivery = [] {}},
                {}};
};

TEST_CASE("an alert is counted once, when what it led to is on disk", "[worker][metrics]") {
  FullDisk place;
  std::promise<bool> stored;
  place.store->inbox().Accept({Alert{.labels = {{"alertname", "BackupFailed"}, {"id", "99"}},
                                     .starts_at = place.clock.Now() - hours{1},
                                     .group_was_truncated = false}},
                              place.clock.Now() - minutes{5},
                              [&](auto ids) { stored.set_value(ids.has_value()); });
  REQUIRE(stored.get_future().get());
  place.runs.Fail(true);
  place.worker.Start();
  REQUIRE(Comes([&] { return place.runs.failed() >= 2; }));
  CHECK(place.metrics.Expose().find("backup_monitor_alerts_total{") == std::string::npos);

  place.runs.Fail(false);

  REQUIRE(Comes([&] { return place.store->inbox().Pending()->empty(); }));
  REQUIRE(Comes([&] {
    return place.metrics.Expose().find("backup_monitor_alerts_total{") != std::string::npos;
  }));
  CHECK(place.metrics.Expose().find("backup_monitor_alerts_total{fate=\"reported\"} 1\n") !=
        std::string::npos);
}

bool Shows(const Place& place, const std::string& plan, const std::string& value) {
  return place.metrics.Expose().find("backup_monitor_plan_last_success_timestamp_seconds{plan=\"" +
                                     plan + "\"} " + value) != std::string::npos;
}

TEST_CASE("a plan that never succeeded has a series, and one that is removed has none",
          "[worker][metrics]") {
  Place place;
  REQUIRE(Comes([&] { return Shows(place, "1", "0\n"); }));  // from the first look on

  place.Do([&] {
    place.clock.Advance(hours{24});
    place.Record("mail1", minutes{-20});
    place.Record("samba1", minutes{-10});
    place.cluster.AddPlan("2", "Weekly", {"mail1"});
  });
  REQUIRE(place.UntilMessages(1));
  const auto ended = (place.clock.Now() - minutes{5}).time_since_epoch().count();
  CHECK(place.Until([&] { return Shows(place, "2", "0\n") && !Shows(place, "1", "0\n"); }));
  CHECK(Shows(place, "1", std::to_string(ended).substr(0, 1)));

  place.Do([&] { place.cluster.RemovePlan("2"); });
  place.clock.Advance(seconds{299});
  REQUIRE(place.Until([&] { return place.worker->status().last_look == place.clock.Now(); }));
  CHECK(Shows(place, "2", "0\n"));  // one look may miss it
  place.clock.Advance(seconds{300});
  REQUIRE(place.Until([&] { return place.worker->status().last_look == place.clock.Now(); }));
  CHECK(place.Until([&] { return !Shows(place, "2", ""); }));
  CHECK(Shows(place, "1", ""));
}

/// The log at DEBUG in a file of its own.
struct DebugLog {
  DebugLog() { REQUIRE(ConfigureLog({LogLevel::kDebug, folder.path() / "log"})); }
  ~DebugLog() { (void)ConfigureLog({}); }
  [[nodiscard]] bool Says(const std::string& text) const {
    std::ifstream stream{folder.path() / "log"};
    const std::string all{std::istreambuf_iterator<char>{stream}, {}};
    return all.find(text) != std::string::npos;
  }
  testing::ScratchFolder folder;
};

TEST_CASE("at DEBUG the log says what was read, what decided, and what a report waited for",
          "[worker][log]") {
  const DebugLog log;
  Place place;
  place.NightWithErrors();
  place.Do([&] { place.SnapshotOf("mail1", minutes{-19}); });
  REQUIRE(place.UntilMessages(1));
  CHECK(log.Says("debug cluster read in "));
  CHECK(log.Says(": 1 plan, 2 modules, 2 records"));
  CHECK(log.Says("debug record of mail1, plan 1, started 2"));
  CHECK(log.Says("rule 4: no run takes it, so it opens one"));
  CHECK(log.Says("run 1 of plan 1 closed: every expected module has a record"));
  CHECK(log.Says("the report of run 1 waits: 1 repository is still to be checked"));
  CHECK(log.Says(
      "debug repository check of mail1, plan 1, destination nas, begins: for the report "));
  // Said when the step is on disk, just after its message can be read.
  CHECK(place.Until(
      [&] { return log.Says("the report of run 1 is sent: nothing is left to be asked"); }));
}

TEST_CASE("at DEBUG the log says why a run made no mail", "[worker][log]") {
  const DebugLog log;
  Place place;
  place.NotifyOnProblemsOnly();
  place.Do([&] {
    place.clock.Advance(hours{24});
    place.Record("mail1", minutes{-20});
    place.Record("samba1", minutes{-10});
  });
  CHECK(place.Until(
      [&] { return log.Says("run 1 of plan 1: no mail, mail.notify_on does not want SUCCESS"); }));
}

}  // namespace
}  // namespace backup_monitor::app
