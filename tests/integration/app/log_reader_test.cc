// The thread that reads the cluster's log: what it is asked for, at once and again, until it is not.

#include "app/log_reader.h"

#include <atomic>
#include <thread>

#include "base/mutex.h"
#include "catch.h"
#include "fakes/fake_clock.h"
#include "run_states.h"

namespace backup_monitor::testing {
namespace {

using announcement::NodeJob;
using app::Heard;
using app::LogReader;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

/// A log without entries, or that is away, or that hangs.
class FakeLog final : public journal::Journal {
 public:
  Result<journal::Excerpt> Read(const journal::Wanted& wanted, Deadline deadline,
                                const std::stop_token& stop) override {
    ++asked;
    {
      const MutexLock lock{mutex_};
      nodes_.push_back(wanted.node);
      deadline_ = deadline;
    }
    while (hangs && !stop.stop_requested()) std::this_thread::sleep_for(milliseconds{1});
    if (error) return Fail(*error, "away");
    return journal::Excerpt{};
  }
  Result<std::optional<Time>> NewestEntry(NodeId, Time, Time, Deadline,
                                          const std::stop_token&) override {
    return std::nullopt;
  }
  [[nodiscard]] std::vector<NodeId> nodes() {
    const MutexLock lock{mutex_};
    return nodes_;
  }
  [[nodiscard]] Deadline deadline() {
    const MutexLock lock{mutex_};
    return deadline_;
  }

  std::atomic<int> asked{0};
  std::atomic<bool> hangs{false};
  std::optional<ErrorCode> error;  ///< Set before the thread starts.

 private:
  Mutex mutex_;
  std::vector<NodeId> nodes_ GUARDED_BY(mutex_);
  Deadline deadline_ GUARDED_BY(mutex_);
};

struct LogDesk {
  explicit LogDesk(std::optional<ErrorCode> error = {}) {
    LogReader::DeclareMetrics(metrics);
    log.error = error;
    clock.Set(Time{seconds{1000}});
    reader.Start([this] { ++woken; });
  }

  /// Waits until so many readings have been collected.
  void Await(std::size_t readings) {
    const auto patience = steady_clock::now() + seconds{10};
    while (heard.size() < readings && steady_clock::now() < patience) {
      for (Heard& each : reader.Collect()) heard.push_back(std::move(each));
      std::this_thread::sleep_for(milliseconds{1});
    }
    REQUIRE(heard.size() >= readings);
  }

