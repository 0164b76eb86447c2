#include "adapters/redis/library_versions.h"

#include <hiredis/hiredis.h>

namespace backup_monitor::redis {

LibraryVersions RedisLibraries() {
  return {{"hiredis", std::to_string(HIREDIS_MAJOR) + "." + std::to_string(HIREDIS_MINOR) + "." +
                          std::to_string(HIREDIS_PATCH)}};
}

}  // namespace backup_monitor::redis
