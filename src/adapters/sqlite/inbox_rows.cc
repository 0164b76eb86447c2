#include "adapters/sqlite/inbox_rows.h"

#include <optional>
#include <string>

namespace backup_monitor::sqlite {
namespace {

using store::Inbox;

constexpr std::int64_t kRowBytes = 64;

std::string_view SelectOf(Inbox::Kinds kinds) {
  switch (kinds) {
    case Inbox::Kinds::kAlerts:
      return "SELECT id, received_at, kind, body FROM inbox WHERE id > ?1 AND kind = 'alert' ORDER "
             "BY id";
    case Inbox::Kinds::kOthers:
      return "SELECT id, received_at, kind, body FROM inbox INDEXED BY inbox_other "
             "WHERE id > ?1 AND kind <> 'alert' ORDER BY id";
    case Inbox::Kinds::kAll: break;
  }
  return "SELECT id, received_at, kind, body FROM inbox WHERE id > ?1 ORDER BY id";
}

}  // namespace

std::int64_t InboxBytesOf(const TriggerText& text) noexcept {
  return static_cast<std::int64_t>(text.body.size() + 2 * text.digest.size()) + kRowBytes;
}

bool InboxLevel::Add(std::int64_t bytes, std::int64_t most) noexcept {
  if (bytes_.fetch_add(bytes) + bytes <= most) return true;
  bytes_ -= bytes;
  return false;
}

/// The row with this digest, if it waits.
Result<std::optional<TriggerId>> FindWaiting(Database& database, const std::string& digest) {
  std::optional<TriggerId> found;
  auto query = database.Prepare("SELECT id FROM inbox WHERE digest = ?1 AND digest <> ''");
  query.Bind(digest);
  if (query.Next()) query.Read(found.emplace());
  else if (auto ran = query.Run(); !ran) return Fail(ran.error());
  return found;
}

Result<std::int64_t> ReadInboxBytes(Database& database) {
  std::int64_t bytes = 0;
  auto query = database.Prepare(
      "SELECT coalesce(sum(length(CAST(body AS BLOB)) + 2 * length(digest) + ?1), 0) FROM inbox");
  query.Bind(kRowBytes);
  if (query.Next()) query.Read(bytes);
  if (auto ran = query.Run(); !ran) return Fail(ran.error());
  return bytes;
}

Result<StoredTrigger> InsertTrigger(Database& database, const TriggerText& text, Time received_at) {
  if (!text.digest.empty()) {
    const auto waiting = FindWaiting(database, text.digest);
    if (!waiting) return Fail(waiting.error());
    if (*waiting) return StoredTrigger{**waiting, false};
  }
  auto added =
      database
          .Prepare("INSERT INTO inbox (received_at, kind, body, digest) VALUES (?1, ?2, ?3, ?4)")
          .Bind(received_at, text.kind, text.body, text.digest)
          .Run();
  if (!added) return Fail(added.error());
  return StoredTrigger{TriggerId{sqlite3_last_insert_rowid(database.handle())}, true};
}

Result<std::int64_t> DeleteTriggers(Database& database, const std::vector<TriggerId>& triggers) {
  std::int64_t freed = 0;
  for (const TriggerId trigger : triggers) {
    auto query = database.Prepare(
        "DELETE FROM inbox WHERE id = ?1 "
        "RETURNING length(CAST(body AS BLOB)) + 2 * length(digest) + ?2");
    query.Bind(trigger, kRowBytes);
    while (query.Next()) {
      std::int64_t bytes = 0;
      query.Read(bytes);
      freed += bytes;
    }
    if (auto ran = query.Run(); !ran) return Fail(ran.error());
  }
  return freed;
}

Result<Inbox::Portion> ReadTriggers(Database& database, Inbox::Kinds kinds, TriggerId after,
                                    std::size_t most_bytes) {
  Inbox::Portion portion;
  std::size_t bytes = 0;
  auto query = database.Prepare(SelectOf(kinds));
  query.Bind(after);
  while (query.Next()) {
    Trigger trigger;
    std::string kind;
    std::string text;
    query.Read(trigger.id, trigger.received_at, kind, text);
    auto body = ReadTrigger(kind, text);
    if (!body) return Fail(body.error());
    bytes += MemoryOf(*body);
    portion.more = !portion.triggers.empty() && bytes > most_bytes;
    if (portion.more) break;
    trigger.body = *std::move(body);
    portion.triggers.push_back(std::move(trigger));
  }
  if (portion.more) return portion;
  if (auto ran = query.Run(); !ran) return Fail(ran.error());
  return portion;
}

}  // namespace backup_monitor::sqlite
