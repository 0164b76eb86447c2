#pragma once

#include "model/report.h"
#include "report/module_groups.h"
#include "report/view.h"
#include "report/voice.h"

namespace backup_monitor {

/// One run: what happened, what changed, the modules that did not succeed, the facts.
[[nodiscard]] View RunView(const Voice& voice, const Report& report, const RunSection& run,
                           RowBudget& budget);

}  // namespace backup_monitor
