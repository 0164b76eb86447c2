#pragma once

#include <functional>
#include <limits>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "model/trigger.h"

namespace backup_monitor {

/// Accepted triggers that nobody has dealt with yet. What `done` has confirmed survives kill -9 and
/// power loss; the run store takes rows out when their consequences are on disk too.
class Inbox {
 public:
  using Done = std::function<void(Result<std::vector<TriggerId>>)>;

  virtual ~Inbox() = default;

  /// Stores all of `bodies` or none. Returns at once, from any thread; `done` is called once, on a
  /// thread of the inbox, after the commit is on disk. Requests that come together share one commit.
  ///
  /// \return through `done`: the new ids in order; kUnavailable if it cannot be stored now (disk
  ///         full, stopping), and then nothing is stored.
  virtual void Accept(std::vector<TriggerBody> bodies, Time received_at, Done done) = 0;

  /// What is not yet settled and was accepted after `after`, oldest first, at most `limit`.
  [[nodiscard]] virtual Result<std::vector<Trigger>> Pending(TriggerId after, int limit) = 0;

  /// Everything not yet settled.
  [[nodiscard]] Result<std::vector<Trigger>> Pending() {
    return Pending(TriggerId{}, std::numeric_limits<int>::max());
  }
};

}  // namespace backup_monitor
