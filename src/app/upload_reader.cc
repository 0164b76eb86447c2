#include "app/upload_reader.h"

#include <string>
#include <utility>

#include "base/heartbeat.h"
#include "journal/uploads.h"
#include "model/node_log.h"

namespace backup_monitor::app {
namespace {

constexpr const char* kReads = "backup_monitor_upload_reads_total";

std::string_view ResultOf(const UploadReading& reading) {
  return reading.trouble ? TroubleName(*reading.trouble) : "ok";
}

}  // namespace

void UploadReader::DeclareMetrics(Metrics& metrics) {
  metrics.DeclareCounter(kReads,
                         "Readings of the leader's log for the cluster's own backup, by result.");
  for (const char* result : {"ok", "not_found", "denied", "timeout", "unavailable", "invalid"})
    metrics.Add(kReads, {{"result", result}}, 0);
}

void UploadReader::Start(std::function<void()> wake) {
  wake_ = std::move(wake);
  thread_ = std::jthread{[this](const std::stop_token& stop) { Loop(stop); }};
}

void UploadReader::Stop() {
  if (!thread_.joinable()) return;
  thread_.request_stop();
  thread_.join();
}

void UploadReader::Request(Time from) {
  const MutexLock lock{mutex_};
  wanted_ = from;
  asked_.notify_all();
}

std::optional<UploadReading> UploadReader::Collect() {
  const MutexLock lock{mutex_};
  return std::exchange(read_, std::nullopt);
}

void UploadReader::Loop(const std::stop_token& stop) {
  NameThread("uploads");
  while (!stop.stop_requested()) {
    std::optional<Time> from;
    {
      MutexLock lock{mutex_};
      asked_.wait(lock.native(), stop, [this]() REQUIRES(mutex_) { return wanted_.has_value(); });
      from = std::exchange(wanted_, std::nullopt);
    }
    if (!from || stop.stop_requested()) continue;
    UploadReading reading = Read(*from, stop);
    if (stop.stop_requested()) return;  // what was cut short says nothing of the log
    {
      const MutexLock lock{mutex_};
      if (read_) reading.AddEarlier(*read_);
      read_ = std::move(reading);
    }
    wake_();
  }
}

UploadReading UploadReader::Read(Time from, const std::stop_token& stop) {
  const auto begin = std::chrono::steady_clock::now();
  const Time now = parts_.clock.Now();
  UploadReading reading{.read_at = now};
  const auto leader = parts_.find_leader();
  if (!leader) {
    reading.trouble = leader.error().code;
  } else {
    reading =
        journal::ReadUploads(parts_.journal, *leader, from, now, begin + parts_.timeout, stop);
    const Time done = parts_.clock.Now();
    if (reading.trouble) parts_.witnesses.Failed("log", done, *reading.trouble);
    else parts_.witnesses.Answered("log", done);
  }
  parts_.metrics.Add(kReads, {{"result", std::string{ResultOf(reading)}}});
  return reading;
}

}  // namespace backup_monitor::app
