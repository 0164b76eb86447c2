#include "adapters/prometheus/prometheus_presence.h"

#include <algorithm>
#include <chrono>
#include <cstddef>

#include "adapters/http_client/patience.h"
#include "adapters/prometheus/prometheus_answer.h"
#include "text/percent_encoded.h"

namespace backup_monitor::prometheus {
namespace {

constexpr std::size_t kMostBytes = 4U * 1024U * 1024U;
constexpr std::chrono::seconds kTimeout{5};  // of one answer

std::string Selector(NodeId node) {
  return R"({job="providers",target_type="node",node=")" + std::to_string(node.value()) + "\"}";
}

/// When a node was started last, if it was in that time: only then what counts up from its start has begun anew. The start
/// alone would seem to move when a clock is set, since it is reckoned back from the clock (proc(5), btime).
std::string NewestStart(NodeId node, const std::string& range) {
  const std::string start = "node_boot_time_seconds" + Selector(node);
  const std::string running = "(node_time_seconds" + Selector(node) + " - " + start + ")";
  return "last_over_time(" + start + "[" + range + "]) and (resets(" + running + "[" + range +
         ":30s]) > 0)";
}

}  // namespace

Result<std::string> PrometheusPresence::Ask(const std::string& server, const std::string& query,
                                            Time at, Deadline deadline,
                                            const std::stop_token& stop) {
  const std::string url = server + "/api/v1/query?query=" + PercentEncoded(query) +
                          "&time=" + std::to_string(at.time_since_epoch().count());
  // Whoever asks does so again: no patience here.
  auto reply =
      http_client::Exchange({.url = url, .most_bytes = kMostBytes},
                            std::min(deadline, std::chrono::steady_clock::now() + kTimeout), stop);
  if (!reply) return Fail(std::move(reply.error()).While("ask Prometheus"));
  if (reply->status == 200) return std::move(reply->body);
  ErrorCode code = ErrorCode::kInvalidInput;
  if (http_client::IsDenial(reply->status)) code = ErrorCode::kDenied;
  else if (http_client::IsTemporary(reply->status)) code = ErrorCode::kUnavailable;
  else if (reply->status == 404) code = ErrorCode::kNotFound;
  return Fail(code, "Prometheus answered " + std::to_string(reply->status));
}

Result<NodePresence> PrometheusPresence::Of(const presence::Question& question, Deadline deadline,
                                            const std::stop_token& stop) {
  const auto& [node, from, to, is_repeated] = question;
  const auto server = find_server_(deadline);
  if (!server) return Fail(server.error());
  const std::string range = std::to_string((to - from).count() + 1) + "s";
  auto body = Ask(*server, "up" + Selector(node) + "[" + range + "]", to, deadline, stop);
  if (!body) return Fail(std::move(body.error()));
  const auto samples = ParseSamples(*body);
  if (!samples) return Fail(samples.error());
  if (samples->empty())
    return Fail(ErrorCode::kNotFound,
                "Prometheus does not know node " + std::to_string(node.value()));
  body = Ask(*server, NewestStart(node, range), to, deadline, stop);
  if (!body) return Fail(std::move(body.error()));
  auto booted = ParseNewest(*body);
  if (!booted) return Fail(std::move(booted.error()));
  return NodePresence{.read_at = to,
                      .known_from = samples->front().at,
                      .absences = presence::AbsencesIn(*samples, to),
                      .booted = *booted};
}

}  // namespace backup_monitor::prometheus
