#pragma once

#include <cstddef>
#include <functional>
#include <limits>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "model/trigger.h"

namespace backup_monitor::store {

/// Accepted triggers that nobody has dealt with yet. What `done` has confirmed survives kill -9 and
/// power loss; the run store takes rows out when their consequences are on disk too.
class Inbox {
 public:
  using Done = std::function<void(Result<std::vector<TriggerId>>)>;

  virtual ~Inbox() = default;

  /// Stores all of `bodies` or none. Returns at once, from any thread; `done` is called once, on a
  /// thread of the inbox, after the commit is on disk. Requests that come together share one commit.
  ///
  /// An alert that waits already, word for word, is not stored again: it keeps the time when it first came.
  /// One without `startsAt` is always its own.
  ///
  /// \return through `done`: the ids in order; kUnavailable if it cannot be stored now (disk
  ///         full, too much waits already, stopping), and then nothing is stored.
  virtual void Accept(std::vector<TriggerBody> bodies, Time received_at, Done done) = 0;

  /// Alerts may come as a flood; what else there is does not wait behind them.
  enum class Kinds { kAll, kAlerts, kOthers };

  struct Portion {
    std::vector<Trigger> triggers;
    bool more = false;  ///< There are more of these kinds.
  };

  /// What is not yet settled and was accepted after `after`, oldest first: as much as takes `most_bytes`
  /// of memory (MemoryOf()), one trigger at least.
  [[nodiscard]] virtual Result<Portion> Pending(Kinds kinds, TriggerId after,
                                                std::size_t most_bytes) = 0;

  /// Everything not yet settled.
  [[nodiscard]] Result<std::vector<Trigger>> Pending() {
    return Pending(Kinds::kAll, TriggerId{}, std::numeric_limits<std::size_t>::max())
        .map([](Portion portion) { return std::move(portion.triggers); });
  }
};

}  // namespace backup_monitor::store
