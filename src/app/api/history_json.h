#pragma once

#include "base/json/json_writer.h"
#include "store/run_archive.h"

namespace backup_monitor {

/// One line of the history, as an object.
void WriteRunHead(JsonWriter& json, const RunHead& head);

/// One module in one run, as an object.
void WriteResult(JsonWriter& json, const ModuleResult& result);

}  // namespace backup_monitor
