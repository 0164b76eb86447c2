#pragma once

#include <string>

#include "config/text_rules.h"

namespace backup_monitor {

/// One bare mail address in ASCII: `local@domain`, dot-atoms on both sides (RFC 5322, 3.4.1), 64 and
/// 254 bytes at most (RFC 5321, 4.5.3.1). No display name, no quotes, no list: it is written into
/// SMTP commands, headers and command lines as it stands, so it may not begin with '-' either.
[[nodiscard]] Complaint MailAddress(const std::string& text);

/// An IPv4 or IPv6 address, or `localhost`.
[[nodiscard]] Complaint ListenAddress(const std::string& text);

/// A host name or an IP address.
[[nodiscard]] Complaint HostName(const std::string& text);

/// Empty, or what EHLO may say: a full host name, or an address literal (model/helo_name.h).
[[nodiscard]] Complaint HeloName(const std::string& text);

/// `host:port`, an IPv6 address in brackets: `[::1]:6379`.
[[nodiscard]] Complaint HostAndPort(const std::string& text);

/// True if nobody but this machine can connect to `address`, which ListenAddress accepts. Asked once, in
/// ReadReceiver(): everybody else reads ReceiverConfig::loopback.
[[nodiscard]] bool IsLoopback(const std::string& address);

}  // namespace backup_monitor
