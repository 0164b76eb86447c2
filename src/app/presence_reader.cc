#include "app/presence_reader.h"

#include <algorithm>
#include <string>
#include <utility>

#include "base/log.h"
#include "model/node_log.h"
#include "presence/presence_plan.h"

namespace backup_monitor::app {
namespace {

constexpr const char* kPresenceReads = "backup_monitor_node_presence_reads_total";
constexpr const char* kPresenceSeconds = "backup_monitor_node_presence_read_seconds_total";

std::string ResultOf(const NodePresence& presence) {
  if (presence.trouble) return std::string{TroubleName(*presence.trouble)};
  return presence.absences.empty() && !presence.booted ? "nothing" : "found";
}

}  // namespace

void Supersede(std::vector<Met>& met, Met fresh) {
  const auto its = std::ranges::find_if(
      met, [&](const Met& other) { return other.run == fresh.run && other.node == fresh.node; });
  if (its == met.end()) return met.push_back(std::move(fresh));
  its->presence = WithEarlier(std::move(fresh.presence), its->presence);
}

void PresenceReader::DeclareMetrics(Metrics& metrics) {
  metrics.DeclareCounter(kPresenceReads, "Questions whether a node could be reached, by result.");
  metrics.DeclareCounter(kPresenceSeconds, "Time spent on these questions.");
  for (const char* result :
       {"found", "nothing", "not_found", "denied", "timeout", "unavailable", "invalid"})
    metrics.Add(kPresenceReads, {{"result", result}}, 0);
  metrics.Add(kPresenceSeconds, {}, 0);
}

void PresenceReader::Start(std::function<void()> wake) {
  wake_ = std::move(wake);
  rounds_.Start("nodes", [this](const Run& run, NodeId node, const std::stop_token& stop) {
    if (run.open() && std::chrono::steady_clock::now() < rest_until_) return;
    NodePresence presence = Read(run, node, stop);
    if (stop.stop_requested()) return;  // what was cut short says nothing
    if (presence.trouble) rest_until_ = std::chrono::steady_clock::now() + parts_.rest;
    if (run.open() && presence.trouble == ErrorCode::kNotFound)
      return;  // it is asked when it has closed
    Keep(run.id, node, std::move(presence));
    wake_();
  });
}

std::vector<Met> PresenceReader::Collect() {
  const MutexLock lock{mutex_};
  return std::exchange(met_, {});
}

NodePresence PresenceReader::Read(const Run& run, NodeId node, const std::stop_token& stop) {
  const auto begin = std::chrono::steady_clock::now();
  NodePresence presence = presence::ReadPresence(parts_.source, run, node, parts_.clock.Now(),
                                                 begin + parts_.timeout, stop);
  if (stop.stop_requested()) return presence;
  if (run.open() && presence.trouble == ErrorCode::kNotFound) return presence;
  const auto took = std::chrono::steady_clock::now() - begin;
  const Time now = parts_.clock.Now();
  if (presence.trouble) parts_.witnesses.Failed("nodes", now, *presence.trouble);
  else parts_.witnesses.Answered("nodes", now);
  parts_.metrics.Add(kPresenceReads, {{"result", ResultOf(presence)}});
  parts_.metrics.Add(kPresenceSeconds, {}, std::chrono::duration<double>(took).count());
  return presence;
}

void PresenceReader::Keep(RunId run, NodeId node, NodePresence presence) {
  LogDebug("asked whether node " + std::to_string(node.value()) + " could be reached during run " +
           std::to_string(static_cast<std::int64_t>(run)) + ": " + ResultOf(presence));
  const auto before = std::exchange(trouble_, presence.trouble);
  if (presence.trouble && before != presence.trouble)
    LogWarning("it cannot be read whether nodes could be reached: " + ResultOf(presence));
  if (!presence.trouble && before) LogInfo("it can be read again whether nodes could be reached");
  const MutexLock lock{mutex_};
  Supersede(met_, {run, node, std::move(presence)});
}

}  // namespace backup_monitor::app
