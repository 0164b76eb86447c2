#include "base/library_version.h"

#include "base/result.h"

namespace backup_monitor {

LibraryVersions ResultLibraries() {
  return {{"expected", std::to_string(TL_EXPECTED_VERSION_MAJOR) + "." +
                           std::to_string(TL_EXPECTED_VERSION_MINOR) + "." +
                           std::to_string(TL_EXPECTED_VERSION_PATCH)}};
}

}  // namespace backup_monitor
