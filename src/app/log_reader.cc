#include "app/log_reader.h"

#include <algorithm>
#include <string>
#include <utility>

#include "base/heartbeat.h"
#include "base/log.h"
#include "journal/read_share.h"

namespace backup_monitor::app {
namespace {

constexpr const char* kReads = "backup_monitor_log_reads_total";
constexpr const char* kSeconds = "backup_monitor_log_read_seconds_total";

std::string_view ResultOf(const NodeLog& log) {
  if (log.trouble) return TroubleName(*log.trouble);
  return log.pass ? "found" : "nothing";
}

std::string Named(RunId run, NodeId node) {
  return "run " + std::to_string(static_cast<std::int64_t>(run)) + " on node " +
         std::to_string(node.value());
}

std::string Said(const NodeLog& log) {
  if (!log.pass) return "nothing is known to be its execution";
  return std::string{"it began "} + (log.pass->through_agent ? "by hand, " : "by its timer, ") +
         "end: " + std::string{Name(log.pass->end)};
}

}  // namespace

void Supersede(std::vector<Heard>& heard, Heard fresh) {
  const auto its = std::ranges::find_if(heard, [&](const Heard& other) {
    return other.run == fresh.run && other.node == fresh.node;
  });
  if (its == heard.end()) return heard.push_back(std::move(fresh));
  fresh.log = WithEarlier(std::move(fresh.log), its->log);
  *its = std::move(fresh);
}

void LogReader::DeclareMetrics(Metrics& metrics) {
  metrics.DeclareCounter(kReads, "Readings of the cluster's log, by result.");
  metrics.DeclareCounter(kSeconds, "Time spent in these readings.");
  for (const char* result :
       {"found", "nothing", "not_found", "denied", "timeout", "unavailable", "invalid"})
    metrics.Add(kReads, {{"result", result}}, 0);
  metrics.Add(kSeconds, {}, 0);
}

void LogReader::Start(std::function<void()> wake) {
  wake_ = std::move(wake);
  thread_ = std::jthread{[this](const std::stop_token& stop) { Loop(stop); }};
}

void LogReader::Stop() {
  if (!thread_.joinable()) return;
  thread_.request_stop();
  thread_.join();
}

void LogReader::Request(std::vector<journal::LogJob> jobs) {
  const MutexLock lock{mutex_};
  jobs_ = std::move(jobs);
  const std::map<Key, Instant> before = std::exchange(due_, {});
  for (const journal::LogJob& job : jobs_) {
    for (const NodeId node : job.nodes) {
      const Key key{job.run.id, node, job.run.open()};
      const auto known = before.find(key);
      due_.emplace(key, known == before.end() ? std::chrono::steady_clock::now() : known->second);
    }
  }
  asked_.notify_all();
}

std::vector<Heard> LogReader::Collect() {
  const MutexLock lock{mutex_};
  return std::exchange(heard_, {});
}

void LogReader::Loop(const std::stop_token& stop) {
  NameThread("log");
  while (!stop.stop_requested()) {
    const auto order = Await(stop);
    if (!order) continue;
    NodeLog log = Read(*order, stop);
    if (stop.stop_requested()) return;  // what was cut short says nothing of the log
    Keep(*order, std::move(log));
    wake_();
  }
}

std::optional<LogReader::Instant> LogReader::NextDue() const {
  const auto next = std::ranges::min_element(due_, {}, &std::pair<const Key, Instant>::second);
  return next == due_.end() ? std::nullopt : std::optional{next->second};
}

/// Waits for the next reading that is due; none if there is something else to be waited for.
std::optional<LogReader::Order> LogReader::Await(const std::stop_token& stop) {
  MutexLock lock{mutex_};
  const auto next = NextDue();
  if (!next || *next > std::chrono::steady_clock::now()) {
    const auto is_other = [&]() REQUIRES(mutex_) { return NextDue() != next; };
    if (next) asked_.wait_until(lock.native(), stop, *next, is_other);
    else asked_.wait(lock.native(), stop, is_other);
    return std::nullopt;
  }
  const auto its = std::ranges::min_element(due_, {}, &std::pair<const Key, Instant>::second);
  const auto& [run, node, is_open] = its->first;
  its->second = std::chrono::steady_clock::now() + (is_open ? parts_.of_open : parts_.of_closed);
  for (const journal::LogJob& job : jobs_) {
    if (job.run.id == run) return Order{its->first, job.run};
  }
  return std::nullopt;
}

NodeLog LogReader::Read(const Order& order, const std::stop_token& stop) {
  const auto begin = std::chrono::steady_clock::now();
  const NodeId node = std::get<NodeId>(order.key);
  if (away_ && begin < away_until_) return {.read_at = parts_.clock.Now(), .trouble = away_};
  NodeLog log = journal::ReadShare(parts_.journal, order.run, node, parts_.clock.Now(),
                                   begin + parts_.timeout, stop);
  const auto end = std::chrono::steady_clock::now();
  log.read_at = parts_.clock.Now();
  away_ = log.trouble && IsTransient(*log.trouble) ? log.trouble : std::nullopt;
  away_until_ = end + parts_.rest;
  if (log.trouble) parts_.witnesses.Failed("log", log.read_at, *log.trouble);
  else parts_.witnesses.Answered("log", log.read_at);
  parts_.metrics.Add(kReads, {{"result", std::string{ResultOf(log)}}});
  parts_.metrics.Add(kSeconds, {}, std::chrono::duration<double>(end - begin).count());
  return log;
}

void LogReader::Keep(const Order& order, NodeLog log) {
  const auto& [run, node, is_open] = order.key;
  LogDebug("read the log of " + Named(run, node) + ": " +
           (log.trouble ? std::string{ResultOf(log)} : Said(log)));
  const MutexLock lock{mutex_};
  const bool is_new = trouble_ != log.trouble;
  trouble_ = log.trouble;
  // A cluster without a log is in order.
  if (is_new && log.trouble == ErrorCode::kNotFound) LogInfo("the cluster has no log to be read");
  else if (is_new && log.trouble)
    LogWarning("the cluster's log cannot be read: " + std::string{ResultOf(log)});
  else if (is_new) LogInfo("the cluster's log can be read");
  Supersede(heard_, {run, node, std::move(log)});
}

}  // namespace backup_monitor::app
