#pragma once

#include <cstdio>
#include <list>
#include <optional>
#include <string>

#include "adapters/cluster_api/cluster_repository.h"
#include "integration/smtp/smtp_peer.h"

namespace backup_monitor::testing {

/// A running api_peer.py, ended with this object.
class ApiPeer {
 public:
  ApiPeer();
  ~ApiPeer();
  ApiPeer(const ApiPeer&) = delete;
  ApiPeer& operator=(const ApiPeer&) = delete;

  /// JSON, as api_peer.py describes; forgets tokens, tasks and the log.
  void SetRules(const std::string& json) { (void)Tell("/test/rules", json); }
  /// One line for each request: "POST /api/login {…}".
  [[nodiscard]] std::string Log() { return Tell("/test/log", {}); }
  [[nodiscard]] int Count(const std::string& begin);

  /// A repository that asks this peer, with short waits.
  [[nodiscard]] cluster_api::ClusterRepository Ask(
      std::chrono::milliseconds timeout = std::chrono::seconds{10},
      std::chrono::milliseconds give_up = std::chrono::minutes{30});
  /// The same after a reload: it knows of the tasks that the one before has left.
  [[nodiscard]] cluster_api::ClusterRepository AskOn(std::chrono::milliseconds timeout);
  /// Tasks that are run by this peer, with short waits.
  [[nodiscard]] cluster_api::ClusterTasks MakeTasks(
      std::chrono::milliseconds forget = std::chrono::hours{2});
  void SetCredentials(const std::string& lines);
  [[nodiscard]] std::string url() const { return "http://127.0.0.1:" + port_; }

 private:
  std::string Tell(const std::string& path, const std::string& body);
  cluster_api::ClusterRepository Make(std::chrono::milliseconds timeout,
                                      std::chrono::milliseconds give_up);

  TemporaryFolder folder_;
  std::FILE* process_ = nullptr;
  std::string port_;
  std::list<cluster_api::LeftTasks> left_;  ///< Of each repository.
};

}  // namespace backup_monitor::testing
