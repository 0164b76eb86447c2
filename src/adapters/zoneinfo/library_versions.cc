#include "adapters/zoneinfo/library_versions.h"

#include <absl/base/config.h>

namespace backup_monitor::zoneinfo {

LibraryVersions ZoneLibraries() {
  return {{"Abseil", std::to_string(ABSL_LTS_RELEASE_VERSION) + "." +
                         std::to_string(ABSL_LTS_RELEASE_PATCH_LEVEL)}};
}

}  // namespace backup_monitor::zoneinfo
