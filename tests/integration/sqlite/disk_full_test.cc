#include <sys/mount.h>
#include <sys/resource.h>

#include <csignal>
#include <fstream>

#include "catch.h"
#include "fakes/temporary_store.h"
#include "integration/sqlite/accept.h"
#include "integration/sqlite/child.h"

namespace backup_monitor::testing {
namespace {

namespace fs = std::filesystem;

/// Accepts pairs of alerts until one is refused. \return how many pairs were confirmed, or -1 if the
/// refusal was not kUnavailable.
int FillUp(store::Inbox& inbox) {
  for (int pairs = 0; pairs < 10'000; ++pairs) {
    const auto ids = AcceptNow(inbox, {AlertOf(pairs, 3000), AlertOf(pairs, 3000)});
    if (!ids) return ids.error().code == ErrorCode::kUnavailable ? pairs : -1;
  }
  return -1;
}

/// Fills what room there is, has `heal` make some, and goes on. \return 0, or what went wrong.
int FillHealGoOn(const fs::path& path, const std::function<void()>& heal) {
  int pairs = 0;
  {
    auto store = sqlite::OpenStore(path);
    if (!store) return 1;
    pairs = FillUp((*store)->inbox());
    if (pairs < 1) return 2;
    if ((*store)->inbox().Pending()->size() != 2 * static_cast<std::size_t>(pairs)) return 3;
    if (AcceptNow((*store)->inbox(), {AlertOf(-1, 20'000)})) return 4;
    if ((*store)->CheckHealth()) return 8;
    heal();
    if (!AcceptNow((*store)->inbox(), {AlertOf(-2, 20'000)})) return 5;
  }
  auto store = sqlite::OpenStore(path);
  if (!store) return 6;
  return (*store)->inbox().Pending()->size() == 2 * static_cast<std::size_t>(pairs) + 1 ? 0 : 7;
}

TEST_CASE("a file that may not grow refuses, keeps all or nothing, and heals by itself",
          "[store]") {
  const TemporaryFolder folder;
  const int status = WaitForChild(StartChild([&] {
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit tight{600'000, RLIM_INFINITY};
    if (::setrlimit(RLIMIT_FSIZE, &tight) != 0) return 20;
    return FillHealGoOn(folder.path() / "store.db", [] {
      const rlimit wide{RLIM_INFINITY, RLIM_INFINITY};
      ::setrlimit(RLIMIT_FSIZE, &wide);
    });
  }));
  CHECK(status == 0);
}

/// A file system of two megabytes; none where we may not mount.
class SmallDisk {
 public:
  SmallDisk() : mounted_{::mount("tmpfs", folder_.path().c_str(), "tmpfs", 0, "size=2m") == 0} {}
  ~SmallDisk() {
    if (mounted_) ::umount(folder_.path().c_str());
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
  [[nodiscard]] bool mounted() const noexcept { return mounted_; }
  [[nodiscard]] const fs::path& path() const noexcept { return folder_.path(); }

 private:
  TemporaryFolder folder_;
  bool mounted_;
};

TEST_CASE("a full disk refuses, keeps all or nothing, and heals by itself", "[store]") {
  const SmallDisk disk;
  if (!disk.mounted()) {
    WARN("not allowed to mount: only the file size limit was tried");
    return;
  }
  const auto ballast = disk.path() / "ballast";
  // As much as the log can hold by then: its pages go into the file when the last connection closes.
  std::ofstream{ballast} << std::string(1'200'000, 'x');
  CHECK(FillHealGoOn(disk.path() / "store.db", [&] { fs::remove(ballast); }) == 0);
}

TEST_CASE("no room even for an empty store is told at once", "[store]") {
  const SmallDisk disk;
  if (!disk.mounted()) return;
  std::ofstream{disk.path() / "ballast"} << std::string(3'000'000, 'x');
  const auto store = sqlite::OpenStore(disk.path() / "store.db");
  REQUIRE_FALSE(store);
  CHECK(store.error().code == ErrorCode::kUnavailable);
  CHECK(store.error().message.find("full") != std::string::npos);
}

}  // namespace
}  // namespace backup_monitor::testing
