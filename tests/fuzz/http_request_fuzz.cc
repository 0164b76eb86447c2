// A connection's bytes: whatever they are, they are the same requests in whatever pieces they come, within
// the limits.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "adapters/http/request_reader.h"

namespace {

using backup_monitor::http::HttpRequest;
using backup_monitor::http::RequestReader;

constexpr RequestReader::Limits kLimits{.head_bytes = 512, .body_bytes = 256};

void Require(bool holds) {
  if (!holds) std::abort();
}

std::string Described(const HttpRequest& request) {
  const std::string port = request.host.port ? std::to_string(*request.host.port) : "";
  return request.method + '\n' + request.path + '\n' + request.query + '\n' + request.host.name +
         '\n' + port + '\n' + request.authorization + '\n' + request.content_type + '\n' +
         request.content_encoding + '\n' + request.origin + '\n' + request.sec_fetch_site + '\n' +
         request.body;
}

std::vector<std::string> Requests(std::string_view stream, std::size_t size) {
  RequestReader reader{kLimits};
  std::vector<std::string> found;
  while (!stream.empty()) {
    reader.Append(stream.substr(0, size));
    stream.remove_prefix(std::min(size, stream.size()));
    for (;;) {
      const auto step = reader.Next();
      if (std::holds_alternative<RequestReader::NeedMore>(step)) break;
      if (const auto* complete = std::get_if<RequestReader::Complete>(&step)) {
        Require(complete->request.body.size() <= kLimits.body_bytes);
        found.push_back(Described(complete->request));
      } else if (const auto* refused = std::get_if<RequestReader::Refused>(&step)) {
        Require(refused->refusal.status >= 400 && !refused->refusal.reason.empty());
        found.push_back(std::to_string(refused->refusal.status) + refused->refusal.reason +
                        Described(refused->request));
        return found;
      }
    }
  }
  return found;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view stream{reinterpret_cast<const char*>(data), size};
  const auto whole = Requests(stream, std::max<std::size_t>(size, 1));
  for (const std::size_t pieces : {1U, 3U, 17U}) Require(Requests(stream, pieces) == whole);
  return 0;
}
