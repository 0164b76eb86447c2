#pragma once

#include <tuple>

#include "catch.h"
#include "contract/store/samples.h"
#include "fakes/fake_outbox.h"
#include "fakes/temporary_store.h"

namespace backup_monitor::testing {

struct FakeOutboxWorld {
  FakeOutbox fake;
  notify::Outbox& outbox() { return fake; }
  void AddRun(std::int64_t id) { fake.AddRun(RunId{id}); }
  MessageId Posted(const Message& message) { return fake.Post(message); }
  bool Refuses(const Message& message) {
    try {
      fake.Post(message);
      return false;
    } catch (const std::invalid_argument&) {
      return true;
    }
  }
  store::DeliveryStatus Delivery(MessageId message, std::size_t index) {
    const std::string recipient = fake.Fetch(message)->recipients.at(index);
    auto row = fake.At(message, recipient);
    return {recipient, row.state, row.next_attempt, std::move(row.attempts)};
  }
};

struct SqliteOutboxWorld {
  TemporaryStore store;
  notify::Outbox& outbox() { return store->outbox(); }
  void AddRun(std::int64_t id) {
    REQUIRE(Save(store->runs(), ClosedRun(id, "1", 1000, Outcome::kSuccess)));
  }
  MessageId Posted(const Message& message) { return Post(store->runs(), message); }
  bool Refuses(const Message& message) {
    const auto transaction = store->runs().Begin().value();
    const auto posted = transaction->Post(message);
    return !posted && posted.error().code == ErrorCode::kInvalidInput && transaction->Commit();
  }
  store::DeliveryStatus Delivery(MessageId message, std::size_t index) {
    return store->archive().ReadMessage(message).value().deliveries.at(index);
  }
};

using OutboxWorlds = std::tuple<FakeOutboxWorld, SqliteOutboxWorld>;

inline Attempt Tried(AttemptResult result, std::int64_t at = 1001,
                     std::string detail = "451 later") {
  return {At(at), result, std::move(detail)};
}

}  // namespace backup_monitor::testing
