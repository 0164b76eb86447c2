// The thread that asks whether nodes could be reached.

#include "app/presence_reader.h"

#include <atomic>
#include <thread>

#include "catch.h"
#include "fakes/fake_clock.h"
#include "run_states.h"

namespace backup_monitor::testing {
namespace {

using app::Met;
using app::PresenceReader;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

/// Answers what it is told to, or hangs until it is stopped.
class SlowSource final : public presence::PresenceSource {
 public:
  Result<NodePresence> Of(const presence::Question& question, Deadline /*deadline*/,
                          const std::stop_token& stop) override {
    ++asked;
    while (hangs && !stop.stop_requested()) std::this_thread::sleep_for(milliseconds{1});
    if (error) return Fail(*error, "away");
    return NodePresence{.read_at = question.to, .booted = question.to};
  }

  std::atomic<int> asked{0};
  std::atomic<bool> hangs{false};
  std::optional<ErrorCode> error;  ///< Set before the thread starts.
};

Run Closed(int id) {
  Run run;
  run.id = RunId{id};
  SetClosed(run, Time{seconds{900}});
  return run;
}

struct PresenceDesk {
  explicit PresenceDesk(std::optional<ErrorCode> error = {}) {
    PresenceReader::DeclareMetrics(metrics);
    source.error = error;
    clock.Set(Time{seconds{1000}});
    reader.Start([this] { ++woken; });
  }

  void Await(std::size_t answers) {
    const auto patience = steady_clock::now() + seconds{10};
    while (met.size() < answers && steady_clock::now() < patience) {
      for (Met& each : reader.Collect()) met.push_back(std::move(each));
      std::this_thread::sleep_for(milliseconds{1});
    }
    REQUIRE(met.size() >= answers);
  }
  [[nodiscard]] app::WitnessState witness() const { return witnesses.All().front(); }

  FakeClock clock;
  SlowSource source;
  Metrics metrics;
  app::WitnessBoard witnesses;
  std::atomic<int> woken{0};
  std::vector<Met> met;
  PresenceReader reader{{.clock = clock,
                         .source = source,
                         .metrics = metrics,
                         .witnesses = witnesses,
                         .pace = {.of_open = hours{1}, .of_closed = milliseconds{20}}}};
};

TEST_CASE("what is asked for is asked at once, and again", "[presence][app]") {
  PresenceDesk desk;
  desk.reader.Request({{Closed(7), {*NodeId::Parse("2")}}});
  desk.Await(2);
  CHECK(desk.met[0].run == RunId{7});
  CHECK(desk.met[0].node == *NodeId::Parse("2"));
  CHECK(desk.met[0].presence.booted == Time{seconds{1000}});
  CHECK(desk.woken >= 2);
  CHECK(desk.witness().answered_at == Time{seconds{1000}});
  desk.reader.Request({});
  std::this_thread::sleep_for(milliseconds{30});  // the last question may be under way
  const int asked = desk.source.asked;
  std::this_thread::sleep_for(milliseconds{60});  // of_closed three times
  CHECK(desk.source.asked == asked);
}

TEST_CASE("that there is no answer is an answer, too", "[presence][app]") {
  PresenceDesk desk{ErrorCode::kDenied};
  desk.reader.Request({{Closed(7), {*NodeId::Parse("2")}}});
  desk.Await(1);
  CHECK(desk.met[0].presence.trouble == ErrorCode::kDenied);
  CHECK(desk.witness().trouble == ErrorCode::kDenied);
  CHECK_FALSE(desk.witness().answered_at);
}

TEST_CASE("of an open run nothing is asked for a while after there was no answer",
          "[presence][app]") {
  PresenceDesk desk{ErrorCode::kUnavailable};
  Run open;
  open.id = RunId{8};
  desk.reader.Request({{Closed(7), {*NodeId::Parse("2")}}});
  desk.Await(1);
  const std::size_t before = desk.met.size();
  desk.reader.Request({{Closed(7), {*NodeId::Parse("2")}}, {open, {*NodeId::Parse("3")}}});
  desk.Await(before + 2);
  for (const Met& met : desk.met) CHECK(met.run == RunId{7});
}

TEST_CASE("that an open run's node is not known is no answer", "[presence][app]") {
  PresenceDesk desk{ErrorCode::kNotFound};
  Run open;
  open.id = RunId{8};
  desk.reader.Request({{open, {*NodeId::Parse("3")}}, {Closed(7), {*NodeId::Parse("2")}}});
  desk.Await(2);
  for (const Met& met : desk.met) CHECK(met.run == RunId{7});
}

TEST_CASE("closed runs come first: their reports wait", "[presence][app]") {
  PresenceDesk desk;
  desk.source.hangs = true;  // until everything is due
  Run open;
  open.id = RunId{8};
  desk.reader.Request({{open, {*NodeId::Parse("1")}}});
  const auto patience = steady_clock::now() + seconds{10};
  while (desk.source.asked == 0 && steady_clock::now() < patience)
    std::this_thread::sleep_for(milliseconds{1});
  desk.reader.Request(
      {{open, {*NodeId::Parse("2"), *NodeId::Parse("3")}}, {Closed(9), {*NodeId::Parse("4")}}});
  desk.source.hangs = false;
  desk.Await(2);
  CHECK(desk.met[1].run == RunId{9});
}

TEST_CASE("a source that hangs ends with the reader, and has said nothing", "[presence][app]") {
  PresenceDesk desk;
  desk.source.hangs = true;
  desk.reader.Request({{Closed(7), {*NodeId::Parse("2")}}});
  const auto patience = steady_clock::now() + seconds{10};
  while (desk.source.asked == 0 && steady_clock::now() < patience)
    std::this_thread::sleep_for(milliseconds{1});
  REQUIRE(desk.source.asked == 1);
  const auto begin = steady_clock::now();
  desk.reader.Stop();
  CHECK(steady_clock::now() - begin < seconds{2});
  CHECK(desk.reader.Collect().empty());
  CHECK(desk.witnesses.All().empty());
}

TEST_CASE("of each run and node the newest answer waits to be stored", "[presence][app]") {
  const NodeId one = *NodeId::Parse("1");
  const auto at = [](int second) {
    return NodePresence{.read_at = Time{seconds{second}}, .known_from = Time{seconds{1}}};
  };
  std::vector<Met> waiting;
  app::Supersede(waiting, {RunId{7}, one, at(1)});
  app::Supersede(waiting, {RunId{8}, one, at(2)});
  app::Supersede(waiting, {RunId{7}, *NodeId::Parse("2"), at(3)});
  app::Supersede(waiting, {RunId{7}, one, at(4)});
  REQUIRE(waiting.size() == 3);
  CHECK(waiting[0].presence == at(4));
  app::Supersede(waiting,
                 {RunId{7}, one, {.read_at = Time{seconds{5}}, .trouble = ErrorCode::kTimeout}});
  CHECK(waiting[0].presence.known_from);  // what was known stays
}

}  // namespace
}  // namespace backup_monitor::testing
