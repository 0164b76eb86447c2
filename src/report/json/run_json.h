#pragma once

#include <string_view>

#include "base/clock.h"
#include "base/json/json_writer.h"
#include "report/facts/report_facts.h"
#include "report/words/explanation.h"

namespace backup_monitor::report::json {

/// Which shape the JSON of a report and of a run has. Members may be added without a new number; one that goes, or
/// means something else, needs one.
inline constexpr int kReportJsonVersion = 1;

/// "open", "alerted" (open for its alert alone), "being_checked" or "ended".
[[nodiscard]] std::string_view RunStateName(bool open, bool only_alerted, bool being_checked);

/// The members of a run, with its modules worst first, into an object that the caller opens and closes. Definition
/// `run` of imageroot/validator-definitions.json describes them; what is not known is null.
///
/// \param as_of  the moment that the report is of
/// \param words  of a report of this run alone: sentences and advice come with it; nullptr: without them
void WriteRun(JsonWriter& json, const RunFacts& facts, Time as_of, const words::Explanation* words);

}  // namespace backup_monitor::report::json
