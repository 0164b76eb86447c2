#pragma once

#include <string>
#include <vector>

#include "model/report.h"
#include "report/words/voice.h"

namespace backup_monitor {

/// One thing to do, with commands that can be copied as they are. No foreign text ever enters a
/// command.
struct Advice {
  std::string text;
  std::vector<std::string> commands = {};
  std::string more = {};  ///< Said beneath them: how many are left out.
};

/// What to do next, most useful first. Never empty for a report that has a problem; empty where
/// there is nothing to do.
[[nodiscard]] std::vector<Advice> WhatToDo(const Voice& voice, const Report& report);

}  // namespace backup_monitor
