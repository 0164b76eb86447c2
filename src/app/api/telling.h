#pragma once

#include <functional>

#include "base/clock.h"
#include "base/result.h"
#include "model/preferences.h"
#include "model/report.h"
#include "model/run.h"
#include "report/explanation.h"

namespace backup_monitor {

/// A stored run as a report told it: with names, with what was before, in words.
struct Telling {
  Time as_of;  ///< Every column and sentence is of this moment.
  RunSection section;
  Explanation words;
};

/// \return the store's error. Any thread.
using TellRun = std::function<Result<Telling>(const Run&, Language)>;

}  // namespace backup_monitor
