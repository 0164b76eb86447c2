#pragma once

#include <map>

#include "model/run.h"
#include "model/verdict.h"

namespace backup_monitor::outcome {

/// What a run has come to.
struct Judgement {
  Outcome outcome = Outcome::kSuccess;
  std::map<ModuleId, Verdict> verdicts;  ///< Of every module that counts.
};

/// Judges `run` as if it closed now. A module without a record takes the verdict of an overlapping
/// run's record, if there is one. A run that would be SUCCESS, but has an alert that no result explains,
/// is INCOMPLETE; so is one without any record that was due and has begun by the cluster's log.
[[nodiscard]] Judgement Judge(const Run& run);

/// The outcome of a set of verdicts; kNoStatus runs and plan records of the compact layout have
/// rules of their own, which Judge() knows.
[[nodiscard]] Outcome OutcomeOf(const std::map<ModuleId, Verdict>& verdicts);

}  // namespace backup_monitor::outcome
