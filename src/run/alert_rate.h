#pragma once

#include <optional>
#include <vector>

#include "run/run_book.h"

namespace backup_monitor::run {

/// However many alerts come, the reports that they alone lead to are bounded: three an hour are sent
/// singly, the rest in one at the end of the hour. Two things are counted apart, so that no flood of
/// strange alerts puts off a report about a plan that exists: alerts that fit nothing, and runs that rest on
/// an alert. An hour begins with its first report.

/// Before anything is reported: sends the summary of an hour that is over.
void EndAlertHour(RunBook& book);

/// Reports an alert (kNoStatus without a run, kUnknownPlan, kPlansSucceeded) or counts it for the summary.
[[nodiscard]] AlertAnswer::Kind ReportAlert(Announcement announcement, RunBook& book);

/// Announces runs that rest on an alert, or leaves them for the end of the hour. To be called in each step
/// with all of them that are not announced: `runs` are the announcements that they would have singly.
void AnnounceRestingOnAlerts(std::vector<Announcement> runs, RunBook& book);

/// When the next hour is over at whose end something is reported.
[[nodiscard]] std::optional<Time> NextAlertHourEnd(const RunMemory& memory);

}  // namespace backup_monitor::run
