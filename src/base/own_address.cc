#include "base/own_address.h"

#include <ifaddrs.h>
#include <netinet/in.h>

#include <cerrno>
#include <cstring>
#include <memory>
#include <system_error>

#include "base/socket_address.h"

namespace backup_monitor {
namespace {

struct FreeInterfaces {
  void operator()(ifaddrs* list) const noexcept { ::freeifaddrs(list); }
};

bool IsSame(const sockaddr* one, const sockaddr* other) {
  if (one == nullptr || one->sa_family != other->sa_family) return false;
  if (one->sa_family == AF_INET) {
    return reinterpret_cast<const sockaddr_in*>(one)->sin_addr.s_addr ==
           reinterpret_cast<const sockaddr_in*>(other)->sin_addr.s_addr;
  }
  return one->sa_family == AF_INET6 &&
         std::memcmp(&reinterpret_cast<const sockaddr_in6*>(one)->sin6_addr,
                     &reinterpret_cast<const sockaddr_in6*>(other)->sin6_addr,
                     sizeof(in6_addr)) == 0;
}

}  // namespace

Result<bool> IsOwnAddress(const std::string& address) {
  const auto wanted = NumericAddress(address, 0);
  if (!wanted) return false;
  ifaddrs* first = nullptr;
  if (::getifaddrs(&first) != 0)
    return Fail(ErrorCode::kUnavailable,
                "list this machine's addresses: " + std::generic_category().message(errno));
  const std::unique_ptr<ifaddrs, FreeInterfaces> list{first};
  for (const ifaddrs* each = list.get(); each != nullptr; each = each->ifa_next) {
    if (IsSame(each->ifa_addr, wanted->get())) return true;
  }
  return false;
}

}  // namespace backup_monitor
