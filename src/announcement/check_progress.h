#pragma once

#include <vector>

#include "base/clock.h"
#include "model/ids.h"
#include "probe/probe_plan.h"

namespace backup_monitor::announcement {

/// The repository checks that one report waits for.
struct ProbeJob {
  PostponedId report{};
  std::vector<probe::ProbeOrder> orders;
  Time begin_before;  ///< A check begins only if it may take its whole time until then.
};

/// What the Announcer asks whoever checks repositories: how far the checks are that reports wait for.
/// app/RepositoryChecker implements it.
class CheckProgress {
 public:
  virtual ~CheckProgress() = default;

  /// None of `missing` will be checked for this report: there was no time.
  [[nodiscard]] virtual bool HasGivenUp(PostponedId report,
                                        const std::vector<probe::ProbeOrder>& missing) const = 0;
  /// A check of the destination of one of `orders` could not begin, because an earlier one has not ended:
  /// that is what they wait for, or have waited for in vain.
  [[nodiscard]] virtual bool IsBlocked(const std::vector<probe::ProbeOrder>& orders) const = 0;
};

}  // namespace backup_monitor::announcement
