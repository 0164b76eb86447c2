#include "journal/journal_entry.h"

#include <utility>

#include "base/json/json_value.h"
#include "text/fit_text.h"

namespace backup_monitor::journal {
namespace {

/// Its beginning says what it is, and its end what went wrong.
std::string Bounded(std::string_view message) {
  constexpr std::size_t kHalf = JournalEntry::kMostMessage / 2 - 8;
  if (message.size() <= JournalEntry::kMostMessage) return std::string{message};
  return std::string{BeginningOf(message, kHalf)}.append(" … ").append(EndingOf(message, kHalf));
}

}  // namespace

Result<JournalEntry> ReadEntry(EntryTime at, std::optional<ModuleId> module,
                               std::string_view line) {
  const auto document = ParseJsonObject(line, {.utf8_only = false});
  if (!document) return Fail(document.error());
  const JsonValue* message = Member(*document, "MESSAGE");
  if (message == nullptr || !message->IsString())
    return Fail(ErrorCode::kInvalidInput, "no text as MESSAGE");
  const auto field = [&document](std::string_view name) {
    return std::string{BeginningOf(TextMember(*document, name), 256)};
  };
  JournalEntry entry;
  entry.at = at;
  entry.module = std::move(module);
  entry.of_root = TextMember(*document, "_UID") == "0";
  entry.boot = field("_BOOT_ID");
  entry.process = field("_PID");
  entry.unit = field("_SYSTEMD_UNIT");
  entry.identifier = field("SYSLOG_IDENTIFIER");
  entry.subject_unit = field("UNIT");
  entry.message = Bounded(TextOf(*message));
  return entry;
}

}  // namespace backup_monitor::journal
