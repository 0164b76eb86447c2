#include "adapters/sqlite/sqlite_outbox.h"

#include "adapters/sqlite/message_rows.h"
#include "adapters/sqlite/write_transaction.h"

namespace backup_monitor {
namespace {

Result<std::vector<DueDelivery>> ReadDeliveries(Query& query) {
  std::vector<DueDelivery> deliveries;
  while (query.Next()) {
    DueDelivery& delivery = deliveries.emplace_back();
    query.Read(delivery.message, delivery.recipient, delivery.created_at, delivery.attempts);
  }
  if (auto ran = query.Run(); !ran) return Fail(std::move(ran.error()).While("read the outbox"));
  return deliveries;
}

}  // namespace

Result<std::vector<DueDelivery>> SqliteOutbox::Due(Time now, int limit) {
  const std::lock_guard lock{mutex_};
  auto query = database_.Prepare(
      "SELECT d.message, d.recipient, coalesce(d.again_at, m.created_at), d.attempts FROM delivery d "
      "JOIN message m ON m.id = d.message WHERE d.state = 'waiting' AND d.next_attempt <= ?1 "
      "ORDER BY d.message, d.position LIMIT ?2");
  query.Bind(now, limit);
  return ReadDeliveries(query);
}

Result<std::vector<DueDelivery>> SqliteOutbox::WaitingSince(Time before) {
  const std::lock_guard lock{mutex_};
  auto query = database_.Prepare(
      "SELECT d.message, d.recipient, coalesce(d.again_at, m.created_at), d.attempts FROM delivery d "
      "JOIN message m ON m.id = d.message WHERE d.state = 'waiting' AND coalesce(d.again_at, m.created_at) < ?1 "
      "ORDER BY d.message, d.position");
  query.Bind(before);
  return ReadDeliveries(query);
}

Result<std::optional<Time>> SqliteOutbox::NextDue() {
  const std::lock_guard lock{mutex_};
  std::optional<Time> next;
  auto query = database_.Prepare("SELECT min(next_attempt) FROM delivery WHERE state = 'waiting'");
  if (query.Next()) query.Read(next);
  if (auto ran = query.Run(); !ran) return Fail(std::move(ran.error()).While("read the outbox"));
  return next;
}

Result<Message> SqliteOutbox::Fetch(MessageId message) {
  const std::lock_guard lock{mutex_};
  const ReadTransaction view{database_};
  return ReadMessageRow(database_, message, MailBytes::kRead);
}

Result<void> SqliteOutbox::Write(std::string_view attempt,
                                 const std::function<Result<void>()>& work) {
  auto held = turn_.Take(kBusyPatience);
  if (!held)
    return Fail(Error{ErrorCode::kUnavailable, "the store is busy writing"}.While(attempt));
  const std::lock_guard lock{mutex_};
  auto transaction = WriteTransaction::Begin(database_, std::move(*held));
  if (!transaction) return Fail(std::move(transaction.error()).While(attempt));
  auto done = work();
  if (done) done = transaction->Commit();
  if (!done) return Fail(std::move(done.error()).While(attempt));
  return {};
}

Result<void> SqliteOutbox::Record(MessageId message, const std::string& recipient,
                                  const Attempt& attempt, DeliveryState state, Time next_attempt) {
  return Write("record an attempt", [&]() -> Result<void> {
    auto updated = UpdateDelivery(message, recipient, attempt.result, state, next_attempt);
    if (!updated) return updated;
    return AddAttempt(message, recipient, attempt);
  });
}

Result<void> SqliteOutbox::UpdateDelivery(MessageId message, const std::string& recipient,
                                          AttemptResult result, DeliveryState state,
                                          Time next_attempt) {
  const int counted = result == AttemptResult::kDisabled ? 0 : 1;
  auto updated =
      database_
          .Prepare(
              "UPDATE delivery SET state = iif(state = 'delivered', state, ?3), "
              "next_attempt = ?4, attempts = attempts + ?5 WHERE message = ?1 AND recipient = ?2")
          .Bind(message, recipient, state, next_attempt, counted)
          .Run();
  if (updated && sqlite3_changes(database_.handle()) == 0) {
    return Fail(ErrorCode::kNotFound, "there is no such delivery");
  }
  return updated;
}

Result<void> SqliteOutbox::AddAttempt(MessageId message, const std::string& recipient,
                                      const Attempt& attempt) {
  auto added = database_
                   .Prepare(
                       "INSERT INTO attempt (message, recipient, number, at, result, detail) "
                       "SELECT ?1, ?2, coalesce(max(number), 0) + 1, ?3, ?4, ?5 FROM attempt "
                       "WHERE message = ?1 AND recipient = ?2")
                   .Bind(message, recipient, attempt.at, attempt.result, attempt.detail)
                   .Run();
  if (!added) return added;
  return database_
      .Prepare(
          "DELETE FROM attempt WHERE message = ?1 AND recipient = ?2 AND number <= "
          "(SELECT max(number) FROM attempt WHERE message = ?1 AND recipient = ?2) - 50")
      .Bind(message, recipient)
      .Run();
}

Result<void> SqliteOutbox::Summarize(const std::vector<DueDelivery>& told, const Message& summary) {
  return Write("post a summary", [&]() -> Result<void> {
    for (const DueDelivery& delivery : told) {
      auto ended = database_
                       .Prepare(
                           "UPDATE delivery SET state = 'summarized' "
                           "WHERE message = ?1 AND recipient = ?2 AND state = 'waiting'")
                       .Bind(delivery.message, delivery.recipient)
                       .Run();
      if (!ended) return ended;
    }
    if (auto posted = InsertMessage(database_, summary); !posted) return Fail(posted.error());
    return {};
  });
}

Result<void> SqliteOutbox::SendAgain(MessageId message, Time now) {
  return Write("send a message again", [&]() -> Result<void> {
    auto updated = database_
                       .Prepare(
                           "UPDATE delivery SET state = 'waiting', next_attempt = ?2, again_at = ?2, attempts = 0 "
                           "WHERE message = ?1")
                       .Bind(message, now)
                       .Run();
    if (updated && sqlite3_changes(database_.handle()) == 0) {
      return Fail(ErrorCode::kNotFound, "there is no such message");
    }
    return updated;
  });
}

Result<void> SqliteOutbox::WakeAll(Time now) {
  return Write("wake the outbox", [&] {
    return database_
        .Prepare(
            "UPDATE delivery SET next_attempt = ?1 WHERE state = 'waiting' AND next_attempt > ?1")
        .Bind(now)
        .Run();
  });
}

Result<OutboxCounts> SqliteOutbox::Count() {
  const std::lock_guard lock{mutex_};
  OutboxCounts counts;
  auto query = database_.Prepare(
      "SELECT (SELECT count(*) FROM delivery WHERE state = 'waiting'), "
      "(SELECT count(*) FROM delivery WHERE state = 'failed')");
  if (query.Next()) query.Read(counts.waiting, counts.failed);
  if (auto ran = query.Run(); !ran) return Fail(std::move(ran.error()).While("count the outbox"));
  return counts;
}

}  // namespace backup_monitor
