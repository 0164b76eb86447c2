#include "app/api/library_versions.h"

#include <rapidjson/rapidjson.h>

namespace backup_monitor {

LibraryVersions JsonLibraries() { return {{"RapidJSON", RAPIDJSON_VERSION_STRING}}; }

}  // namespace backup_monitor
