#include "app/node_rounds.h"

#include <algorithm>

#include "base/heartbeat.h"

namespace backup_monitor::app {

using announcement::NodeJob;

void NodeRounds::Start(std::string name, Ask ask) {
  name_ = std::move(name);
  ask_ = std::move(ask);
  thread_ = std::jthread{[this](const std::stop_token& stop) { Loop(stop); }};
}

void NodeRounds::Stop() {
  if (!thread_.joinable()) return;
  thread_.request_stop();
  thread_.join();
}

void NodeRounds::Request(std::vector<NodeJob> jobs) {
  const MutexLock lock{mutex_};
  jobs_ = std::move(jobs);
  const std::map<Key, Instant> before = std::exchange(due_, {});
  for (const NodeJob& job : jobs_) {
    for (const NodeId node : job.nodes) {
      // Before a run is reported as missed there is but a minute to ask.
      const Key key{job.run.id, node, job.run.open() && !job.run.is_missed()};
      const auto known = before.find(key);
      due_.emplace(key, known == before.end() ? std::chrono::steady_clock::now() : known->second);
    }
  }
  asked_.notify_all();
}

void NodeRounds::Loop(const std::stop_token& stop) {
  NameThread(name_.c_str());
  while (!stop.stop_requested()) {
    if (const auto order = Await(stop)) ask_(order->first, order->second, stop);
  }
}

std::optional<NodeRounds::Instant> NodeRounds::NextDue() const {
  const auto next = std::ranges::min_element(due_, {}, &std::pair<const Key, Instant>::second);
  return next == due_.end() ? std::nullopt : std::optional{next->second};
}

/// Waits for the next question that is due; none if there is something else to be waited for.
std::optional<NodeRounds::Order> NodeRounds::Await(const std::stop_token& stop) {
  MutexLock lock{mutex_};
  const auto next = NextDue();
  if (!next || *next > std::chrono::steady_clock::now()) {
    const auto is_other = [&]() REQUIRES(mutex_) { return NextDue() != next; };
    if (next) asked_.wait_until(lock.native(), stop, *next, is_other);
    else asked_.wait(lock.native(), stop, is_other);
    return std::nullopt;
  }
  // A report waits for what is asked of a closed run.
  const auto rank = [now = std::chrono::steady_clock::now()](const auto& entry) {
    return std::tuple{entry.second > now, std::get<bool>(entry.first), entry.second};
  };
  const auto its = std::ranges::min_element(due_, {}, rank);
  const auto& [run, node, is_open] = its->first;
  its->second = std::chrono::steady_clock::now() + (is_open ? pace_.of_open : pace_.of_closed);
  for (const NodeJob& job : jobs_) {
    if (job.run.id == run) return Order{job.run, node};
  }
  return std::nullopt;
}

}  // namespace backup_monitor::app
