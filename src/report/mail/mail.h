#pragma once

#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"
#include "model/report.h"

namespace backup_monitor::report::mail {

/// What a mail needs beside its words.
struct MailHeaders {
  std::string from;  ///< One plain address: "a@example.org".
  Time date;
  std::string message_id;   ///< "<...@...>"
  std::string in_reply_to;  ///< Message-ID of the mail that this one follows. May be empty.
  std::string thread_root;  ///< Message-ID that opened the thread. May be empty or `message_id`.
};

/// Writes the whole mail: RFC 5322, multipart/alternative with the text first, CRLF line ends, ASCII
/// only, no line over 78 bytes but where one address or Message-ID is longer. The same input gives
/// the same bytes. Without To, which each recipient's copy gets when it leaves.
///
/// Written by hand: of Debian's libraries, mimetic (0.9.8) offers nothing for RFC 2047, which is most
/// of the work here, and vmime (0.9.2) depends on GnuTLS and GNU SASL.
///
/// \return kInvalidInput if the sender is no bare address (text/mail_address.h), or a Message-ID is none: nothing that
///         could end a header line is ever written into one.
[[nodiscard]] Result<std::string> ComposeMail(const MailHeaders& headers,
                                              const RenderedReport& report);

}  // namespace backup_monitor::report::mail
