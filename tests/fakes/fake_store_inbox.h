#pragma once

#include <mutex>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "store/inbox.h"

namespace backup_monitor::testing {

/// An inbox held in memory. Answers inside Accept(), on the caller's thread, so that a test knows
/// when it is done.
class FakeInbox final : public Inbox {
 public:
  /// From now on nothing can be stored or read, as with a full disk. std::nullopt heals it.
  void SetOutage(std::optional<Error> outage) {
    const std::lock_guard lock{mutex_};
    outage_ = std::move(outage);
  }

  /// What RunStore::Transaction does with RunChanges::settled.
  void Settle(const std::vector<TriggerId>& settled) {
    const std::lock_guard lock{mutex_};
    const std::set<TriggerId> gone{settled.begin(), settled.end()};
    std::erase_if(triggers_, [&](const Trigger& trigger) { return gone.contains(trigger.id); });
  }

  void Accept(std::vector<TriggerBody> bodies, Time received_at, Done done) override {
    done(Keep(std::move(bodies), received_at));  // outside the lock: it may call us again
  }

  Result<std::vector<Trigger>> Pending() override {
    const std::lock_guard lock{mutex_};
    if (outage_) return Fail(*outage_);
    return triggers_;
  }

 private:
  Result<std::vector<TriggerId>> Keep(std::vector<TriggerBody> bodies, Time received_at) {
    const std::lock_guard lock{mutex_};
    if (outage_) return Fail(*outage_);
    std::vector<TriggerId> ids;
    for (TriggerBody& body : bodies) {
      ids.push_back(TriggerId{++newest_});
      triggers_.push_back({ids.back(), received_at, std::move(body)});
    }
    return ids;
  }

  std::mutex mutex_;
  std::optional<Error> outage_;
  std::vector<Trigger> triggers_;
  std::int64_t newest_ = 0;
};

}  // namespace backup_monitor::testing
