#pragma once

#include <string>
#include <string_view>

namespace backup_monitor {

/// The decoded text/html part of one of our own mails: a multipart/alternative whose parts are
/// quoted-printable, base64 or plain, with CRLF line ends. UTF-8, lines end in LF. Empty if there is
/// none. Not a reader for foreign mail.
[[nodiscard]] std::string HtmlPart(std::string_view mail);

}  // namespace backup_monitor
