#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "catch.h"
#include "unit/config/config_text.h"

namespace backup_monitor::config {
namespace {

/// A folder that goes with the test.
class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "config-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  [[nodiscard]] std::filesystem::path Write(const std::string& text) const {
    std::ofstream{path_ / "config.yml", std::ios::binary} << text;
    return path_ / "config.yml";
  }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

TEST_CASE("a file is read as its text would be", "[config]") {
  const Folder folder;

  const auto config = LoadConfig(folder.Write(testing::Minimal("store: {keep_days: 7}\n")));

  REQUIRE(config);
  CHECK(config->store.keep_days == 7);
}

TEST_CASE("faults of a file carry its name without the folder", "[config]") {
  const Folder folder;

  const auto config = LoadConfig(folder.Write(testing::Minimal("store: {keep_days: 0}\n")));

  REQUIRE_FALSE(config);
  CHECK(config.error().message == "config.yml:4: store.keep_days: 0 is not between 1 and 3650");
}

TEST_CASE("a file that cannot be read is told from one that is wrong", "[config]") {
  const Folder folder;
  const auto absent = LoadConfig(folder.path() / "absent.yml");
  const auto directory = LoadConfig(folder.path());

  REQUIRE_FALSE(absent);
  CHECK(absent.error().code == ErrorCode::kNotFound);
  CHECK(absent.error().message.find("absent.yml: No such file") != std::string::npos);
  REQUIRE_FALSE(directory);
  CHECK(directory.error().code == ErrorCode::kNotFound);
  CHECK(directory.error().message.find("it is a directory") != std::string::npos);
}

TEST_CASE("a file without an end is refused by its size", "[config][hostile]") {
  const auto config = LoadConfig("/dev/zero");

  REQUIRE_FALSE(config);
  CHECK(config.error().message == "zero:1: the file is larger than 1048576 bytes");
}

}  // namespace
}  // namespace backup_monitor::config
