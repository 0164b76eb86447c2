#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "model/ids.h"
#include "model/report.h"

namespace backup_monitor {

/// A rendered report for given recipients, in the outbox until delivered. Rendered once: every
/// attempt sends the same bytes with the same Message-ID.
struct Message {
  MessageId id{};  ///< Given by the outbox.
  ReportKind kind = ReportKind::kFinal;
  std::vector<RunId> runs;  ///< What it reports, stored runs alone; may be empty.
  TriggerId request{};      ///< The request that it answers, if it answers one.
  Time created_at;
  std::string message_id;   ///< "<...@...>", as in the header.
  std::string thread_root;  ///< Message-ID that opened the thread; `message_id` if it did.
  std::string sender;       ///< Envelope sender, one address.
  std::vector<std::string> recipients;  ///< Envelope recipients, one address each.
  std::string subject;                  ///< UTF-8, for people.
  std::string mail;  ///< RFC 5322, CRLF line ends, ASCII only, without To: each recipient's
                     ///< copy names that recipient alone (notify/addressed_mail.h).
  /// Its HTML part, not encoded, for a command that writes the mail itself. UTF-8, lines end in LF. Empty in a message
  /// that an earlier version has stored.
  std::string html;
};

/// The status of the delivery to one recipient.
enum class DeliveryState {
  kWaiting,     ///< Not yet delivered, will be tried again.
  kDelivered,   ///< The relay said 2xx.
  kFailed,      ///< The relay knows no such recipient, or 3 days are over. Shown as undeliverable.
  kSummarized,  ///< Waited over 3 days for a disabled relay; reported in a summary instead.
};

/// What became of one attempt.
enum class AttemptResult {
  kDelivered,
  kTemporary,  ///< 4xx or a network fault: try again later.
  kPermanent,  ///< 5xx that names the recipient: this one failed.
  kDisabled,   ///< The relay is switched off: wait, this is no fault.
  kRefused,  ///< 5xx that names no recipient, or no log-in: try again, an administrator can put it right.
};

/// The words of the API and the metrics: "waiting", "temporary".
[[nodiscard]] std::string_view Name(DeliveryState state) noexcept;
[[nodiscard]] std::string_view Name(AttemptResult result) noexcept;

/// One attempt at one recipient, as recorded and shown.
struct Attempt {
  Time at;
  AttemptResult result = AttemptResult::kTemporary;
  std::string
      detail;  ///< The relay's answer or the fault, redacted, one line: "451 4.7.1 try later".
  std::string
      answer{};  ///< With kPermanent, the relay's codes where it gave any: "550 5.1.1". Not shown.
};

}  // namespace backup_monitor
