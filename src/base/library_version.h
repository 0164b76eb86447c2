#pragma once

#include <string>
#include <vector>

namespace backup_monitor {

/// A library that is part of the program, by its own words: of its code where it says, else of the headers
/// that were compiled. Each adapter names its own.
struct LibraryVersion {
  std::string name;     ///< As its makers write it.
  std::string version;  ///< Never empty.
};

using LibraryVersions = std::vector<LibraryVersion>;

/// What base/log, base/json and base/result are made of.
[[nodiscard]] LibraryVersions LogLibraries();
[[nodiscard]] LibraryVersions JsonLibraries();
[[nodiscard]] LibraryVersions ResultLibraries();

}  // namespace backup_monitor
