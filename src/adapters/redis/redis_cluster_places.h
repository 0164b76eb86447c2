#pragma once

#include <memory>
#include <string>
#include <utility>

#include "base/result.h"
#include "cluster/key_reader.h"
#include "journal/log_address.h"
#include "model/ids.h"

namespace backup_monitor::redis {

/// Where things are in the cluster, read when they are needed: what the check of a repository has to know
/// and a look at the cluster has not. One thread at a time; blocks for at most 15 s.
class RedisClusterPlaces {
 public:
  explicit RedisClusterPlaces(std::unique_ptr<cluster::KeySource> source)
      : source_{std::move(source)} {}

  /// The path of a module's repository at every destination: "<image name>/<module UUID>", the image name
  /// being the last part of its URL without tag and digest (ns8-core 4f41b359, node/bin/run-backup).
  ///
  /// \return kNotFound if the module has no image or no UUID; the key store's errors
  [[nodiscard]] Result<std::string> RepositoryPathOf(const ModuleId& module);

  /// The node that leads (ns8-core 4f41b359, `NODE_ID` of cluster/environment).
  /// \return kNotFound if the cluster names none; the key store's errors
  [[nodiscard]] Result<NodeId> Leader();

  /// The address in the cluster's VPN of the node that leads now.
  ///
  /// \return kNotFound if the cluster names no leader or no address of it; the key store's errors
  [[nodiscard]] Result<std::string> LeaderAddress();

  /// The API server of the node that leads now, by its address in the cluster's VPN: "http://10.5.4.1:9311".
  /// From loopback and from the VPN alone it accepts a module's credentials.
  ///
  /// Errors as LeaderAddress().
  [[nodiscard]] Result<std::string> ApiServer();

  /// The Loki that collects the cluster's log now, with the login that every module may read (ns8-core 4f41b359
  /// core/imageroot/usr/local/bin/logcli; ns8-loki 045a6cd imageroot/actions/create-module/10env).
  ///
  /// \return kNotFound if the cluster has no log, or does not say where it answers; the key store's errors
  [[nodiscard]] Result<journal::LogAddress> Log(cluster::KeySource::Deadline deadline);

  /// The path at which the cluster's Prometheus answers on its leader, without slashes; may be empty (ns8-metrics b3af83c
  /// imageroot/systemd/user/prometheus.service).
  ///
  /// \return kNotFound if the cluster has no metrics; kInvalidInput if it could not stand in a URL; the key store's errors
  [[nodiscard]] Result<std::string> PrometheusPath(cluster::KeySource::Deadline deadline);

 private:
  std::unique_ptr<cluster::KeySource> source_;
};

}  // namespace backup_monitor::redis
