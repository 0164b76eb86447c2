#pragma once

#include <vector>

#include "adapters/sqlite/database.h"
#include "base/result.h"
#include "model/message.h"
#include "store/run_archive.h"

namespace backup_monitor::sqlite {

/// To be called before something begins to wait at `now`: where nothing waited so far, the outbox's reckoning
/// of time has stood still, and goes on from here.
[[nodiscard]] Result<void> BeginToWait(Database& database, Time now);

/// Adds a message, due at `created_at` for each recipient; one named twice is kept once. Inside a
/// transaction of the caller's.
[[nodiscard]] Result<MessageId> InsertMessage(Database& database, const Message& message);

/// With its runs and recipients. \return kNotFound.
enum class MailBytes { kLeaveOut, kRead };
[[nodiscard]] Result<Message> ReadMessageRow(Database& database, MessageId id, MailBytes bytes);

/// With every delivery and its attempts. \return kNotFound.
[[nodiscard]] Result<store::MessageStatus> ReadMessageStatus(Database& database, MessageId id,
                                                             MailBytes bytes);

/// Messages that name the run, oldest first.
[[nodiscard]] Result<std::vector<MessageId>> MessageIdsOf(Database& database, RunId run);

}  // namespace backup_monitor::sqlite
