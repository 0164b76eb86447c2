#pragma once

#include <string>
#include <vector>

#include "adapters/process/child.h"
#include "model/message.h"

namespace backup_monitor::process {

/// What a configured command is called with and fed for one recipient.
struct SendmailCall {
  std::vector<std::string> arguments;
  std::string input;
};

/// True if `command` runs NS8's own `ns8-sendmail`, by itself or through `runagent`.
///
/// That program (ns8-core 4f41b359, core/imageroot/usr/local/agent/bin/ns8-sendmail) is no sendmail:
/// it takes all of its standard input as the *body*, writes From, To and Subject itself, and calls the
/// body HTML if it has anything between angle brackets. A complete mail would arrive as one text
/// showing its own headers and both parts in their transfer encoding.
[[nodiscard]] bool IsNs8Sendmail(const std::vector<std::string>& command);

/// For ns8-sendmail `--subject=... --from=... -- recipient` and the HTML part alone: the plain-text
/// part, Date, Message-ID and the thread are lost, which only a relay of our own can keep. A message without its
/// HTML, of an earlier version's store, becomes a page with its subject that says where the report is. For any
/// other command what every sendmail understands, `-i -f sender -- recipient`, and the mail as it is,
/// with LF line ends, as local programs expect them.
[[nodiscard]] SendmailCall MakeSendmailCall(const std::vector<std::string>& command,
                                            const Message& message, const std::string& recipient);

/// What the end of the command means. Of the statuses of sysexits.h only 67 (no such user) names the
/// recipient and is permanent. 65 (data) and 68 (no such host) are what msmtp, for one, answers for a
/// refused sender and an unknown relay (1.8, src/msmtp.c); they and everything else are temporary.
///
/// ns8-sendmail ends with 1 whatever happened. From its words (same source): "Smarthost is not
/// enabled" is kDisabled; a 5xx reply in the notation of Python's smtplib, `(550, b'...')`, is
/// permanent if it names the recipient (notify/smtp_answer.h), else kRefused.
[[nodiscard]] Attempt JudgeSendmail(const ChildResult& result, bool is_ns8_sendmail);

}  // namespace backup_monitor::process
