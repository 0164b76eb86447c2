#include "app/linked_libraries.h"

#include <algorithm>
#include <cctype>
#include <set>
#include <string>

#include "catch.h"

namespace backup_monitor::app {
namespace {

TEST_CASE("every library of the program is named once, with a version", "[libraries]") {
  // The owners of third-party headers: tests/architecture/check_includes.py. c-ares comes with libcurl.
  const std::set<std::string> expected{
      "Abseil",   "OpenSSL",  "libcurl", "c-ares", "Pistache", "RapidJSON", "hiredis",   "SQLite",
      "yaml-cpp", "mustache", "spdlog",  "fmt",    "CLI11",    "expected",  "libstdc++", "glibc"};
  std::set<std::string> found;
  for (const LinkedLibrary& library : LinkedLibraries()) {
    CAPTURE(library.name, library.version, library.package);
    CHECK(found.insert(library.name).second);
    CHECK(std::isdigit(static_cast<unsigned char>(library.version.front())) != 0);
  }
  CHECK(found == expected);
}

TEST_CASE("the package tells of the same library as the library itself", "[libraries]") {
  for (const LinkedLibrary& library : LinkedLibraries()) {
    if (library.package.empty() || library.name == "libstdc++")
      continue;  // GCC's own counts its major alone
    CAPTURE(library.name, library.version, library.package);
    const std::string plain = library.version.substr(0, library.version.find('-'));
    const std::string packaged =
        library.package.substr(library.package.find_first_of(" :", library.package.find(' ')));
    CHECK((packaged.find(" " + plain) == 0 || packaged.find(":" + plain) != std::string::npos));
  }
}

TEST_CASE("the text has one line for each", "[libraries]") {
  const std::string text = LinkedLibrariesText();
  CHECK(text.find("\n  OpenSSL 3.") != std::string::npos);
  CHECK(std::count(text.begin(), text.end(), '\n') == static_cast<long>(LinkedLibraries().size()));
}

}  // namespace
}  // namespace backup_monitor::app
