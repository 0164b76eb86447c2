#include "report/words/log_windows.h"

#include <algorithm>
#include <map>

#include "report/facts/standing.h"
#include "report/words/causes.h"
#include "report/words/names.h"
#include "text/utc_time.h"

namespace backup_monitor {
namespace {

constexpr seconds kMargin{60};  // What leads to an error, and what follows it.

struct Window {
  std::string node;
  Time from;
  Time to;
};

}  // namespace

bool NeedsLog(const RunSection& run, const ModuleLine& line) {
  if (SucceededWithoutSnapshot(run, line)) return true;
  if (line.verdict != Verdict::kFailed && line.verdict != Verdict::kSavedWithErrors) return false;
  return std::ranges::all_of(CausesOf(run, line),
                             [](const Cause* cause) { return cause->journal; });
}

std::vector<LogWindow> LogWindows(const Voice& voice, const Report& report, std::size_t limit) {
  std::map<std::optional<NodeId>, Window> windows;
  for (const RunSection& run : report.runs) {
    if (run.origin == RunOrigin::kCompact) continue;
    for (const ModuleLine& line : run.modules) {
      if (!line.started || !line.ended || !NeedsLog(run, line)) continue;
      const auto [at, first] =
          windows.try_emplace(line.node, Window{NodeName(voice, line), *line.started, *line.ended});
      at->second.from = std::min(at->second.from, *line.started);
      at->second.to = std::max(at->second.to, *line.ended);
    }
  }
  std::vector<LogWindow> found;
  for (const auto& [node, window] : windows) {
    if (found.size() == limit) break;
    found.push_back({window.node, "journalctl --since \"" + JournalTime(window.from - kMargin) +
                                      "\" --until \"" + JournalTime(window.to + kMargin) + "\""});
  }
  return found;
}

}  // namespace backup_monitor
