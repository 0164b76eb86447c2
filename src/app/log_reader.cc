#include "app/log_reader.h"

#include <algorithm>
#include <string>
#include <utility>

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
  rounds_.Start("log", [this](const Run& run, NodeId node, const std::stop_token& stop) {
    NodeLog log = Read(run, node, stop);
    if (stop.stop_requested()) return;  // what was cut short says nothing of the log
    Keep(run.id, node, std::move(log));
    wake_();
  });
}

std::vector<Heard> LogReader::Collect() {
  const MutexLock lock{mutex_};
  return std::exchange(heard_, {});
}

NodeLog LogReader::Read(const Run& run, NodeId node, const std::stop_token& stop) {
  const auto begin = std::chrono::steady_clock::now();
  if (away_ && begin < away_until_) return {.read_at = parts_.clock.Now(), .trouble = away_};
  NodeLog log = journal::ReadShare(parts_.journal, run, node, parts_.clock.Now(),
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

void LogReader::Keep(RunId run, NodeId node, NodeLog log) {
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
