#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "report/facts/report_facts.h"
#include "report/mail/view.h"
#include "report/words/voice.h"

namespace backup_monitor::report::mail {

/// How many modules one mail lists; what is over is counted, so that a mail stays readable and
/// below 102 kB of HTML, where Gmail cuts.
struct RowBudget {
  int problems = 200;
  int good = 50;
  int quotes = 20;              ///< Answers of repositories.
  std::int64_t bytes = 84'000;  ///< Of HTML, about, for all these rows.
};

/// The modules of `run` that did not succeed, a view for each verdict (failed first), and those that
/// succeeded without a snapshot, with as many rows as `budget` has left, from which they are taken.
/// Those without a verdict yet come last.
[[nodiscard]] std::vector<View> ProblemGroups(const words::Voice& voice, const RunFacts& run,
                                              RowBudget& budget);

/// The other modules that succeeded: `good_rows` if the budget allows to list them all, else `good_nodes`,
/// their sums by node. Names `good_title`. Empty if there are none.
[[nodiscard]] std::optional<View> GoodModules(const words::Voice& voice, const RunFacts& run,
                                              RowBudget& budget);

}  // namespace backup_monitor::report::mail
