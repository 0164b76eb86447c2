#pragma once

#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "store/inbox.h"

namespace backup_monitor::testing {

/// An inbox held in memory. Answers at once, on the caller's thread, unless told to hold.
class FakeInbox final : public Inbox {
 public:
  /// From now on nothing can be stored, as on a full disk. std::nullopt heals it.
  void SetOutage(std::optional<Error> outage) {
    const std::lock_guard lock{mutex_};
    outage_ = std::move(outage);
  }

  /// From now on the commit takes until Release(). What is held counts as stored only then.
  void Hold() {
    const std::lock_guard lock{mutex_};
    holding_ = true;
  }
  void Release() {
    std::vector<Held> held;
    {
      const std::lock_guard lock{mutex_};
      holding_ = false;
      held.swap(held_);
    }
    for (Held& one : held) Accept(std::move(one.bodies), one.received_at, std::move(one.done));
  }

  void Accept(std::vector<TriggerBody> bodies, Time received_at, Done done) override {
    std::unique_lock lock{mutex_};
    if (holding_) {
      held_.push_back({std::move(bodies), received_at, std::move(done)});
      return;
    }
    if (outage_) {
      const Error outage = *outage_;
      lock.unlock();
      return done(Fail(outage));
    }
    std::vector<TriggerId> ids;
    for (TriggerBody& body : bodies) {
      ids.push_back(TriggerId{static_cast<std::int64_t>(stored_.size()) + 1});
      stored_.push_back({ids.back(), received_at, std::move(body)});
    }
    lock.unlock();
    done(std::move(ids));
  }

  Result<std::vector<Trigger>> Pending() override {
    const std::lock_guard lock{mutex_};
    if (outage_) return Fail(*outage_);
    return stored_;
  }

 private:
  struct Held {
    std::vector<TriggerBody> bodies;
    Time received_at;
    Done done;
  };
  std::mutex mutex_;
  bool holding_ = false;
  std::vector<Held> held_;
  std::optional<Error> outage_;
  std::vector<Trigger> stored_;
};

}  // namespace backup_monitor::testing
