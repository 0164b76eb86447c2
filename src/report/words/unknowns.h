#pragma once

#include <string>
#include <vector>

#include "model/report.h"
#include "report/words/voice.h"

namespace backup_monitor {

/// What the report cannot say: time in which nobody looked, what could not be read. At most 25
/// sentences.
[[nodiscard]] std::vector<std::string> WhatIsNotKnown(const Voice& voice, const Report& report);

}  // namespace backup_monitor
