#pragma once

#include <string>

#include "config/text_rules.h"

namespace backup_monitor::config {

/// One bare mail address of a host name (text/mail_address.h).
[[nodiscard]] Complaint MailAddress(const std::string& text);

/// An IPv4 or IPv6 address, or `localhost`.
[[nodiscard]] Complaint ListenAddress(const std::string& text);

/// A host name or an IP address.
[[nodiscard]] Complaint HostName(const std::string& text);

/// Empty, or what EHLO may say: a full host name, or an address literal (text/host_name.h).
[[nodiscard]] Complaint HeloName(const std::string& text);

/// `host:port`, an IPv6 address in brackets: `[::1]:6379`.
[[nodiscard]] Complaint HostAndPort(const std::string& text);

/// Empty, or the path of a URL (text/url_path.h).
[[nodiscard]] Complaint UrlPathOrNone(const std::string& text);

}  // namespace backup_monitor::config
