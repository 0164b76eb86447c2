#pragma once

#include <vector>

#include "model/report.h"
#include "report/words/advice.h"
#include "report/words/voice.h"

namespace backup_monitor {

/// One step for each cause that the looks into the repositories have found, naming its modules, in
/// the order of the table in causes.cc.
[[nodiscard]] std::vector<Advice> CauseAdvice(const Voice& voice, const Report& report);

}  // namespace backup_monitor
