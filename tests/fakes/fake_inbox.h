#pragma once

#include <mutex>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "store/inbox.h"

namespace backup_monitor::testing {

/// An inbox held in memory. Answers inside Accept(), on the caller's thread, unless told to hold.
class FakeInbox final : public store::Inbox {
 public:
  /// From now on nothing can be stored or read, as with a full disk. std::nullopt heals it.
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

  /// What RunStore::Transaction does with RunChanges::settled.
  void Settle(const std::vector<TriggerId>& settled) {
    const std::lock_guard lock{mutex_};
    const std::set<TriggerId> gone{settled.begin(), settled.end()};
    std::erase_if(triggers_, [&](const Trigger& trigger) { return gone.contains(trigger.id); });
  }

  void Accept(std::vector<TriggerBody> bodies, Time received_at, Done done) override {
    std::unique_lock lock{mutex_};
    if (holding_) {
      held_.push_back({std::move(bodies), received_at, std::move(done)});
      return;
    }
    auto kept = Keep(std::move(bodies), received_at);
    lock.unlock();  // `done` may call us again
    done(std::move(kept));
  }

  using store::Inbox::Pending;
  Result<Portion> Pending(Kinds kinds, TriggerId after, std::size_t most_bytes) override {
    const std::lock_guard lock{mutex_};
    if (outage_) return Fail(*outage_);
    Portion portion;
    std::size_t bytes = 0;
    for (const Trigger& trigger : triggers_) {
      const bool alert = std::holds_alternative<Alert>(trigger.body);
      if (trigger.id <= after || (kinds != Kinds::kAll && alert != (kinds == Kinds::kAlerts)))
        continue;
      bytes += MemoryOf(trigger.body);
      portion.more = !portion.triggers.empty() && bytes > most_bytes;
      if (portion.more) break;
      portion.triggers.push_back(trigger);
    }
    return portion;
  }

 private:
  struct Held {
    std::vector<TriggerBody> bodies;
    Time received_at;
    Done done;
  };

  Result<std::vector<TriggerId>> Keep(std::vector<TriggerBody> bodies, Time received_at) {
    if (outage_) return Fail(*outage_);
    std::vector<TriggerId> ids;
    for (TriggerBody& body : bodies) {
      if (const auto waiting = Waiting(body)) {
        ids.push_back(*waiting);
        continue;
      }
      ids.push_back(TriggerId{++newest_});
      triggers_.push_back({ids.back(), received_at, std::move(body)});
    }
    return ids;
  }

  [[nodiscard]] std::optional<TriggerId> Waiting(const TriggerBody& body) const {
    const auto* alert = std::get_if<Alert>(&body);
    if (alert == nullptr || !alert->starts_at) return {};
    for (const Trigger& trigger : triggers_) {
      if (trigger.body == body) return trigger.id;
    }
    return {};
  }

  std::mutex mutex_;
  bool holding_ = false;
  std::vector<Held> held_;
  std::optional<Error> outage_;
  std::vector<Trigger> triggers_;
  std::int64_t newest_ = 0;
};

}  // namespace backup_monitor::testing
