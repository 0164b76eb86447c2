#include "base/program.h"

#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "catch.h"

namespace backup_monitor {
namespace {

TEST_CASE("a program is found by its path, or by its name in PATH", "[program]") {
  CHECK(IsProgram("/bin/sh"));
  CHECK(IsProgram("sh"));
  CHECK_FALSE(IsProgram("no-such-program-anywhere"));
  CHECK_FALSE(IsProgram("/bin"));
  CHECK_FALSE(IsProgram("/etc/passwd"));  // may not be run
  CHECK_FALSE(IsProgram(""));
}

TEST_CASE("every folder of PATH is tried, an empty one is the current", "[program]") {
  const std::string before = std::getenv("PATH");
  setenv("PATH", "/nonexistent:/bin", 1);
  CHECK(IsProgram("sh"));
  setenv("PATH", "/nonexistent", 1);
  CHECK_FALSE(IsProgram("sh"));
  const auto folder = std::filesystem::current_path();
  std::filesystem::current_path("/bin");
  setenv("PATH", "/nonexistent:", 1);
  CHECK(IsProgram("sh"));
  std::filesystem::current_path(folder);
  setenv("PATH", before.c_str(), 1);
}

}  // namespace
}  // namespace backup_monitor
