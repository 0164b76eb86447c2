#pragma once

#include <vector>

#include "base/json/json_writer.h"
#include "store/run_archive.h"

namespace backup_monitor::app::api {

/// A message and the status of each delivery, as an object. Without the mail's bytes.
void WriteMessage(JsonWriter& json, const store::MessageStatus& status);

/// Member `messages`.
void WriteMessages(JsonWriter& json, const std::vector<store::MessageStatus>& messages);

}  // namespace backup_monitor::app::api
