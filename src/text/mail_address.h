#pragma once

#include <string_view>

namespace backup_monitor {

/// What may follow the '@'.
enum class MailDomain {
  kName,           ///< A host name.
  kNameOrLiteral,  ///< Or an address literal: "root@[192.0.2.1]".
};

/// True if `text` is one bare mail address in ASCII: `local@domain`, dot-atoms on both sides (RFC 5322, 3.4.1), 64 and
/// 254 bytes at most (RFC 5321, 4.5.3.1). No display name, no quotes, no list: it is written into SMTP commands,
/// headers and command lines as it is, so it may not begin with '-' either.
[[nodiscard]] bool IsMailAddress(std::string_view text, MailDomain domain = MailDomain::kName);

}  // namespace backup_monitor
