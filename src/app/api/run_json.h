#pragma once

#include "app/api/json_writer.h"
#include "model/run.h"
#include "store/run_archive.h"

namespace backup_monitor {

/// One line of the history, as an object.
void WriteRunHead(JsonWriter& json, const RunHead& head);

/// The members of a run with its modules, into an object that the caller opens and closes.
void WriteRun(JsonWriter& json, const Run& run);

}  // namespace backup_monitor
