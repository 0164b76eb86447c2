#include "adapters/sqlite/message_rows.h"

#include "notify/delivery_rank.h"

namespace backup_monitor::sqlite {
namespace {

Result<void> CheckRuns(Database& database, const std::vector<RunId>& runs) {
  for (const RunId run : runs) {
    auto query = database.Prepare("SELECT 1 FROM run WHERE id = ?1");
    const bool found = query.Bind(run).Next();
    if (auto ran = query.Run(); !ran) return ran;
    if (found) continue;
    return Fail(ErrorCode::kInvalidInput, "the message reports run " +
                                              std::to_string(static_cast<std::int64_t>(run)) +
                                              ", which does not exist");
  }
  return {};
}

Result<void> InsertParts(Database& database, MessageId id, const Message& message) {
  int position = 0;
  for (const RunId run : message.runs) {
    auto added =
        database.Prepare("INSERT INTO message_run (message, position, run) VALUES (?1, ?2, ?3)")
            .Bind(id, position++, run)
            .Run();
    if (!added) return added;
  }
  for (const std::string& recipient : message.recipients) {
    auto added =
        database
            .Prepare(
                "INSERT INTO delivery (message, recipient, position, state, next_attempt, "
                "attempts, rank, since, counted_from) VALUES (?1, ?2, ?3, 'waiting', ?4, 0, ?5, "
                "?4, (SELECT counted FROM outbox_time)) ON CONFLICT DO NOTHING")
            .Bind(id, recipient, position++, message.created_at, notify::RankOf(message.kind))
            .Run();
    if (!added) return added;
  }
  return {};
}

Result<void> ReadAttempts(Database& database, MessageId id, store::DeliveryStatus& delivery) {
  auto query = database.Prepare(
      "SELECT at, result, detail FROM attempt WHERE message = ?1 AND recipient = ?2 ORDER BY "
      "number");
  query.Bind(id, delivery.recipient);
  while (query.Next()) {
    Attempt& attempt = delivery.attempts.emplace_back();
    query.Read(attempt.at, attempt.result, attempt.detail);
  }
  return query.Run();
}

}  // namespace

Result<void> BeginToWait(Database& database, Time now) {
  return database
      .Prepare(
          "UPDATE outbox_time SET read_at = ?1 "
          "WHERE NOT EXISTS (SELECT 1 FROM delivery WHERE state = 'waiting')")
      .Bind(now)
      .Run();
}

Result<MessageId> InsertMessage(Database& database, const Message& message) {
  if (auto checked = CheckRuns(database, message.runs); !checked) return Fail(checked.error());
  if (auto begun = BeginToWait(database, message.created_at); !begun) return Fail(begun.error());
  auto added =
      database
          .Prepare(
              "INSERT INTO message (kind, request, created_at, message_id, thread_root, "
              "sender, subject, mail, html) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")
          .Bind(message.kind, message.request, message.created_at, message.message_id,
                message.thread_root, message.sender, message.subject, message.mail, message.html)
          .Run();
  if (!added) return Fail(added.error());
  const MessageId id{sqlite3_last_insert_rowid(database.handle())};
  if (auto parts = InsertParts(database, id, message); !parts) return Fail(parts.error());
  return id;
}

Result<Message> ReadMessageRow(Database& database, MessageId id, MailBytes bytes) {
  Message message;
  auto query = database.Prepare(bytes == MailBytes::kRead
                                    ? "SELECT id, kind, request, created_at, message_id, "
                                      "thread_root, sender, subject, mail, html "
                                      "FROM message WHERE id = ?1"
                                    : "SELECT id, kind, request, created_at, message_id, "
                                      "thread_root, sender, subject, '', '' "
                                      "FROM message WHERE id = ?1");
  if (!query.Bind(id).Next()) {
    if (auto ran = query.Run(); !ran) return Fail(ran.error());
    return Fail(ErrorCode::kNotFound,
                "there is no message " + std::to_string(static_cast<std::int64_t>(id)));
  }
  query.Read(message.id, message.kind, message.request, message.created_at, message.message_id,
             message.thread_root, message.sender, message.subject, message.mail, message.html);
  if (auto ran = query.Run(); !ran) return Fail(ran.error());

  auto runs = database.Prepare("SELECT run FROM message_run WHERE message = ?1 ORDER BY position");
  runs.Bind(id);
  while (runs.Next()) runs.Read(message.runs.emplace_back());
  if (auto ran = runs.Run(); !ran) return Fail(ran.error());

  auto recipients =
      database.Prepare("SELECT recipient FROM delivery WHERE message = ?1 ORDER BY position");
  recipients.Bind(id);
  while (recipients.Next()) recipients.Read(message.recipients.emplace_back());
  if (auto ran = recipients.Run(); !ran) return Fail(ran.error());
  return message;
}

Result<store::MessageStatus> ReadMessageStatus(Database& database, MessageId id, MailBytes bytes) {
  auto message = ReadMessageRow(database, id, bytes);
  if (!message) return Fail(message.error());
  store::MessageStatus status{.message = std::move(*message), .deliveries = {}};
  auto query = database.Prepare(
      "SELECT recipient, state, next_attempt FROM delivery WHERE message = ?1 ORDER BY position");
  query.Bind(id);
  while (query.Next()) {
    store::DeliveryStatus& delivery = status.deliveries.emplace_back();
    query.Read(delivery.recipient, delivery.state, delivery.next_attempt);
    if (auto read = ReadAttempts(database, id, delivery); !read) return Fail(read.error());
  }
  if (auto ran = query.Run(); !ran) return Fail(ran.error());
  return status;
}

Result<std::vector<MessageId>> MessageIdsOf(Database& database, RunId run) {
  std::vector<MessageId> ids;
  auto query =
      database.Prepare("SELECT DISTINCT message FROM message_run WHERE run = ?1 ORDER BY message");
  query.Bind(run);
  while (query.Next()) query.Read(ids.emplace_back());
  if (auto ran = query.Run(); !ran) return Fail(ran.error());
  return ids;
}

}  // namespace backup_monitor::sqlite
