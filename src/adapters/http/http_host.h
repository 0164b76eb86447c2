#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace backup_monitor::http {

/// Whom a request is addressed to, as `Host`, `Origin` and absolute request targets write it.
struct HttpHost {
  /// Comparable: in lower case and without the root's dot; an address in its shortest form, without
  /// brackets, an IPv4-mapped one as IPv4. Empty where nothing was given.
  std::string name;
  std::optional<std::uint16_t> port;

  friend bool operator==(const HttpHost&, const HttpHost&) = default;
};

/// Reads "name", "name:port", "192.0.2.1", "[2001:db8::1]:9099" (RFC 9110 section 7.2, RFC 3986
/// section 3.2.2). Names are letters, digits, '-', '_' and '.', at most 253 bytes.
///
/// \return none if it is anything else, or empty.
[[nodiscard]] std::optional<HttpHost> ParseHost(std::string_view text);

/// An IPv4 or IPv6 address in the form of HttpHost::name; a name in lower case.
[[nodiscard]] std::string ComparableHost(const std::string& address_or_name);

}  // namespace backup_monitor::http
