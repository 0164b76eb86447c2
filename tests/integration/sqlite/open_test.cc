#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <csignal>
#include <fstream>
#include <iterator>
#include <set>

#include "adapters/sqlite/database.h"
#include "adapters/sqlite/migrations.h"
#include "fakes/temporary_store.h"
#include "integration/sqlite/accept.h"
#include "integration/sqlite/child.h"

namespace backup_monitor::testing {
namespace {

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

  CHECK(message.find("is not a database; nothing was changed. Move it away and restart: mv ") !=
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

  CHECK(message.find("Move it away and restart") != std::string::npos);
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
  std::ofstream{path.string() + "-wal"} << "something";
  RefusedUntouched(path, ErrorCode::kCorrupt);
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
}  // namespace backup_monitor::testing
