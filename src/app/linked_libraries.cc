#include "app/linked_libraries.h"

#include <gnu/libc-version.h>

#include <CLI/Version.hpp>
#include <string_view>

#include "adapters/http/library_versions.h"
#include "adapters/redis/library_versions.h"
#include "adapters/smtp/library_versions.h"
#include "adapters/sqlite/library_versions.h"
#include "adapters/zoneinfo/library_versions.h"
#include "app/linked_packages.h"
#include "base/library_version.h"

namespace backup_monitor::app {
namespace {

/// From which package each comes. Two of them do not say what version they are.
struct Origin {
  const char* name;
  const char* package;
};
constexpr Origin kOrigins[] = {
    {"Abseil", "libabsl-dev"},
    {"OpenSSL", "libssl-dev"},
    {"libcurl", "curl"},
    {"c-ares", "libc-ares-dev"},
    {"Pistache", "libpistache-dev"},
    {"RapidJSON", "rapidjson-dev"},
    {"hiredis", "libhiredis-dev"},
    {"SQLite", "libsqlite3-dev"},
    {"yaml-cpp", "libyaml-cpp-dev"},
    {"mustache", "libkainjow-mustache-dev"},
    {"spdlog", "libspdlog-dev"},
    {"fmt", "libfmt-dev"},
    {"CLI11", "libcli11-dev"},
    {"expected", "libexpected-dev"},
    {"libstdc++", "libstdc++-12-dev"},
    {"glibc", "libc6-dev"},
};

std::string PackageVersion(std::string_view package) {
  for (const auto& [name, version] : kLinkedPackages) {
    if (name == package) return std::string{version};
  }
  return {};
}

LibraryVersions OwnWords() {
  LibraryVersions all;
  for (auto&& some :
       {smtp::SmtpLibraries(), http::HttpLibraries(), JsonLibraries(), redis::RedisLibraries(),
        sqlite::SqliteLibraries(), zoneinfo::ZoneLibraries(), LogLibraries(), ResultLibraries()}) {
    all.insert(all.end(), some.begin(), some.end());
  }
  all.push_back({"CLI11", CLI11_VERSION});
  all.push_back({"libstdc++", std::to_string(_GLIBCXX_RELEASE)});
  all.push_back({"glibc", gnu_get_libc_version()});
  return all;
}

/// An upstream version out of a Debian one: "1:0.7.0+dfsg-8+b1" → "0.7.0".
std::string Upstream(std::string version) {
  if (const auto epoch = version.find(':'); epoch != std::string::npos) version.erase(0, epoch + 1);
  return version.substr(0, version.find_first_of("-+~"));
}

}  // namespace

std::vector<LinkedLibrary> LinkedLibraries() {
  const LibraryVersions own = OwnWords();
  std::vector<LinkedLibrary> all;
  for (const auto& [name, package] : kOrigins) {
    LinkedLibrary& library = all.emplace_back();
    library.name = name;
    const std::string packaged = PackageVersion(package);
    if (!packaged.empty()) library.package = std::string{package} + " " + packaged;
    for (const LibraryVersion& said : own) {
      if (said.name == name) library.version = said.version;
    }
    if (library.version.empty())
      library.version = packaged.empty() ? "unknown" : Upstream(packaged);
  }
  return all;
}

std::string LinkedLibrariesText() {
  std::string text;
  for (const LinkedLibrary& library : LinkedLibraries()) {
    text += "\n  " + library.name + " " + library.version;
    if (!library.package.empty()) text += " (" + library.package + ")";
  }
  return text;
}

}  // namespace backup_monitor::app
