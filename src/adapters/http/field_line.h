#pragma once

#include <optional>
#include <string_view>

namespace backup_monitor::http {

/// One header or trailer line.
struct FieldLine {
  std::string_view name;
  std::string_view value;  ///< Without blanks around it.
};

/// \param line  without its line end.
/// \return none if it is malformed (RFC 9112 section 5): no token before the colon, a blank before
///         it, a control character in the value, a folded line.
[[nodiscard]] std::optional<FieldLine> ParseFieldLine(std::string_view line);

/// Without blanks and tabs at both ends.
[[nodiscard]] std::string_view Trimmed(std::string_view text);

/// RFC 9110 section 5.6.2: one or more letters, digits and "!#$%&'*+-.^_`|~".
[[nodiscard]] bool IsToken(std::string_view text);

/// A blank, a tab or visible: what a field's value may hold, bytes beyond ASCII included.
[[nodiscard]] bool IsFieldByte(char c);

}  // namespace backup_monitor::http
