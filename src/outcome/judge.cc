#include "outcome/judge.h"

#include <algorithm>

namespace backup_monitor::outcome {
namespace {

Verdict VerdictOf(const RunModule& module) {
  if (const SeenRecord* shown = module.shown()) {
    if (shown->record.succeeded()) return Verdict::kSucceeded;
    const bool saved = shown->finding && shown->finding->of_run;
    return saved ? Verdict::kSavedWithErrors : Verdict::kFailed;
  }
  return module.ever_recorded ? Verdict::kNotFinished : Verdict::kNeverRan;
}

}  // namespace

Outcome OutcomeOf(const std::map<ModuleId, Verdict>& verdicts) {
  bool saved = false;
  bool failed = false;
  bool with_errors = false;
  bool missing = false;
  for (const auto& [module, verdict] : verdicts) {
    saved |= verdict == Verdict::kSucceeded || verdict == Verdict::kSavedWithErrors;
    failed |= verdict == Verdict::kFailed;
    with_errors |= verdict == Verdict::kSavedWithErrors;
    missing |= verdict == Verdict::kNotFinished || verdict == Verdict::kNeverRan;
  }
  if (!saved && failed) return Outcome::kRepoFailure;
  if (saved && (failed || with_errors)) return Outcome::kPartial;
  if (missing) return Outcome::kIncomplete;
  return Outcome::kSuccess;
}

Judgement Judge(const Run& run) {
  Judgement judgement;
  bool any_record = false;
  bool ever_any = false;
  for (const auto& [id, module] : run.modules) {
    if (!module.counts()) continue;
    judgement.verdicts.emplace(id, VerdictOf(module));
    any_record |= module.record.has_value();
    ever_any |= module.ever_recorded;
  }
  if (run.origin == RunOrigin::kSchedule && !any_record) {
    judgement.outcome = run.has_begun_by_log() ? Outcome::kIncomplete : Outcome::kMissed;
  } else if (run.origin == RunOrigin::kNoStatus && !any_record) {
    judgement.outcome = Outcome::kRepoFailure;
  } else if (run.compact_status && !any_record && (!ever_any || !run.compact_status->succeeded)) {
    // A plan record without module records is reported as what it is, and an error as an error.
    if (!ever_any) judgement.verdicts.clear();
    judgement.outcome = run.compact_status->succeeded ? Outcome::kSuccess : Outcome::kRepoFailure;
  } else {
    judgement.outcome = OutcomeOf(judgement.verdicts);
  }
  // Everything was saved, and yet an alert says that something failed: that is not known to be a success.
  if (judgement.outcome == Outcome::kSuccess && run.alert_unexplained()) {
    judgement.outcome = Outcome::kIncomplete;
  }
  return judgement;
}

}  // namespace backup_monitor::outcome
