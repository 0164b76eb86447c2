#include "adapters/redis/redis_address.h"

#include <charconv>

#include "text/fit_text.h"

namespace backup_monitor {

Result<RedisAddress> ParseRedisAddress(std::string_view text) {
  const auto refuse = [text] {
    return Fail(ErrorCode::kInvalidInput, "'" + Printable(text) + "' is not host:port");
  };
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos) return refuse();
  std::string_view host = text.substr(0, colon);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  std::uint16_t port = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, failure] = std::from_chars(text.data() + colon + 1, end, port);
  if (host.empty() || failure != std::errc{} || stop != end || port == 0) return refuse();
  return RedisAddress{std::string{host}, port};
}

}  // namespace backup_monitor
