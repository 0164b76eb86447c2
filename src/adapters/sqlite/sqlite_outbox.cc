#include "adapters/sqlite/sqlite_outbox.h"

#include "adapters/sqlite/message_rows.h"
#include "adapters/sqlite/write_transaction.h"

namespace backup_monitor::sqlite {
namespace {

using notify::DueDelivery;

Result<std::vector<DueDelivery>> ReadDeliveries(Query& query) {
  std::vector<DueDelivery> deliveries;
  while (query.Next()) {
    DueDelivery& delivery = deliveries.emplace_back();
    query.Read(delivery.message, delivery.recipient, delivery.since, delivery.counted,
               delivery.attempts);
  }
  if (auto ran = query.Run(); !ran) return Fail(std::move(ran.error()).While("read the outbox"));
  return deliveries;
}

}  // namespace

Result<std::vector<DueDelivery>> SqliteOutbox::Due(Time now, int limit, seconds oldest) {
  const MutexLock lock{mutex_};
  // In the order of the index, so that the first rows are found without sorting all of them.
  auto query = database_.Prepare(
      "SELECT message, recipient, since, counted - counted_from, attempts "
      "FROM outbox_time CROSS JOIN delivery INDEXED BY delivery_order "
      "WHERE state = 'waiting' AND next_attempt <= ?1 "
      "AND (counted - counted_from <= ?3 OR (since <= ?1 AND ?1 - since <= ?3)) "
      "ORDER BY rank, attempts, message, position LIMIT ?2");
  query.Bind(now, limit, oldest);
  return ReadDeliveries(query);
}

Result<std::vector<DueDelivery>> SqliteOutbox::WaitingLongerThan(seconds patience) {
  const MutexLock lock{mutex_};
  auto query = database_.Prepare(
      "SELECT message, recipient, since, (SELECT counted FROM outbox_time) - counted_from, "
      "attempts "
      "FROM delivery WHERE state = 'waiting' AND counted_from < (SELECT counted FROM outbox_time) "
      "- ?1 "
      "ORDER BY message, position");
  query.Bind(patience);
  return ReadDeliveries(query);
}

Result<std::optional<Time>> SqliteOutbox::NextDue() {
  const MutexLock lock{mutex_};
  std::optional<Time> next;
  auto query = database_.Prepare("SELECT min(next_attempt) FROM delivery WHERE state = 'waiting'");
  if (query.Next()) query.Read(next);
  if (auto ran = query.Run(); !ran) return Fail(std::move(ran.error()).While("read the outbox"));
  return next;
}

Result<Message> SqliteOutbox::Fetch(MessageId message) {
  const MutexLock lock{mutex_};
  const ReadTransaction view{database_};
  return ReadMessageRow(database_, message, MailBytes::kRead);
}

Result<std::vector<notify::Delivery>> SqliteOutbox::DeliveriesOf(MessageId message) {
  const MutexLock lock{mutex_};
  std::vector<notify::Delivery> deliveries;
  auto query = database_.Prepare(
      "SELECT recipient, state, answer FROM delivery WHERE message = ?1 ORDER BY position");
  query.Bind(message);
  while (query.Next()) {
    notify::Delivery& delivery = deliveries.emplace_back();
    query.Read(delivery.recipient, delivery.state, delivery.answer);
  }
  if (auto ran = query.Run(); !ran) return Fail(std::move(ran.error()).While("read the outbox"));
  return deliveries;
}

Result<void> SqliteOutbox::Write(std::string_view attempt,
                                 const std::function<Result<void>()>& work) {
  auto turn = turn_.Acquire(kBusyPatience);
  if (!turn)
    return Fail(Error{ErrorCode::kUnavailable, "the store is busy writing"}.While(attempt));
  const MutexLock lock{mutex_};
  auto transaction = WriteTransaction::Begin(database_, std::move(*turn));
  if (!transaction) return Fail(std::move(transaction.error()).While(attempt));
  auto done = work();
  if (done) done = transaction->Commit();
  if (!done) return Fail(std::move(done.error()).While(attempt));
  return {};
}

Result<void> SqliteOutbox::Record(MessageId message, const std::string& recipient,
                                  const Attempt& attempt, DeliveryState state, Time next_attempt) {
  return Write("record an attempt", [&]() REQUIRES(mutex_) -> Result<void> {
    auto updated = UpdateDelivery(message, recipient, attempt, state, next_attempt);
    if (!updated) return updated;
    return AddAttempt(message, recipient, attempt);
  });
}

Result<void> SqliteOutbox::UpdateDelivery(MessageId message, const std::string& recipient,
                                          const Attempt& attempt, DeliveryState state,
                                          Time next_attempt) {
  const int counted = attempt.result == AttemptResult::kDisabled ? 0 : 1;
  const std::string refusal = attempt.result == AttemptResult::kRefused ? attempt.detail : "";
  auto updated =
      database_
          .Prepare(
              "UPDATE delivery SET state = iif(state = 'delivered', state, ?3), "
              "next_attempt = ?4, attempts = attempts + ?5, answer = ?6, refusal = ?7 "
              "WHERE message = ?1 AND recipient = ?2")
          .Bind(message, recipient, state, next_attempt, counted, attempt.answer, refusal)
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

Result<void> SqliteOutbox::Summarize(const std::vector<DueDelivery>& waiting,
                                     const Message& summary) {
  return Write("post a summary", [&]() REQUIRES(mutex_) -> Result<void> {
    for (const DueDelivery& delivery : waiting) {
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
  return Write("send a message again", [&]() REQUIRES(mutex_) -> Result<void> {
    if (auto begun = BeginToWait(database_, now); !begun) return begun;
    auto updated =
        database_
            .Prepare(
                "UPDATE delivery SET state = 'waiting', next_attempt = ?2, since = ?2, "
                "counted_from = (SELECT counted FROM outbox_time), attempts = 0, answer = '', "
                "refusal = '' WHERE message = ?1")
            .Bind(message, now)
            .Run();
    if (updated && sqlite3_changes(database_.handle()) == 0) {
      return Fail(ErrorCode::kNotFound, "there is no such message");
    }
    return updated;
  });
}

Result<int> SqliteOutbox::WakeAll(Time now) {
  int woken = 0;
  auto done = Write("wake the outbox", [&]() REQUIRES(mutex_) -> Result<void> {
    auto updated = database_
                       .Prepare(
                           "UPDATE delivery SET next_attempt = ?1 WHERE state = 'waiting' AND "
                           "next_attempt > ?1")
                       .Bind(now)
                       .Run();
    woken = sqlite3_changes(database_.handle());
    if (!updated || woken == 0) return updated;
    return database_.Prepare("UPDATE outbox_time SET woken_at = ?1").Bind(now).Run();
  });
  if (!done) return Fail(std::move(done.error()));
  return woken;
}

Result<void> SqliteOutbox::CountTime(seconds by, Time now) {
  return Write("count the time of the outbox", [&]() REQUIRES(mutex_) -> Result<void> {
    auto counted = database_.Prepare("UPDATE outbox_time SET counted = counted + ?1, read_at = ?2")
                       .Bind(by, now)
                       .Run();
    if (!counted || by >= seconds{0}) return counted;
    // Nothing begins to wait in the future.
    return database_
        .Prepare(
            "UPDATE delivery SET counted_from = (SELECT counted FROM outbox_time) "
            "WHERE state = 'waiting' AND counted_from > (SELECT counted FROM outbox_time)")
        .Run();
  });
}

Result<notify::OutboxTime> SqliteOutbox::ReadTime() {
  const MutexLock lock{mutex_};
  notify::OutboxTime time;
  auto query = database_.Prepare("SELECT counted, read_at, woken_at FROM outbox_time");
  if (query.Next()) query.Read(time.counted, time.read_at, time.woken_at);
  if (auto ran = query.Run(); !ran) return Fail(std::move(ran.error()).While("read the outbox"));
  return time;
}

Result<notify::OutboxCounts> SqliteOutbox::Count() {
  const MutexLock lock{mutex_};
  notify::OutboxCounts counts;
  auto query = database_.Prepare(
      "SELECT (SELECT count(*) FROM delivery WHERE state = 'waiting'), "
      "(SELECT count(*) FROM delivery WHERE state = 'failed'), "
      "(SELECT count(*) FROM delivery WHERE state = 'waiting' AND refusal <> ''), "
      "coalesce((SELECT refusal FROM delivery WHERE state = 'waiting' AND refusal <> '' "
      "ORDER BY next_attempt DESC LIMIT 1), '')");
  if (query.Next()) query.Read(counts.waiting, counts.failed, counts.refused, counts.refusal);
  if (auto ran = query.Run(); !ran) return Fail(std::move(ran.error()).While("count the outbox"));
  return counts;
}

}  // namespace backup_monitor::sqlite
