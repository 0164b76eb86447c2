#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <iterator>
#include <set>

#include "adapters/sqlite/database.h"
#include "adapters/sqlite/migrations.h"
#include "catch.h"
#include "fakes/temporary_store.h"
#include "integration/sqlite/accept.h"
#include "integration/sqlite/child.h"

namespace backup_monitor::sqlite {
namespace {

using namespace testing;

namespace fs = std::filesystem;

std::string BytesOf(const fs::path& path) {
  std::ifstream file{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{file}, {}};
}

/// Every file of a folder with its bytes; the index of the log holds locks and no data.
std::map<std::string, std::string> Content(const fs::path& folder) {
  std::map<std::string, std::string> files;
  for (const auto& entry : fs::directory_iterator{folder}) {
    if (entry.path().extension() == ".db-shm") continue;
    files.emplace(entry.path().filename(), BytesOf(entry.path()));
  }
  return files;
}

/// A good store with a few pages of content.
void MakeStore(const fs::path& path) {
  auto store = OpenStore(path).value();
  for (int i = 0; i < 20; ++i) REQUIRE(AcceptNow(store->inbox(), {AlertOf(i, 2000)}));
}

void Overwrite(const fs::path& path, std::streamoff offset, const std::string& bytes) {
  std::fstream file{path, std::ios::in | std::ios::out | std::ios::binary};
  file.seekp(offset);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

/// Opens what must be refused and checks that nothing has changed. \return the message.
std::string RefusedUntouched(const fs::path& path, ErrorCode code) {
  const auto before = Content(path.parent_path());
  std::set<std::string> names;
  for (const auto& entry : fs::directory_iterator{path.parent_path()})
    names.insert(entry.path().filename());
  const auto store = OpenStore(path);
  REQUIRE_FALSE(store);
  CHECK(store.error().code == code);
  CHECK(Content(path.parent_path()) == before);
  for (const auto& entry : fs::directory_iterator{path.parent_path()}) {
    if (names.contains(path.filename().string() + "-wal")) continue;
    CHECK(names.contains(entry.path().filename()));  // no leftovers
  }
  CHECK(store.error().message.find(path.string()) != std::string::npos);
  return store.error().message;
}

TEST_CASE("a missing file is made for its owner only", "[store]") {
  const TemporaryFolder folder;
  const auto path = folder.path() / "new.db";
  const mode_t old = ::umask(0);
  auto store = OpenStore(path);
  ::umask(old);
  REQUIRE(store);
  REQUIRE(AcceptNow((*store)->inbox(), {BackupEvent{}}));

  for (const auto& entry : fs::directory_iterator{folder.path()}) {
    CAPTURE(entry.path());
    CHECK(fs::status(entry.path()).permissions() ==
          (fs::perms::owner_read | fs::perms::owner_write));
  }
}

TEST_CASE("an empty file becomes a store", "[store]") {
  const TemporaryFolder folder;
  std::ofstream{folder.path() / "empty.db"};
  CHECK(OpenStore(folder.path() / "empty.db"));
}

TEST_CASE("a file that is no database is refused and untouched", "[store][hostile]") {
  const TemporaryFolder folder;
  const auto path = folder.path() / "store.db";
  std::ofstream{path} << "This is somebody's shopping list, longer than a header.";

  const std::string message = RefusedUntouched(path, ErrorCode::kCorrupt);

  CHECK(message.find(
            "is not a database; nothing was changed. Stop the daemon, move the file away ") !=
        std::string::npos);
  CHECK(message.find("(mv " + path.string() + " " + path.string() + ".damaged)") !=
        std::string::npos);
}

TEST_CASE("a damaged page is refused and the file untouched", "[store][hostile]") {
  const TemporaryFolder folder;
  const auto path = folder.path() / "store.db";
  MakeStore(path);
  // A page in the middle, the schema's own page, and a header that lies about its size.
  const auto damage =
      GENERATE(std::pair<std::streamoff, std::string>{4096L * 3, std::string(4096, '\xA5')},
               std::pair<std::streamoff, std::string>{100, std::string(3996, '\0')},
               std::pair<std::streamoff, std::string>{16, std::string(2, '\x07')});
  CAPTURE(damage.first);
  Overwrite(path, damage.first, damage.second);

  const std::string message = RefusedUntouched(path, ErrorCode::kCorrupt);

  CHECK(message.find("move the file away with what belongs to it (mv ") != std::string::npos);
}

TEST_CASE("a file cut short is refused and untouched", "[store][hostile]") {
  const TemporaryFolder folder;
  const auto path = folder.path() / "store.db";
  MakeStore(path);
  fs::resize_file(path, GENERATE(std::uintmax_t{50}, std::uintmax_t{4096 * 4}));
  RefusedUntouched(path, ErrorCode::kCorrupt);
}

TEST_CASE("a damaged file with a log beside it: both stay as they are", "[store][hostile]") {
  const TemporaryFolder folder;
  const auto path = folder.path() / "store.db";
  MakeStore(path);
  // A crash leaves the log behind.
  REQUIRE(WaitForChild(StartChild([&] {
            auto store = OpenStore(path);
            if (store && AcceptNow((*store)->inbox(), {BackupEvent{}})) ::kill(::getpid(), SIGKILL);
            return 1;
          })) == -SIGKILL);
  REQUIRE(fs::file_size(path.string() + "-wal") > 0);
  Overwrite(path, 4096L * 12, std::string(4096, '\xA5'));

  RefusedUntouched(path, ErrorCode::kCorrupt);
}

TEST_CASE("an empty file with a log beside it is damage, not a new store", "[store][hostile]") {
  const TemporaryFolder folder;
  const auto path = folder.path() / "store.db";
  std::ofstream{path};
  const std::string log = path.string() + GENERATE("-wal", "-journal");
  std::ofstream{log} << "something";

  const std::string message = RefusedUntouched(path, ErrorCode::kCorrupt);

  CHECK(message.find("is empty although " + log + " is not") != std::string::npos);
  CHECK(message.find(" && mv " + log + " ") != std::string::npos);
}

TEST_CASE("a log without its file is refused: it holds what was stored", "[store][hostile]") {
  const TemporaryFolder folder;
  const auto path = folder.path() / "store.db";
  const std::string log = path.string() + GENERATE("-wal", "-journal");
  std::ofstream{log} << "something";

  const std::string message = RefusedUntouched(path, ErrorCode::kCorrupt);

  CHECK(message.find("is missing although " + log + " is there") != std::string::npos);
  fs::remove(log);
  std::ofstream{log};  // an empty one belongs to nothing
  CHECK(OpenStore(path));
}

TEST_CASE("a change that a rollback journal holds is undone before the file is used", "[store]") {
  const TemporaryFolder folder;
  const auto path = folder.path() / "store.db";
  MakeStore(path);
  // A tool that was killed half-way, with the file already changed.
  REQUIRE(WaitForChild(StartChild([&] {
            auto database = Database::Open(path, SQLITE_OPEN_READWRITE).value();
            const auto changed = database.Execute(
                "PRAGMA journal_mode = DELETE; PRAGMA cache_size = 1; PRAGMA cache_spill = 1; "
                "BEGIN IMMEDIATE;"
                "DELETE FROM inbox; CREATE TABLE more (x); INSERT INTO more "
                "WITH RECURSIVE n(i) AS (VALUES(1) UNION ALL SELECT i+1 FROM n WHERE i<5000) "
                "SELECT hex(randomblob(50)) FROM n;");
            if (changed) ::kill(::getpid(), SIGKILL);
            return 1;
          })) == -SIGKILL);
  REQUIRE(fs::file_size(path.string() + "-journal") > 0);

  auto store = OpenStore(path);

  REQUIRE(store);
  CHECK((*store)->inbox().Pending()->size() == 20);
}

TEST_CASE("a file that is removed, moved or replaced while it is open takes nothing more",
          "[store][hostile]") {
  const TemporaryFolder folder;
  const auto path = folder.path() / "store.db";
  auto store = OpenStore(path).value();
  REQUIRE(AcceptNow(store->inbox(), {BackupEvent{}}));
  REQUIRE(store->CheckHealth());
  const fs::path name = path.string() + GENERATE("", "-wal");
  const bool replace = GENERATE(false, true);
  CAPTURE(name, replace);
  fs::rename(name, folder.path() / "aside");
  if (replace) fs::copy_file(folder.path() / "aside", name);

  const auto health = store->CheckHealth();
  REQUIRE_FALSE(health);
  CHECK(health.error().message.find(name.string() +
                                    (replace ? " was replaced" : " was removed or moved")) == 0);
  const auto refused = AcceptNow(store->inbox(), {BackupEvent{}});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::kUnavailable);
  CHECK_FALSE(store->runs().Begin());

  fs::rename(folder.path() / "aside", name);

  CHECK(store->CheckHealth());
  CHECK(AcceptNow(store->inbox(), {BackupEvent{}}));
  CHECK(store->inbox().Pending()->size() == 2);
}

TEST_CASE("a newer version's store is refused and untouched", "[store]") {
  const TemporaryFolder folder;
  const auto path = folder.path() / "store.db";
  MakeStore(path);
  {
    auto database = Database::Open(path, SQLITE_OPEN_READWRITE).value();
    REQUIRE(database.Execute("PRAGMA user_version = " + std::to_string(LatestSchema() + 1)));
  }

  const std::string message = RefusedUntouched(path, ErrorCode::kCorrupt);

  CHECK(message.find("was written by a newer version of this program (schema " +
                     std::to_string(LatestSchema() + 1)) != std::string::npos);
}

TEST_CASE("another program's database is refused and untouched", "[store]") {
  const TemporaryFolder folder;
  const auto path = folder.path() / "theirs.db";
  {
    auto database = Database::Open(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE).value();
    REQUIRE(database.Execute("CREATE TABLE contacts (name TEXT)"));
  }
  const std::string message = RefusedUntouched(path, ErrorCode::kCorrupt);
  CHECK(message.find("is a database of another program") != std::string::npos);
}

TEST_CASE("a missing folder, and a folder in place of the file, are told", "[store]") {
  const TemporaryFolder folder;
  const auto nowhere = OpenStore(folder.path() / "no" / "store.db");
  REQUIRE_FALSE(nowhere);
  CHECK(nowhere.error().code == ErrorCode::kUnavailable);
  CHECK(nowhere.error().message.find(
            "cannot be created: No such file or directory; create its directory") !=
        std::string::npos);
  const auto directory = OpenStore(folder.path());
  REQUIRE_FALSE(directory);
  CHECK(directory.error().code == ErrorCode::kUnavailable);
}

TEST_CASE("without permission to write the message says what to give", "[store]") {
  const TemporaryFolder folder;
  const auto path = folder.path() / "store.db";
  MakeStore(path);
  fs::permissions(path, fs::perms::owner_read | fs::perms::others_read);
  fs::permissions(folder.path(), fs::perms::all & ~fs::perms::others_write);

  const int status = WaitForChild(StartChild([&] {
    constexpr uid_t kNobody = 65534;
    if (::getuid() == 0 && ::setuid(kNobody) != 0) return 10;
    const auto store = OpenStore(path);
    if (store) return 1;
    if (store.error().code != ErrorCode::kUnavailable) return 2;
    return store.error().message.find("cannot be written: Permission denied; give it") ==
                   std::string::npos
               ? 3
               : 0;
  }));

  CHECK(status == 0);
}

}  // namespace
}  // namespace backup_monitor::sqlite
