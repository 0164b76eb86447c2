#pragma once

#include <map>
#include <optional>
#include <vector>

#include "model/report.h"
#include "report/view.h"
#include "report/voice.h"

namespace backup_monitor {

/// How many modules one mail lists; what is over is counted, so that a mail stays readable and
/// below 102 kB of HTML, where Gmail cuts.
struct RowBudget {
  int problems = 200;
  int good = 50;
};

/// The modules of `run` that did not succeed, a view for each verdict (failed first), with up to
/// `budget.problems` rows, which are taken from it. Those without a verdict yet come last.
[[nodiscard]] std::vector<View> ProblemGroups(const Voice& voice, const RunSection& run,
                                              RowBudget& budget);

/// The modules that succeeded: `good_rows` if the budget allows to list them all, else `good_nodes`,
/// their sums by node. Names `good_title`. Empty if there are none.
[[nodiscard]] std::optional<View> GoodModules(const Voice& voice, const RunSection& run,
                                              RowBudget& budget);

}  // namespace backup_monitor
