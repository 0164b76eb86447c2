#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace backup_monitor::report::mail {

/// A MIME part's body in the form that a relay passes unchanged.
struct EncodedBody {
  std::string_view encoding;  ///< "quoted-printable" or "base64".
  std::string bytes;          ///< Lines of at most 76 bytes, each ended by CRLF.
};

/// Encodes text with "\n" line ends, in whichever encoding is shorter (RFC 2045, sections 6.7 and
/// 6.8). In quoted-printable, dots and "From " at the beginning of a line are encoded too: some
/// relays touch them.
[[nodiscard]] EncodedBody EncodeBody(std::string_view text);

/// A header's text as RFC 2047 wants it: as it is if it is printable ASCII that fits its line, else as
/// folded encoded-words of at most 75 bytes, none of which splits a character. `column` is where in
/// its line the text begins. Broken UTF-8 is repaired first.
[[nodiscard]] std::string EncodeHeaderText(std::string_view text, std::size_t column);

}  // namespace backup_monitor::report::mail
