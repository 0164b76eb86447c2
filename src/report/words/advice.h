#pragma once

#include <string>
#include <vector>

#include "report/facts/report_facts.h"
#include "report/words/voice.h"

namespace backup_monitor::report::words {

/// One thing to do, with commands that can be copied as they are. No foreign text ever enters a
/// command.
struct Advice {
  std::string text;
  std::vector<std::string> commands = {};
  std::string more = {};  ///< Said beneath them: how many are left out.
};

/// The steps of a report in words. Of the nodes whose logs are to be read the first five.
[[nodiscard]] std::vector<Advice> WhatToDo(const Voice& voice, const ReportFacts& facts);

}  // namespace backup_monitor::report::words
