#include "random/run_histories_recovery.h"

#include <algorithm>

namespace backup_monitor::testing {
namespace {

struct KnownData {
  bool newer = false;  ///< A good record is newer than what the mail takes for the newest.
  bool same = false;   ///< A good record is what it takes for the newest.
};

KnownData DataKnown(const Mail& mail, const RecoveryCrossing& crossing, const History& history,
                    const Night& night) {
  KnownData known;
  for (const auto& [key, seen] : night.first_seen()) {
    const auto truth = history.backups.find(key);
    if (key.module != crossing.module || !mail.Knows(seen) || truth == history.backups.end() ||
        !truth->second.saved)
      continue;
    // The node's clock may be ahead.
    const Time start = std::min(key.start, seen.at);
    known.newer |= start > crossing.newest;
    known.same |= start <= crossing.newest && crossing.newest <= seen.at;
  }
  return known;
}

}  // namespace

std::vector<std::string> CrossingFaults(const Mail& mail, const History& history,
                                        const Night& night) {
  std::vector<std::string> faults;
  if (!history.watched_well) return faults;
  for (const RecoveryCrossing& crossing : mail.crossings) {
    const std::string data =
        "data of " + crossing.module.value() + " of " + Text(crossing.newest) + ": " + Text(mail);
    const KnownData known = DataKnown(mail, crossing, history, night);
    if (known.newer) faults.push_back("had been seen, newer than the " + data);
    if (!known.same) faults.push_back("there was no good " + data);
    if (crossing.over == (mail.at - crossing.newest <= crossing.target))
      faults.push_back("the target says otherwise of the " + data);
  }
  return faults;
}

}  // namespace backup_monitor::testing
