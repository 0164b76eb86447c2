#include "adapters/http/library_versions.h"

#include <pistache/version.h>

namespace backup_monitor::http {

LibraryVersions HttpLibraries() {
  namespace version = Pistache::Version;
  return {{"Pistache", std::to_string(version::Major) + "." + std::to_string(version::Minor) + "." +
                           std::to_string(version::Patch) + "-git" + std::to_string(version::Git)}};
}

}  // namespace backup_monitor::http
