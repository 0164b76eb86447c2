#pragma once

#include "base/json/json_writer.h"
#include "store/run_archive.h"

namespace backup_monitor::app::api {

/// One line of the history, as an object.
void WriteRunHead(JsonWriter& json, const store::RunHead& head);

/// One module in one run, as an object.
void WriteResult(JsonWriter& json, const store::ModuleResult& result);

}  // namespace backup_monitor::app::api
