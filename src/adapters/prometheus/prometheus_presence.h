#pragma once

#include <functional>
#include <string>
#include <utility>

#include "presence/presence_source.h"

namespace backup_monitor::prometheus {

/// Asks Prometheus whether it could reach a node's exporter: GET <address>/api/v1/query, without login (Prometheus 2.42
/// measured; docs/querying/api.md of it). NS8's Prometheus tries each node once a minute (ns8-metrics b3af83c
/// imageroot/bin/provision-prometheus: job "providers", labels target_type="node" and node).
class PrometheusPresence final : public presence::PresenceSource {
 public:
  /// Where it answers now: "http://127.0.0.1:9091/<path>".
  using FindServer = std::function<Result<std::string>(Deadline)>;

  explicit PrometheusPresence(FindServer find_server) : find_server_{std::move(find_server)} {}

  /// kNotFound if it has not tried that node in that time.
  [[nodiscard]] Result<NodePresence> Of(const presence::Question& question, Deadline deadline,
                                        const std::stop_token& stop) override;

 private:
  [[nodiscard]] static Result<std::string> Ask(const std::string& server, const std::string& query,
                                               Time at, Deadline deadline,
                                               const std::stop_token& stop);

  const FindServer find_server_;
};

}  // namespace backup_monitor::prometheus
