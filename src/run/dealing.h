#pragma once

#include <vector>

#include "run/run_book.h"

namespace backup_monitor::run {

/// Gives each record to exactly one run, in order of their start. To be called with records that were
/// never seen before and are not history.
void Deal(std::vector<SeenRecord> records, RunBook& book);

}  // namespace backup_monitor::run
