#include "adapters/sqlite/inbox_rows.h"

#include <string>

namespace backup_monitor {
namespace {

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

bool InboxLevel::Add(std::int64_t bytes, std::int64_t most) noexcept {
  if (bytes_.fetch_add(bytes) + bytes <= most) return true;
  bytes_ -= bytes;
  return false;
}

std::int64_t InboxBytesOf(const TriggerText& text) noexcept {
  return static_cast<std::int64_t>(text.body.size()) + kRowBytes;
}

Result<std::int64_t> ReadInboxBytes(Database& database) {
  std::int64_t bytes = 0;
  auto query =
      database.Prepare("SELECT coalesce(sum(length(CAST(body AS BLOB)) + ?1), 0) FROM inbox");
  query.Bind(kRowBytes);
  if (query.Next()) query.Read(bytes);
  if (auto ran = query.Run(); !ran) return Fail(ran.error());
  return bytes;
}

Result<TriggerId> InsertTrigger(Database& database, const TriggerText& text, Time received_at) {
  auto added = database.Prepare("INSERT INTO inbox (received_at, kind, body) VALUES (?1, ?2, ?3)")
                   .Bind(received_at, text.kind, text.body)
                   .Run();
  if (!added) return Fail(added.error());
  return TriggerId{sqlite3_last_insert_rowid(database.handle())};
}

Result<std::int64_t> DeleteTriggers(Database& database, const std::vector<TriggerId>& triggers) {
  std::int64_t freed = 0;
  for (const TriggerId trigger : triggers) {
    auto query = database.Prepare(
        "DELETE FROM inbox WHERE id = ?1 RETURNING length(CAST(body AS BLOB)) + ?2");
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

}  // namespace backup_monitor
