// The thread that reads how the uploads of the cluster's own backup went.

#include "app/upload_reader.h"

#include <atomic>
#include <thread>

#include "catch.h"
#include "fakes/fake_clock.h"

namespace backup_monitor::testing {
namespace {

using app::UploadReader;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

/// A leader's log with one upload at each reading, or that is away, or that hangs.
class LeaderLog final : public journal::Journal {
 public:
  Result<journal::Excerpt> Read(const journal::Wanted& wanted, Deadline deadline,
                                const std::stop_token& stop) override {
    const int number = ++asked;
    from = wanted.from;
    patience = std::chrono::ceil<milliseconds>(deadline - steady_clock::now());
    while (hangs && !stop.stop_requested()) std::this_thread::sleep_for(milliseconds{1});
    if (error) return Fail(*error, "away");
    journal::Excerpt excerpt;
    journal::JournalEntry& entry = excerpt.entries.emplace_back();
    entry.at = Time{seconds{number}};
    entry.of_root = true;
    entry.unit = "backup1.service";
    entry.message = "Cluster backup uploaded as x";
    return excerpt;
  }
  Result<std::optional<Time>> NewestEntry(NodeId, Time, Time to, Deadline,
                                          const std::stop_token&) override {
    return to;
  }

  std::atomic<int> asked{0};
  std::atomic<bool> hangs{false};
  std::optional<ErrorCode> error;  ///< Set before the thread starts.
  std::atomic<Time> from{};
  std::atomic<milliseconds> patience{};
};

struct Desk {
  explicit Desk(std::optional<ErrorCode> log_error = {},
                std::optional<ErrorCode> leader_error = {}) {
    UploadReader::DeclareMetrics(metrics);
    log.error = log_error;
    no_leader = leader_error;
    clock.Set(Time{seconds{1000}});
    reader.Start([this] { ++woken; });
  }
  void AwaitWoken(int times) {
    const auto until = steady_clock::now() + seconds{10};
    while (woken < times && steady_clock::now() < until)
      std::this_thread::sleep_for(milliseconds{1});
    REQUIRE(woken >= times);
  }
  UploadReading Read(Time from) {
    const int before = woken;
    reader.Request(from);
    AwaitWoken(before + 1);
    auto reading = reader.Collect();
    REQUIRE(reading);
    return *std::move(reading);
  }

  FakeClock clock;
  LeaderLog log;
  Metrics metrics;
  app::WitnessBoard witnesses;
  std::optional<ErrorCode> no_leader;
  std::atomic<int> woken{0};
  UploadReader reader{{.clock = clock,
                       .journal = log,
                       .find_leader = [this]() -> Result<NodeId> {
                         if (no_leader) return Fail(*no_leader, "no leader");
                         return *NodeId::Parse("3");
                       },
                       .metrics = metrics,
                       .witnesses = witnesses}};
};

TEST_CASE("each request is one reading from then on", "[app][uploads]") {
  Desk desk;
  const UploadReading reading = desk.Read(Time{seconds{7}});
  CHECK_FALSE(reading.trouble);
  CHECK(reading.read_at == Time{seconds{1000}});
  CHECK(reading.uploads == std::vector<PlanUpload>{{PlanId{"1"}, {Time{seconds{1}}, true}}});
  CHECK(desk.log.from.load() == Time{seconds{7}});
  CHECK(desk.log.patience.load() <= milliseconds{20'000});
  CHECK(desk.log.patience.load() > milliseconds{15'000});
  CHECK_FALSE(desk.reader.Collect());
  std::this_thread::sleep_for(milliseconds{50});
  CHECK(desk.log.asked == 1);
}

TEST_CASE("what is not collected is not lost", "[app][uploads]") {
  Desk desk;
  desk.reader.Request(Time{seconds{7}});
  desk.AwaitWoken(1);
  const UploadReading reading = desk.Read(Time{seconds{7}});
  CHECK(reading.uploads.size() == 2);
}

TEST_CASE("a reading without an answer says why", "[app][uploads]") {
  const bool no_log = GENERATE(true, false);
  const ErrorCode trouble = no_log ? ErrorCode::kDenied : ErrorCode::kNotFound;
  Desk desk{no_log ? std::optional{trouble} : std::nullopt,
            no_log ? std::nullopt : std::optional{trouble}};
  CHECK(desk.Read(Time{seconds{7}}).trouble == trouble);
  const std::string said = desk.metrics.Expose();
  CHECK(said.find(std::string{"backup_monitor_upload_reads_total{result=\""} +
                  (no_log ? "denied" : "not_found") + "\"} 1") != std::string::npos);
}

TEST_CASE("a log that hangs does not keep the reader from stopping", "[app][uploads]") {
  Desk desk;
  desk.log.hangs = true;
  desk.reader.Request(Time{seconds{7}});
  while (desk.log.asked == 0) std::this_thread::sleep_for(milliseconds{1});
  const auto begin = steady_clock::now();
  desk.reader.Stop();
  CHECK(steady_clock::now() - begin < seconds{2});
  CHECK(desk.woken == 0);
}

}  // namespace
}  // namespace backup_monitor::testing
