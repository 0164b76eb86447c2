#pragma once

#include <string>
#include <vector>

namespace backup_monitor::app {

/// One library in this program.
struct LinkedLibrary {
  std::string name;
  std::string version;  ///< What the library itself says; where it does not, the package's.
  std::string
      package;  ///< The Debian package that it was linked from, with its version: that says which
                ///< security updates it has. Empty where the build did not know.
};

/// Every library in this program, the one that meets the most foreign bytes first.
[[nodiscard]] std::vector<LinkedLibrary> LinkedLibraries();

/// One line each: "  OpenSSL 3.0.22 (libssl-dev 3.0.22-1~deb12u2)".
[[nodiscard]] std::string LinkedLibrariesText();

}  // namespace backup_monitor::app
