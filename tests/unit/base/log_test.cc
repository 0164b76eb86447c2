#include "base/log.h"

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "catch.h"

namespace backup_monitor {
namespace {

/// A log file in a folder of its own; afterwards the log goes to standard output again.
class LogFolder {
 public:
  LogFolder() {
    std::string name =
        (std::filesystem::temp_directory_path() / "backup-monitor-log-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    folder_ = name;
  }
  ~LogFolder() {
    (void)ConfigureLog({});
    std::filesystem::remove_all(folder_);
  }
  [[nodiscard]] std::filesystem::path file() const { return folder_ / "daemon.log"; }
  [[nodiscard]] std::string Text(const std::string& name = "daemon.log") const {
    std::ifstream stream{folder_ / name};
    return {std::istreambuf_iterator<char>{stream}, {}};
  }

 private:
  std::filesystem::path folder_;
};

TEST_CASE("lines from the configured level on reach the file at once", "[log]") {
  const LogFolder folder;
  REQUIRE(ConfigureLog({LogLevel::kWarning, folder.file()}));

  LogInfo("too quiet");
  LogWarning("the relay refuses");

  CHECK(folder.Text().find("warning the relay refuses\n") != std::string::npos);
  CHECK(folder.Text().find("too quiet") == std::string::npos);
}

TEST_CASE("a foreign name cannot forge a line or colour a terminal", "[log][hostile]") {
  const LogFolder folder;
  REQUIRE(ConfigureLog({LogLevel::kInfo, folder.file()}));

  LogInfo("plan x\n2026-11-22 info forged\r\x1b[31m {} %s");

  CHECK(folder.Text().find("plan x\\x0a2026-11-22 info forged\\x0d\\x1b[31m {} %s\n") !=
        std::string::npos);
}

TEST_CASE("line ends beyond ASCII, marks of direction and broken bytes are escaped",
          "[log][hostile]") {
  const LogFolder folder;
  REQUIRE(ConfigureLog({LogLevel::kInfo, folder.file()}));

  LogInfo("a\u0085b\u2028c\u2029d\u202Ee\u2066f\u061Cg\xffh");
  LogInfo("Città, 東京 ✅ \u00A0\u2027\u202F\u2065\u206A");  // next to them

  CHECK(folder.Text().find("a\\xc2\\x85b\\xe2\\x80\\xa8c\\xe2\\x80\\xa9d\\xe2\\x80\\xaee"
                           "\\xe2\\x81\\xa6f\\xd8\\x9cg\\xffh\n") != std::string::npos);
  CHECK(folder.Text().find("Città, 東京 ✅ \u00A0\u2027\u202F\u2065\u206A\n") != std::string::npos);
}

TEST_CASE("a file that was moved away is opened anew", "[log]") {
  const LogFolder folder;
  REQUIRE(ConfigureLog({LogLevel::kInfo, folder.file()}));
  LogInfo("before");
  std::filesystem::rename(folder.file(), folder.file().string() + ".old");

  REQUIRE(ConfigureLog({LogLevel::kInfo, folder.file()}));
  LogInfo("after");

  CHECK(folder.Text().find("after") != std::string::npos);
  CHECK(folder.Text("daemon.log.old").find("before") != std::string::npos);
}

TEST_CASE("the file rotates at 5 MB and three old ones are kept beside it", "[log]") {
  const LogFolder folder;
  REQUIRE(ConfigureLog({LogLevel::kInfo, folder.file()}));
  const std::string line(100'000, 'x');

  for (int i = 0; i < 320; ++i) LogInfo(line);  // 32 MB

  const auto parent = folder.file().parent_path();
  CHECK(std::distance(std::filesystem::directory_iterator{parent}, {}) == 4);
  for (const auto& entry : std::filesystem::directory_iterator{parent}) {
    CHECK(entry.file_size() <= 5 * 1024 * 1024);
    CHECK((entry.status().permissions() & std::filesystem::perms{077}) ==
          std::filesystem::perms::none);
  }
}

TEST_CASE("the file is its owner's alone, one that was not becomes so", "[log]") {
  const LogFolder folder;
  const mode_t before = umask(0);
  const auto old = folder.file().parent_path() / "daemon.1.log";
  std::ofstream{old} << "of an earlier version\n";
  SECTION("a new one") {}
  SECTION("an existing one") { std::ofstream{folder.file()} << "of an earlier version\n"; }
  REQUIRE(ConfigureLog({LogLevel::kInfo, folder.file()}));
  umask(before);
  const auto mode = [](const std::filesystem::path& file) {
    return static_cast<unsigned>(status(file).permissions());
  };
  CHECK(mode(folder.file()) == 0600);
  CHECK(mode(old) == 0600);
}

TEST_CASE("a file that cannot be opened is said, and logging goes on", "[log]") {
  const auto configured = ConfigureLog({LogLevel::kInfo, "/dev/null/daemon.log"});

  REQUIRE_FALSE(configured);
  CHECK(configured.error().message.find("/dev/null/daemon.log") != std::string::npos);
  LogInfo("still here");
}

}  // namespace
}  // namespace backup_monitor
