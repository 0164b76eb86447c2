#include "model/episode.h"

#include <algorithm>

namespace backup_monitor {

void Episode::Add(Verdict of_module) noexcept {
  switch (of_module) {
    case Verdict::kSucceeded: return;
    case Verdict::kSavedWithErrors: ++with_snapshot; return;
    case Verdict::kFailed: ++failed; return;
    case Verdict::kNotFinished:
    case Verdict::kNeverRan: ++without_result; return;
  }
}

void Episode::Add(Outcome of_run, const std::map<ModuleId, Verdict>& not_succeeded) noexcept {
  const auto any = [&](Verdict verdict) {
    return std::any_of(not_succeeded.begin(), not_succeeded.end(),
                       [verdict](const auto& entry) { return entry.second == verdict; });
  };
  if (of_run == Outcome::kSuccess) return;
  if (of_run == Outcome::kMissed) {
    ++missed;
    return;
  }
  // Errors of the plan itself, in the compact layout, which may know no modules.
  const bool of_the_plan = not_succeeded.empty() && of_run != Outcome::kIncomplete;
  if (any(Verdict::kFailed) || of_the_plan) {
    ++failed;
  } else if (any(Verdict::kSavedWithErrors)) {
    ++with_snapshot;
  } else if (!not_succeeded.empty()) {
    ++without_result;
  } else {
    ++unconfirmed;
  }
}

}  // namespace backup_monitor
