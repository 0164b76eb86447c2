#pragma once

#include <string>
#include <vector>

#include "report/facts/report_facts.h"
#include "report/words/voice.h"

namespace backup_monitor::report::words {

/// What the report cannot say: time in which nothing was checked, what could not be read. At most 25
/// sentences.
[[nodiscard]] std::vector<std::string> WhatIsNotKnown(const Voice& voice, const ReportFacts& facts);

}  // namespace backup_monitor::report::words
