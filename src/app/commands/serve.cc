#include <cstdio>
#include <memory>
#include <mutex>
#include <optional>

#include "app/command_line.h"
#include "app/commands/commands.h"
#include "app/correspondence.h"
#include "app/instance_lock.h"
#include "app/service.h"
#include "app/service_manager.h"
#include "app/signals.h"
#include "app/version.h"
#include "app/watchdog.h"
#include "base/log.h"
#include "report/facts/derive_facts.h"

namespace backup_monitor::app::commands {
namespace {

/// The configuration in use and what runs by it.
class Daemon {
 public:
  Daemon(std::filesystem::path file, config::Config config, sqlite::SqliteStore& store)
      : file_{std::move(file)},
        config_{std::move(config)},
        store_{store},
        dispatcher_{notify::CourierParts{
            .outbox = store.outbox(),
            .clock = clock_,
            .metrics = metrics_,
            .write_summary = [this](const auto& waiting) { return Summary(waiting); },
            .random = {}}},
        receiver_{clock_, metrics_, store_, dispatcher_} {
    Worker::DeclareMetrics(metrics_);
    RepositoryChecker::DeclareMetrics(metrics_);
    AlertPuller::DeclareMetrics(metrics_);
    LogReader::DeclareMetrics(metrics_);
    UploadReader::DeclareMetrics(metrics_);
    PresenceReader::DeclareMetrics(metrics_);
  }

  [[nodiscard]] Result<void> Start() {
    auto service = Service::Start(
        config_, {clock_, metrics_, store_, dispatcher_, receiver_, checks_memory_, witnesses_});
    if (!service) return Fail(service.error());
    service_ = *std::move(service);
    return {};
  }

  void Stop() {
    receiver_.Close();
    service_.reset();
    store_.StopInbox();
  }

  /// Takes over what the file says now; the old configuration stays where the new one is bad.
  void Reload() {
    auto fresh = config::LoadConfig(file_);
    if (fresh && fresh->store.path != config_.store.path) {
      LogWarning("store.path has changed: that takes a restart, the old store stays in use");
      fresh->store.path = config_.store.path;
    }
    if (!fresh) {
      LogError("the new configuration is bad, the old one stays: " + fresh.error().message);
      return;
    }
    std::swap(config_, *fresh);
    SayIfNoLog(ConfigureLog(config_.logging));
    service_.reset();
    auto started = Start();
    if (started) {
      LogInfo("reloaded " + file_.string());
      return;
    }
    LogError("the new configuration cannot be used, the old one stays: " + started.error().message);
    std::swap(config_, *fresh);
    SayIfNoLog(ConfigureLog(config_.logging));
    started = Start();
    if (!started)
      LogError("the old configuration cannot be used any more: " + started.error().message);
  }

  /// The threads without which no alert is stored and no run is reported.
  [[nodiscard]] std::vector<Watchdog::Thread> WatchedThreads() {
    using Moment = Watchdog::SteadyClock::time_point;
    return {{"worker",
             [this](Moment now) {
               return service_ ? service_->worker_silence(now) : Moment::duration::zero();
             }},
            {"inbox", [this](Moment now) { return store_.inbox_heartbeat().silence(now); }},
            {"HTTP server", [this](Moment now) { return receiver_.silence(now); }}};
  }

  [[nodiscard]] bool runs() const noexcept { return service_ != nullptr; }

  static void SayIfNoLog(const Result<void>& configured) {
    if (!configured) LogError(configured.error().message + "; logging to standard output only");
  }

 private:
  /// Called on the delivery thread, which a reload stops before it changes the configuration.
  Message Summary(const std::vector<WaitingSubject>& waiting) {
    Report report;
    report.kind = ReportKind::kUndelivered;
    report.created_at = clock_.Now();
    report.undelivered = waiting;
    return announcement::MessageWriter{CorrespondenceOf(config_.mail)}
        .Write(report::FactsOf(report), {})
        .value_or(Message{});
  }

  std::filesystem::path file_;
  config::Config config_;
  sqlite::SqliteStore& store_;
  SystemClock clock_;
  Metrics metrics_;
  notify::Dispatcher dispatcher_;
  Receiver receiver_;
  RepositoryChecksMemory checks_memory_;
  WitnessBoard witnesses_;
  std::unique_ptr<Service> service_;
};

/// A command that was being started when the daemon before us was killed has its listening socket for a moment
/// longer. \return the last error; nothing with a stop
Result<bool> StartPatiently(Daemon& daemon, Signals& signals) {
  constexpr int kMostPauses = 5;
  for (int pauses = 0;; ++pauses) {
    const auto started = daemon.Start();
    if (started) return true;
    if (started.error().code != ErrorCode::kUnavailable || pauses == kMostPauses)
      return Fail(started.error());
    if (pauses == 0) LogWarning(started.error().message + "; trying again for 5 seconds");
    if (signals.Wait(seconds{1}) == Asked::kStop) return false;
  }
}

int Complain(const Error& error, int code) {
  LogError(error.message);
  return code;
}

}  // namespace

int Serve(const std::filesystem::path& file) {
  Signals signals;
  auto config = config::LoadConfig(file);
  if (!config) {
    std::fprintf(stderr, "%s\n", config.error().message.c_str());
    return kExitConfig;
  }
  Daemon::SayIfNoLog(ConfigureLog(config->logging));
  LogInfo(std::string{"backup-monitor "} + kVersion + " starts with " + file.string());
  const auto lock = InstanceLock::Acquire(config->store.path);
  if (!lock) return Complain(lock.error(), kExitUnavailable);
  auto store = sqlite::OpenStore(config->store.path);
  if (!store) return Complain(store.error(), kExitUnavailable);
  Daemon daemon{file, *std::move(config), **store};
  const auto started = StartPatiently(daemon, signals);
  if (!started) {
    const bool bad_config = started.error().code == ErrorCode::kInvalidInput;
    return Complain(started.error(), bad_config ? kExitConfig : kExitUnavailable);
  }
  if (!*started) return 0;
  TellServiceManager("READY=1");
  Watchdog watchdog{WatchdogTimeout(), daemon.WatchedThreads(), TellServiceManager};
  while (daemon.runs()) {
    watchdog.Check(Watchdog::SteadyClock::now());
    const Asked asked = signals.Wait(watchdog.interval());
    if (asked == Asked::kStop) break;
    if (asked == Asked::kReload) {
      TellServiceManager("RELOADING=1");
      daemon.Reload();
      TellServiceManager("READY=1");
    }
  }
  TellServiceManager("STOPPING=1");
  const bool asked_to_stop = daemon.runs();
  daemon.Stop();
  LogInfo("stopped");
  return asked_to_stop ? 0 : 1;
}

}  // namespace backup_monitor::app::commands
