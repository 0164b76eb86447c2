#include "adapters/http_client/patience.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>

namespace backup_monitor::http_client {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

bool IsTemporary(int status) noexcept {
  return status == 429 || status == 500 || status == 502 || status == 503 || status == 504;
}

bool IsDenial(int status) noexcept { return status == 401 || status == 403; }

bool Pause(milliseconds time, const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any never;
  std::unique_lock lock{mutex};
  never.wait_for(lock, stop, time, [] { return false; });
  return !stop.stop_requested();
}

Result<HttpReply> ExchangePatiently(const HttpRequest& request, Patience patience,
                                    steady_clock::time_point deadline,
                                    const std::stop_token& stop) {
  milliseconds pause = patience.first_pause;
  while (true) {
    auto reply = Exchange(request, deadline, stop);
    const bool again = reply ? IsTemporary(reply->status)
                             : !patience.once && reply.error().code == ErrorCode::kUnavailable;
    if (!again) return reply;
    if (reply && reply->retry_after) pause = std::max<milliseconds>(pause, *reply->retry_after);
    if (steady_clock::now() + pause >= deadline || !Pause(pause, stop)) return reply;
    pause *= 2;
  }
}

}  // namespace backup_monitor::http_client
