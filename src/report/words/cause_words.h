#pragma once

#include <string>
#include <string_view>

#include "model/ids.h"
#include "report/facts/cause.h"

namespace backup_monitor::report::words {

/// What a cause is called and what helps: one row of the table in cause_words.cc. Texts are keys of the catalogs.
struct CauseWords {
  Cause cause;
  std::string_view sentence;  ///< What is the matter.
  std::string_view advice;    ///< What to do; counts and names the modules.
  std::string_view restic;    ///< restic's command that helps; empty where none does.
};

[[nodiscard]] const CauseWords& WordsOf(Cause cause) noexcept;

/// The command by which root on the leader runs restic on the repository of one module under one
/// plan; empty if an id holds anything but what an id of NS8 is made of: no foreign text ever enters
/// a command.
///
/// Source: ns8-core 4f41b359, core/imageroot/usr/local/agent/bin/restic-wrapper; `--module` works in
/// the cluster's environment only, which is runagent's default and the leader's.
[[nodiscard]] std::string ResticCommand(const ModuleId& module, const PlanId& plan,
                                        std::string_view command);

}  // namespace backup_monitor::report::words
