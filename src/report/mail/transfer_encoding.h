#pragma once

#include <string>
#include <string_view>

namespace backup_monitor {

/// A MIME part's body in the form that a relay passes unchanged.
struct EncodedBody {
  std::string_view encoding;  ///< "quoted-printable" or "base64".
  std::string bytes;          ///< Lines of at most 76 bytes, each ended by CRLF.
};

/// Encodes text with "\n" line ends, in whichever encoding is shorter (RFC 2045, sections 6.7 and
/// 6.8). In quoted-printable, dots and "From " at the beginning of a line are encoded too: some
/// relays touch them.
[[nodiscard]] EncodedBody EncodeBody(std::string_view text);

}  // namespace backup_monitor
