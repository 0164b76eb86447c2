#pragma once

#include "app/api/stored_report_json.h"
#include "base/json/json_writer.h"
#include "model/run.h"
#include "store/run_archive.h"

namespace backup_monitor {

/// One line of the history, as an object.
void WriteRunHead(JsonWriter& json, const RunHead& head);

/// The members of a run with its modules, into an object that the caller opens and closes.
///
/// While the run is not judged, the verdicts are those that its records come to so far.
void WriteRun(JsonWriter& json, const Run& run, const StoredReportJson& stored);

/// One module in one run, as an object.
void WriteResult(JsonWriter& json, const ModuleResult& result);

}  // namespace backup_monitor
