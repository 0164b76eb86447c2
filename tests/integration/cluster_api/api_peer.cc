#include "integration/cluster_api/api_peer.h"

#include <array>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace backup_monitor::testing {

ApiPeer::ApiPeer() {
  SetCredentials("PATH=/bin\nREDIS_USER=module/backup-monitor1\nREDIS_PASSWORD=shoe43\n");
  process_ = ::popen(API_PEER, "r");
  std::array<char, 64> line{};
  if (process_ == nullptr || std::fgets(line.data(), line.size(), process_) == nullptr) {
    throw std::runtime_error{"api_peer.py did not start"};
  }
  port_ = std::string{line.data()}.substr(5);
  port_.erase(port_.find_last_not_of('\n') + 1);
}

ApiPeer::~ApiPeer() {
  (void)Tell("/test/quit", {});
  ::pclose(process_);
}

std::string ApiPeer::Tell(const std::string& path, const std::string& body) {
  const auto reply =
      http_client::Exchange({.url = url() + path, .body = body},
                            std::chrono::steady_clock::now() + std::chrono::seconds{10}, {});
  return reply ? reply->body : std::string{};
}

int ApiPeer::Count(const std::string& begin) {
  std::istringstream log{Log()};
  int count = 0;
  for (std::string line; std::getline(log, line);) count += line.rfind(begin, 0) == 0 ? 1 : 0;
  return count;
}

void ApiPeer::SetCredentials(const std::string& lines) {
  std::ofstream{folder_.path() / "agent.env"} << lines;
}

cluster_api::ClusterRepository ApiPeer::Ask(std::chrono::milliseconds timeout,
                                            std::chrono::milliseconds give_up) {
  left_.emplace_back();
  return Make(timeout, give_up);
}

cluster_api::ClusterRepository ApiPeer::AskOn(std::chrono::milliseconds timeout) {
  return Make(timeout, std::chrono::minutes{30});
}

cluster_api::ClusterRepository ApiPeer::Make(std::chrono::milliseconds timeout,
                                             std::chrono::milliseconds give_up) {
  using std::chrono::milliseconds;
  return cluster_api::ClusterRepository{MakeTasks(),
                                        {.timeout = timeout,
                                         .first_left_poll = milliseconds{20},
                                         .longest_left_poll = milliseconds{20},
                                         .give_up_task = give_up},
                                        left_.back()};
}

cluster_api::ClusterTasks ApiPeer::MakeTasks(std::chrono::milliseconds forget) {
  using std::chrono::milliseconds;
  return cluster_api::ClusterTasks{
      {.find_server = [this]() -> Result<std::string> { return url(); },
       .credentials_file = folder_.path() / "agent.env"},
      {.first_poll = milliseconds{20},
       .longest_poll = milliseconds{20},
       .first_retry = milliseconds{20},
       .forget_task = forget}};
}

}  // namespace backup_monitor::testing
