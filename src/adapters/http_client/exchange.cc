#include "adapters/http_client/exchange.h"

#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>
#include <mutex>

namespace backup_monitor::http_client {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds kConnect{3'000};

struct CleanUp {
  void operator()(CURL* handle) const noexcept { curl_easy_cleanup(handle); }
  void operator()(curl_slist* list) const noexcept { curl_slist_free_all(list); }
};
using CurlEasy = std::unique_ptr<CURL, CleanUp>;
using CurlList = std::unique_ptr<curl_slist, CleanUp>;

struct Progress {
  std::string body;
  std::size_t most_bytes;
  bool too_long = false;
  const std::stop_token& stop;
};

std::size_t AppendBody(char* bytes, std::size_t size, std::size_t count, void* user) {
  auto& progress = *static_cast<Progress*>(user);
  progress.too_long = progress.body.size() + size * count > progress.most_bytes;
  if (progress.too_long) return 0;
  progress.body.append(bytes, size * count);
  return size * count;
}

int MayGoOn(void* user, curl_off_t /*expected*/, curl_off_t /*received*/, curl_off_t /*to_send*/,
            curl_off_t /*sent*/) {
  return static_cast<Progress*>(user)->stop.stop_requested() ? 1 : 0;
}

Error ErrorOf(CURLcode code, const Progress& progress, const char* text) {
  if (progress.too_long) return {ErrorCode::kTooLarge, "the answer is too long"};
  if (code == CURLE_OPERATION_TIMEDOUT || code == CURLE_ABORTED_BY_CALLBACK) {
    return {ErrorCode::kTimeout, "no answer in time"};
  }
  return {ErrorCode::kUnavailable, *text == '\0' ? curl_easy_strerror(code) : text};
}

}  // namespace

Result<HttpReply> Exchange(const HttpRequest& request, steady_clock::time_point deadline,
                           const std::stop_token& stop) {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
  const CurlEasy curl{curl_easy_init()};
  const auto left = std::chrono::duration_cast<milliseconds>(deadline - steady_clock::now());
  if (left <= milliseconds{0}) return Fail(ErrorCode::kTimeout, "no answer in time");
  if (!curl) return Fail(ErrorCode::kUnavailable, "no memory for a request");

  Progress progress{.body = {}, .most_bytes = request.most_bytes, .stop = stop};
  std::array<char, CURL_ERROR_SIZE> text{};
  CurlList headers{curl_slist_append(nullptr, "Content-Type: application/json")};
  if (!request.bearer.empty()) {
    const std::string line = "Authorization: Bearer " + request.bearer.Reveal();
    // On failure the list stays as it is, and the request is answered with 401.
    if (curl_slist_append(headers.get(), line.c_str()) == nullptr) {
      return Fail(ErrorCode::kUnavailable, "no memory for a request");
    }
  }
  CURL* const handle = curl.get();
  curl_easy_setopt(handle, CURLOPT_URL, request.url.c_str());
  curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http");
  curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers.get());
  if (request.login) {
    curl_easy_setopt(handle, CURLOPT_HTTPAUTH, CURLAUTH_BASIC);
    curl_easy_setopt(handle, CURLOPT_USERNAME, request.login->user.c_str());
    curl_easy_setopt(handle, CURLOPT_PASSWORD, request.login->password.Reveal().c_str());
  }
  curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(left.count()));
  curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS,
                   static_cast<long>(std::min(left, kConnect).count()));
  curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, text.data());
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, &AppendBody);
  curl_easy_setopt(handle, CURLOPT_WRITEDATA, &progress);
  curl_easy_setopt(handle, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, &MayGoOn);
  curl_easy_setopt(handle, CURLOPT_XFERINFODATA, &progress);
  if (!request.body.empty()) {
    curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE,
                     static_cast<curl_off_t>(request.body.size()));
    curl_easy_setopt(handle, CURLOPT_POSTFIELDS, request.body.c_str());
  }
  const CURLcode code = curl_easy_perform(handle);
  if (code != CURLE_OK) return Fail(ErrorOf(code, progress, text.data()));

  HttpReply reply;
  long status = 0;
  curl_off_t retry_after = 0;
  curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
  curl_easy_getinfo(handle, CURLINFO_RETRY_AFTER, &retry_after);
  reply.status = static_cast<int>(status);
  constexpr curl_off_t kLongestPause = 86'400;  // seconds: whoever asks gives up before
  if (retry_after > 0)
    reply.retry_after = std::chrono::seconds{std::min(retry_after, kLongestPause)};
  reply.body = std::move(progress.body);
  return reply;
}

}  // namespace backup_monitor::http_client