  FakeClock clock;
  FakeLog log;
  Metrics metrics;
  app::WitnessBoard witnesses;
  std::atomic<int> woken{0};
  std::vector<Heard> heard;
  LogReader reader{{.clock = clock,
                    .journal = log,
                    .metrics = metrics,
                    .witnesses = witnesses,
                    .pace = {.of_open = milliseconds{20}, .of_closed = hours{1}},
                    .timeout = seconds{5},
                    .rest = hours{1}}};
};

NodeJob JobOf(int run, std::vector<const char*> nodes, bool is_closed = false) {
  NodeJob job;
  job.run.id = RunId{run};
  job.run.plan = PlanId{"1"};
  if (is_closed) SetClosed(job.run, Time{seconds{900}});
  for (const char* node : nodes) job.nodes.push_back(*NodeId::Parse(node));
  return job;
}

TEST_CASE("what is asked for is read at once, and again until it is not asked for any more",
          "[app][log]") {
  LogDesk desk;
  const auto begin = steady_clock::now();
  desk.reader.Request({JobOf(7, {"2"})});
  desk.Await(3);
  CHECK(steady_clock::now() - begin >= milliseconds{39});
  CHECK(desk.log.deadline() <= steady_clock::now() + seconds{5});
  desk.reader.Request({});
  desk.reader.Stop();
  CHECK(desk.heard[0].run == RunId{7});
  CHECK(desk.heard[0].node == *NodeId::Parse("2"));
  CHECK(desk.heard[0].log.read_at == Time{seconds{1000}});
  CHECK_FALSE(desk.heard[0].log.trouble);
  CHECK(desk.woken >= 3);
  REQUIRE(desk.witnesses.All().size() == 1);
  CHECK(desk.witnesses.All()[0].name == "log");
  CHECK(desk.witnesses.All()[0].answered_at == Time{seconds{1000}});
  CHECK(desk.metrics.Expose().find(R"(backup_monitor_log_reads_total{result="nothing"})") !=
        std::string::npos);
}

TEST_CASE("what is not asked for any more is not read", "[app][log]") {
  LogDesk desk;
  desk.reader.Request({JobOf(7, {"2"})});
  desk.Await(1);
  desk.reader.Request({});
  std::this_thread::sleep_for(milliseconds{60});
  const int asked = desk.log.asked;
  std::this_thread::sleep_for(milliseconds{100});
  CHECK(desk.log.asked == asked);
}

TEST_CASE("a run that has closed is read anew at once", "[app][log]") {
  LogDesk desk;
  desk.reader.Request({JobOf(7, {"2"}, true)});
  desk.Await(1);
  desk.reader.Request({JobOf(7, {"2"}, true)});  // read, and again in an hour
  std::this_thread::sleep_for(milliseconds{50});
  CHECK(desk.log.asked == 1);
  desk.reader.Request({JobOf(7, {"2"})});  // a late record has reopened it
  desk.Await(2);
  desk.reader.Request({JobOf(7, {"2", "3"}, true)});
  desk.Await(4);
}

TEST_CASE("a log that is away is left alone, and every node has the same answer", "[app][log]") {
  LogDesk desk{ErrorCode::kUnavailable};
  desk.reader.Request({JobOf(7, {"1", "2"}, true), JobOf(8, {"3"}, true)});
  desk.Await(3);
  desk.reader.Stop();
  CHECK(desk.log.asked == 1);
  for (const Heard& heard : desk.heard) CHECK(heard.log.trouble == ErrorCode::kUnavailable);
  CHECK(desk.witnesses.All().at(0).trouble == ErrorCode::kUnavailable);
  CHECK(desk.witnesses.All().at(0).failed_at == Time{seconds{1000}});
  CHECK_FALSE(desk.witnesses.All().at(0).answered_at);
}

TEST_CASE("one that refuses is asked for each node", "[app][log]") {
  LogDesk desk{ErrorCode::kDenied};
  desk.reader.Request({JobOf(7, {"1", "2"}, true)});
  desk.Await(2);
  desk.reader.Stop();
  CHECK(desk.log.nodes() == std::vector{*NodeId::Parse("1"), *NodeId::Parse("2")});
}

TEST_CASE("a log that hangs does not hold up the end, and says nothing", "[app][log]") {
  LogDesk desk;
  desk.log.hangs = true;
  desk.reader.Request({JobOf(7, {"2"})});
  while (desk.log.asked == 0) std::this_thread::sleep_for(milliseconds{1});
  const auto begin = steady_clock::now();
  desk.reader.Stop();
  CHECK(steady_clock::now() - begin < seconds{2});
  CHECK(desk.reader.Collect().empty());
}

TEST_CASE("of each run and node one reading waits to be stored", "[app][log][bounds]") {
  const NodeId one = *NodeId::Parse("1");
  const auto said = [&](int at, bool trouble) {
    Heard heard{RunId{7}, one, NodeLog{.read_at = Time{seconds{at}}}};
    if (trouble) heard.log.trouble = ErrorCode::kTimeout;
    else heard.log.pass = LoggedPass{.node = one, .plan = PlanId{"1"}, .began{}, .last{}};
    return heard;
  };
  std::vector<Heard> waiting;
  app::Supersede(waiting, said(1, false));
  app::Supersede(waiting, {RunId{8}, one, {}});
  app::Supersede(waiting, {RunId{7}, *NodeId::Parse("2"), {}});
  app::Supersede(waiting, said(2, true));
  REQUIRE(waiting.size() == 3);
  CHECK(waiting[0].log.read_at == Time{seconds{2}});
  CHECK(waiting[0].log.trouble == ErrorCode::kTimeout);
  CHECK(waiting[0].log.pass);  // what was had before
}

}  // namespace
}  // namespace backup_monitor::testing
