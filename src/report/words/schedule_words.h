#pragma once

#include <string>
#include <vector>

#include "report/facts/report_facts.h"
#include "report/words/voice.h"

namespace backup_monitor::report::words {

// What schedules say: of a run, and of a plan at the time of the report.

/// What happened in a run that did not take place.
[[nodiscard]] std::vector<std::string> MissedSentences(const Voice& voice, const RunFacts& run);

/// Late, overlapping, missed before, nodes of which nothing came: of a run that took place.
void AddSchedule(const Voice& voice, const RunSection& run, std::vector<std::string>& sentences);

/// When the plan is due next, if that is known.
void AddNext(const Voice& voice, const ScheduleLine& schedule, std::vector<std::string>& sentences);

/// What is to be said of the plan now, and not of the run that is shown. Empty if nothing.
[[nodiscard]] std::string TroubleSentence(const Voice& voice, const RunFacts& run);

/// "Weekly: no run is known yet. ..."
[[nodiscard]] std::string WithoutRun(const Voice& voice, const PlanLine& plan, Trouble trouble);

/// "Weekly never runs by itself: ..."
[[nodiscard]] std::string NeverDue(const Voice& voice, const PlanLine& plan);

/// "⏰ Backup late". \pre it is not kNone
[[nodiscard]] std::string TroubleWords(const Voice& voice, Trouble trouble);

}  // namespace backup_monitor::report::words
