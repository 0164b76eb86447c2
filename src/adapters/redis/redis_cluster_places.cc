#include "adapters/redis/redis_cluster_places.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <initializer_list>
#include <string_view>
#include <vector>

#include "text/ascii.h"
#include "text/url_path.h"

namespace backup_monitor::redis {
namespace {

constexpr std::string_view kApiPort = "9311";  // ns8-core 4f41b359, core/api-server

/// "ghcr.io/nethserver/mail:1.0.0@sha256:…" → "mail"
std::string_view ImageName(std::string_view url) {
  const std::size_t slash = url.rfind('/');
  if (slash != std::string_view::npos) url.remove_prefix(slash + 1);
  return url.substr(0, std::min({url.find(':'), url.find('@'), url.size()}));
}

/// An IPv4 or IPv6 address, and nothing that could mean more within a URL.
bool IsAddress(std::string_view text) {
  return !text.empty() && text.size() <= 45 && std::all_of(text.begin(), text.end(), [](char c) {
    return IsDigit(c) || (Lower(c) >= 'a' && Lower(c) <= 'f') || c == '.' || c == ':';
  });
}

bool IsPort(std::string_view text) {
  return !text.empty() && text.size() <= 5 && std::all_of(text.begin(), text.end(), IsDigit);
}

std::string UrlOf(const std::string& address, std::string_view port) {
  const bool v6 = address.find(':') != std::string::npos;
  return "http://" + (v6 ? "[" + address + "]" : address) + ":" + std::string{port};
}

/// HMGET; each is empty where there is no such field.
Result<std::vector<std::string>> Fields(cluster::KeyReader& reader, const std::string& key,
                                        std::initializer_list<std::string_view> names) {
  cluster::ReadBatch batch;
  batch.Fields(key, names);
  std::vector<std::string> values(names.size());
  auto read = reader.Read(batch, [&values](std::size_t, const cluster::Reply& reply) {
    for (std::size_t at = 0; at < std::min(values.size(), reply.items.size()); ++at)
      values[at] = std::string{reply.items[at].text_or_empty()};
  });
  if (!read) return Fail(std::move(read.error()).While("read " + key));
  return values;
}

Result<std::string> Field(cluster::KeyReader& reader, const std::string& key,
                          std::string_view name) {
  return Fields(reader, key, {name}).map([](const auto& values) { return values.front(); });
}

/// GET; empty if there is no such key.
Result<std::string> Text(cluster::KeyReader& reader, const std::string& key) {
  cluster::ReadBatch batch;
  batch.Text(key);
  std::string value;
  auto read = reader.Read(batch, [&value](std::size_t, const cluster::Reply& reply) {
    value = std::string{reply.text_or_empty()};
  });
  if (!read) return Fail(std::move(read.error()).While("read " + key));
  return value;
}

Result<NodeId> LeaderIn(cluster::KeyReader& reader) {
  const auto leader = Field(reader, "cluster/environment", "NODE_ID");
  if (!leader) return Fail(leader.error());
  const auto node = NodeId::Parse(*leader);
  if (!node) return Fail(ErrorCode::kNotFound, "the cluster names no leader");
  return *node;
}

}  // namespace

Result<std::string> RedisClusterPlaces::RepositoryPathOf(const ModuleId& module) {
  auto reader = source_->Open(std::chrono::steady_clock::now() + cluster::KeySource::kShort);
  if (!reader) return Fail(std::move(reader.error()).While("find a repository"));
  const auto url = Field(**reader, "module/" + module.value() + "/environment", "IMAGE_URL");
  if (!url) return Fail(url.error());
  const auto uuid = Field(**reader, "cluster/module_uuid", module.value());
  if (!uuid) return Fail(uuid.error());
  const std::string_view image = ImageName(*url);
  if (image.empty() || uuid->empty()) {
    return Fail(ErrorCode::kNotFound,
                "the cluster does not say which repository is that of " + module.value());
  }
  return std::string{image} + "/" + *uuid;
}

Result<NodeId> RedisClusterPlaces::Leader() {
  auto reader = source_->Open(std::chrono::steady_clock::now() + cluster::KeySource::kShort);
  if (!reader) return Fail(std::move(reader.error()).While("find the leader"));
  return LeaderIn(**reader);
}

Result<std::string> RedisClusterPlaces::LeaderAddress() {
  auto reader = source_->Open(std::chrono::steady_clock::now() + cluster::KeySource::kShort);
  if (!reader) return Fail(std::move(reader.error()).While("find the leader"));
  const auto leader = LeaderIn(**reader);
  if (!leader) return Fail(leader.error());
  const std::string node = "node/" + std::to_string(leader->value());
  auto address = Field(**reader, node + "/vpn", "ip_address");
  if (!address) return Fail(address.error());
  if (!IsAddress(*address))
    return Fail(ErrorCode::kNotFound, node + ", the leader, has no VPN address");
  return address;
}

Result<std::string> RedisClusterPlaces::ApiServer() {
  return LeaderAddress().map([](const std::string& address) { return UrlOf(address, kApiPort); });
}

Result<journal::LogAddress> RedisClusterPlaces::Log(cluster::KeySource::Deadline deadline) {
  auto reader = source_->Open(
      std::min(deadline, std::chrono::steady_clock::now() + cluster::KeySource::kShort));
  if (!reader) return Fail(std::move(reader.error()).While("find the cluster's log"));
  const auto module = Text(**reader, "cluster/default_instance/loki");
  if (!module) return Fail(module.error());
  if (!IsModuleId(*module))
    return Fail(ErrorCode::kNotFound, "the cluster has no log: no Loki is its default instance");
  const std::string key = "module/" + *module + "/environment";
  const auto values =
      Fields(**reader, key,
             {"LOKI_ADDR", "LOKI_HTTP_PORT", "LOKI_API_AUTH_USERNAME", "LOKI_API_AUTH_PASSWORD"});
  if (!values) return Fail(values.error());
  const std::string& address = (*values)[0];
  const std::string& port = (*values)[1];
  if (!IsAddress(address) || !IsPort(port))
    return Fail(ErrorCode::kNotFound,
                "the cluster does not say where its log " + *module + " answers");
  return journal::LogAddress{UrlOf(address, port), (*values)[2], Secret{(*values)[3]}};
}

Result<std::string> RedisClusterPlaces::PrometheusPath(cluster::KeySource::Deadline deadline) {
  auto reader = source_->Open(
      std::min(deadline, std::chrono::steady_clock::now() + cluster::KeySource::kShort));
  if (!reader) return Fail(std::move(reader.error()).While("find the cluster's metrics"));
  const auto module = Text(**reader, "cluster/default_instance/metrics");
  if (!module) return Fail(module.error());
  if (!IsModuleId(*module))
    return Fail(ErrorCode::kNotFound, "the cluster has no metrics: no Prometheus is its default");
  auto path = Field(**reader, "module/" + *module + "/environment", "PROMETHEUS_PATH");
  if (!path) return Fail(path.error());
  if (!IsUrlPath(*path))
    return Fail(ErrorCode::kInvalidInput, "the path of " + *module + "'s Prometheus is none");
  return path;
}

}  // namespace backup_monitor::redis
