#pragma once

#include <map>

#include "model/run.h"
#include "model/verdict.h"

namespace backup_monitor::run {

/// Writes into a run what it was judged to be. A module without a verdict does not count.
void KeepVerdicts(Run& run, Outcome outcome, const std::map<ModuleId, Verdict>& verdicts);

/// Leaves a run without the verdicts of its modules: what is reported of it then corrects nothing.
void ForgetVerdicts(Run& run);

}  // namespace backup_monitor::run
