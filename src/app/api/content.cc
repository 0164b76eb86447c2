#include "app/api/content.h"

#include <algorithm>
#include <string>

#include "text/ascii.h"

namespace backup_monitor::app::api {
namespace {

/// "application/json", with or without parameters.
bool IsJson(std::string_view content_type) {
  constexpr std::string_view kJson = "application/json";
  auto type = content_type.substr(0, std::min(content_type.find(';'), content_type.size()));
  while (!type.empty() && (type.back() == ' ' || type.back() == '\t')) type.remove_suffix(1);
  return EqualInAnyCase(type, kJson);
}

/// RFC 9110 section 12.5.3: identity means no coding.
bool IsCoded(std::string_view content_encoding) {
  return !content_encoding.empty() && content_encoding != "identity";
}

/// RFC 9110 section 15.5.16: Accept-Encoding says what would have been accepted.
http::HttpAnswer UnknownCoding(std::string_view content_encoding) {
  constexpr std::size_t kLongestQuoted = 100;
  http::HttpAnswer answer = http::ErrorAnswer(
      415, "Content-Encoding '" + std::string{content_encoding.substr(0, kLongestQuoted)} +
               "' is not supported: send the body without compression");
  answer.headers = {{"Accept-Encoding", "identity"}};
  return answer;
}

}  // namespace

std::optional<http::HttpAnswer> RefuseBody(const http::HttpRequest& request,
                                           std::uint64_t most_bytes) {
  if (request.body.size() > most_bytes) return http::ErrorAnswer(413, "body too large");
  if (IsCoded(request.content_encoding)) return UnknownCoding(request.content_encoding);
  if (!IsJson(request.content_type))
    return http::ErrorAnswer(415, "Content-Type must be application/json");
  return std::nullopt;
}

}  // namespace backup_monitor::app::api
