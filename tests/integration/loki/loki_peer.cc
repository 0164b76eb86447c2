#include "integration/loki/loki_peer.h"

#include <array>
#include <stdexcept>

#include "base/json/json_writer.h"

namespace backup_monitor::testing {
namespace {

std::string Quoted(const std::string& text) {
  JsonWriter json;
  json.Text(text);
  return json.Written();
}

}  // namespace

LokiPeer::LokiPeer() {
  process_ = ::popen("exec /usr/bin/python3 -B " LOKI_PEER, "r");
  std::array<char, 64> line{};
  if (process_ == nullptr || std::fgets(line.data(), line.size(), process_) == nullptr)
    throw std::runtime_error{"loki.py did not start"};
  port_ = std::string{line.data()}.substr(5);
  port_.erase(port_.find_last_not_of('\n') + 1);
}

LokiPeer::~LokiPeer() {
  (void)Tell("/test/quit", {});
  ::pclose(process_);
}

std::string LokiPeer::Tell(const std::string& path, const std::string& body) {
  const auto reply =
      http_client::Exchange({.url = url() + path, .body = body},
                            std::chrono::steady_clock::now() + std::chrono::seconds{10}, {});
  return reply ? reply->body : std::string{};
}

void LokiPeer::Push(const std::string& node, const std::vector<Line>& lines) {
  std::string streams;
  for (const Line& line : lines) {
    const std::string label = line.module.empty() ? "" : ",\"module_id\":" + Quoted(line.module);
    streams += (streams.empty() ? "" : ",") + ("{\"stream\":{\"node_id\":" + Quoted(node)) + label +
               "},\"values\":[[\"" + std::to_string(line.nanoseconds) + "\"," + Quoted(line.line) +
               "]]}";
  }
  (void)Tell("/loki/api/v1/push", "{\"streams\":[" + streams + "]}");
}

void LokiPeer::PushLabelled(const std::string& node, const std::string& label,
                            const std::string& value, const Line& line) {
  (void)Tell("/loki/api/v1/push", "{\"streams\":[{\"stream\":{\"node_id\":" + Quoted(node) + "," +
                                      Quoted(label) + ":" + Quoted(value) + "},\"values\":[[\"" +
                                      std::to_string(line.nanoseconds) + "\"," + Quoted(line.line) +
                                      "]]}]}");
}

}  // namespace backup_monitor::testing
