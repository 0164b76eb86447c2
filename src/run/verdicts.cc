#include "run/verdicts.h"

namespace backup_monitor::run {

void KeepVerdicts(Run& run, Outcome outcome, const std::map<ModuleId, Verdict>& verdicts) {
  run.outcome = outcome;
  for (auto& [id, module] : run.modules) {
    const auto verdict = verdicts.find(id);
    if (verdict != verdicts.end()) module.verdict = verdict->second;
    else module.verdict.reset();
  }
}

void ForgetVerdicts(Run& run) {
  for (auto& [id, module] : run.modules) module.verdict.reset();
}

}  // namespace backup_monitor::run
