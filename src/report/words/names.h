#pragma once

#include <string>
#include <vector>

#include "model/report.h"
#include "report/words/voice.h"

namespace backup_monitor::report::words {

/// Names as people know them. All foreign text in a report passes through here or ShowForeign().

/// "Nightly, Weekly, +3 more"
[[nodiscard]] std::string Joined(const Voice& voice, const std::vector<std::string>& names,
                                 std::size_t limit);

/// "Nightly"; the id where the plan has no name.
[[nodiscard]] std::string PlanName(const RunSection& run);

/// "Nightly, Weekly, +3 more": each plan once, at most `limit` of them.
[[nodiscard]] std::string PlanNames(const Voice& voice, const std::vector<RunSection>& runs,
                                    std::size_t limit);

/// "Mail server"; the id where the module has no name.
[[nodiscard]] std::string ModuleName(const ModuleLine& line);

/// "mail1 · node 2 (Rome)": what is left to say when ModuleName() has been said.
[[nodiscard]] std::string ModulePlace(const Voice& voice, const ModuleLine& line);

/// "node 2 (Rome)"; empty where no node is known.
[[nodiscard]] std::string NodeName(const Voice& voice, const ModuleLine& line);
/// `name` may be empty. Foreign text.
[[nodiscard]] std::string NodeName(const Voice& voice, NodeId node, const std::string& name);

/// "mail1, imap1, +12 more"
[[nodiscard]] std::string ModuleIds(const Voice& voice, const std::vector<ModuleId>& modules,
                                    std::size_t limit);

}  // namespace backup_monitor::report::words
