#pragma once

#include <string>
#include <vector>

#include "report/facts/report_facts.h"
#include "report/words/voice.h"

namespace backup_monitor::report::words {

/// "Node 2 could not be reached from 01:50 to 06:12." Of the nodes of which something is missing in the run; nothing
/// where nothing is known.
void AddNodes(const Voice& voice, const RunFacts& run, std::vector<std::string>& sentences);

}  // namespace backup_monitor::report::words
