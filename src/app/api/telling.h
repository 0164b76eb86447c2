#pragma once

#include <functional>

#include "base/result.h"
#include "model/preferences.h"
#include "model/report.h"
#include "model/run.h"
#include "report/explanation.h"

namespace backup_monitor {

/// A stored run as a report would tell it now: with names, with what was before, in words.
struct Telling {
  RunSection section;
  Explanation words;
};

/// \return the store's error. Any thread.
using TellRun = std::function<Result<Telling>(const Run&, Language)>;

}  // namespace backup_monitor
