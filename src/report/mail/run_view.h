#pragma once

#include "model/report.h"
#include "report/mail/module_groups.h"
#include "report/mail/view.h"
#include "report/words/voice.h"

namespace backup_monitor {

/// One run: what happened, what changed, the modules that did not succeed, the facts.
[[nodiscard]] View RunView(const Voice& voice, const Report& report, const RunSection& run,
                           RowBudget& budget);

}  // namespace backup_monitor
