#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "model/finding.h"
#include "model/report.h"

namespace backup_monitor {

/// Why a backup is not what it should be, as far as a look into its repository tells, and what helps:
/// one row of the table in causes.cc. Texts are keys of the catalogs.
struct Cause {
  std::optional<ProbeCause> probed;  ///< None: the snapshots themselves tell.
  std::string_view sentence;         ///< What is the matter.
  std::string_view advice;           ///< What to do; counts and names the modules.
  std::string_view restic;           ///< restic's command that helps; empty where none does.
  bool journal = false;              ///< The journal of the module's node may tell more.
};

/// What is the matter with a repository that did not let itself be read.
[[nodiscard]] const Cause& CauseOf(ProbeCause cause) noexcept;

/// What the look into the module's repository tells, most telling first. Empty where nobody looked,
/// where a success is confirmed, and where the look left it open.
[[nodiscard]] std::vector<const Cause*> CausesOf(const RunSection& run, const ModuleLine& line);

}  // namespace backup_monitor
