#include "adapters/smtp/curl_handles.h"

#include <mutex>

namespace backup_monitor::smtp {

void InitializeCurl() {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

}  // namespace backup_monitor::smtp
