// The store of a daemon that goes on, read by a command.
#include "adapters/sqlite/stored_history.h"

#include <chrono>
#include <filesystem>
#include <fstream>

#include "adapters/sqlite/database.h"
#include "adapters/sqlite/migrations.h"
#include "catch.h"
#include "fakes/temporary_store.h"

namespace backup_monitor::sqlite {
namespace {

using namespace testing;

namespace fs = std::filesystem;
constexpr Time kNow{seconds{1'795'000'000}};

TEST_CASE("a reader neither waits for a writer nor holds one up", "[store][reader]") {
  const TemporaryFolder folder;
  const auto path = folder.path() / "store.db";
  auto daemon = OpenStore(path).value();
  auto step = daemon->runs().Begin().value();
  const auto begin = std::chrono::steady_clock::now();

  auto history = OpenStoredHistory(path);
  REQUIRE(history);
  REQUIRE((*history)->Load(kNow));
  Run run;
  run.plan = PlanId{"1"};
  CHECK((*history)->archive().HistoryOf(run, run.begin));

  CHECK(step->Commit());
  CHECK(daemon->runs().Begin());
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds{5});
}

TEST_CASE("a reader changes nothing of a store that is older or not there", "[store][reader]") {
  const TemporaryFolder folder;
  const auto path = folder.path() / "store.db";
  CHECK_FALSE(OpenStoredHistory(path));
  CHECK_FALSE(fs::exists(path));

  {
    auto old = Database::Open(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE).value();
    REQUIRE(Migrate(old, 3));
  }
  const auto history = OpenStoredHistory(path);
  REQUIRE_FALSE(history);
  CHECK(history.error().message.find("its schema is 3") != std::string::npos);
  auto again = Database::Open(path, SQLITE_OPEN_READONLY).value();
  CHECK(SchemaOf(again).value() == 3);
}

TEST_CASE("what is no store is told", "[store][reader][hostile]") {
  const TemporaryFolder folder;
  const auto path = folder.path() / "store.db";
  std::ofstream{path} << std::string(8192, 'x');
  const auto history = OpenStoredHistory(path);
  REQUIRE_FALSE(history);
  CHECK(history.error().message.find(path.string()) != std::string::npos);
}

}  // namespace
}  // namespace backup_monitor::sqlite
