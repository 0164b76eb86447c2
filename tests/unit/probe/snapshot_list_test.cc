#include "probe/snapshot_list.h"

#include <string>

#include "catch.h"

namespace backup_monitor::probe {
namespace {

Time At(std::int64_t unix_seconds) { return Time{seconds{unix_seconds}}; }

TEST_CASE("restic's own list is read", "[probe]") {
  // Recorded from restic 0.14.0, some members left out; then as restic 0.17 and later add `summary`.
  const auto old = ParseResticSnapshots(
      R"([{"time":"2026-11-22T17:44:00.568805721Z","tree":"a328","paths":["/tmp/d"],"hostname":"vm",)"
      R"("username":"root","id":"4c0d7943e9b43b59fbe6ae6829bcf07f4f62b6ce0cdc8478a9cae983683873b0"}])");
  REQUIRE(old);
  REQUIRE(old->snapshots.size() == 1);
  CHECK(old->snapshots.front() ==
        Snapshot{At(1'795'369'440),
                 "4c0d7943e9b43b59fbe6ae6829bcf07f4f62b6ce0cdc8478a9cae983683873b0", std::nullopt});

  const auto newer = ParseResticSnapshots(
      R"([{"time":"2026-11-22T18:44:00+01:00","id":"a","summary":{"total_bytes_processed":4096}},)"
      R"({"time":"2026-11-22T19:44:00+01:00","id":"b"}])");
  REQUIRE(newer);
  REQUIRE(newer->snapshots.size() == 2);
  CHECK(newer->snapshots.front() == Snapshot{At(1'795'369'440), "a", 4096});
  CHECK(newer->snapshots.back() == Snapshot{At(1'795'373'040), "b", std::nullopt});
}

TEST_CASE("an id has at most 64 characters", "[probe][hostile]") {
  const auto id_of = [](std::size_t length) {
    const auto list = ParseResticSnapshots(R"([{"time":"2026-11-22T18:44:00Z","id":")" +
                                           std::string(length, 'a') + "\"}]");
    REQUIRE(list);
    return list->snapshots.at(0).id.size();
  };
  CHECK(id_of(64) == 64);
  CHECK(id_of(65) == 0);
}

TEST_CASE("the list of NS8's action is read", "[probe]") {
  const auto list = ParseActionSnapshots(
      R"([{"timestamp":1643964838,"id":"a2a4","total_bytes":-1,"backup_start":"","backup_end":""},)"
      R"({"timestamp":1643964839,"id":"b","total_bytes":4096}])");
  REQUIRE(list);
  CHECK(list->snapshots == std::vector<Snapshot>{{At(1'643'964'838), "a2a4", std::nullopt},
                                                 {At(1'643'964'839), "b", 4096}});
}

TEST_CASE("an empty repository has no snapshots", "[probe]") {
  for (const char* json : {"[]", "null", " [ ] \n"}) {
    for (const auto& list :
         {ParseResticSnapshots(json).value(), ParseActionSnapshots(json).value()}) {
      CHECK(list.snapshots.empty());
      CHECK(list.not_understood == 0);
    }
  }
}

TEST_CASE("what is no list of snapshots is refused, never taken for an empty one",
          "[probe][hostile]") {
  std::string deep;
  for (int i = 0; i < 300'000; ++i) deep += '[';
  for (const std::string& json : {std::string{}, std::string{"{}"}, std::string{"["},
                                  std::string{"true"}, deep, std::string(17 * 1024 * 1024, ' ')}) {
    CHECK_FALSE(ParseResticSnapshots(json));
    CHECK_FALSE(ParseActionSnapshots(json));
  }
}

TEST_CASE("what a list holds that is no snapshot is counted, never passed over",
          "[probe][hostile]") {
  for (const std::string& json :
       {std::string{"[1]"}, std::string{R"([{"id":"a"}])"},
        std::string{R"([{"time":"yesterday"}])"}, std::string{R"([{"timestamp":-1}])"},
        std::string{R"([{"time":"0001-01-01T00:00:00Z"}])"}}) {
    for (const auto& list :
         {ParseResticSnapshots(json).value(), ParseActionSnapshots(json).value()}) {
      CHECK(list.snapshots.empty());
      CHECK(list.not_understood == 1);
    }
  }
}

TEST_CASE("of a list with some nonsense the rest counts", "[probe][hostile]") {
  const auto list = ParseActionSnapshots(
      R"([null, {"timestamp":"1"}, {"timestamp":1e30}, {"timestamp":5,"id":7,"total_bytes":"many"}])");
  REQUIRE(list);
  CHECK(list->snapshots == std::vector<Snapshot>{{At(5), "", std::nullopt}});
  CHECK(list->not_understood == 3);
}

}  // namespace
}  // namespace backup_monitor::probe
