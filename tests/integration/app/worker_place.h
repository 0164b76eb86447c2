#pragma once

#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "app/repository_checker.h"
#include "app/worker.h"
#include "catch.h"
#include "fakes/fake_repository.h"
#include "integration/app/pipeline_world.h"

namespace backup_monitor::testing {

inline constexpr seconds kRunTimeout{600};

/// What the worker, the checker and the test use, behind one lock.
struct Shared final : cluster::ClusterReader, probe::Repository {
  explicit Shared(FakeCluster& watched) : cluster{watched} {}

  Result<ClusterView> Look(Time now) override {
    const std::lock_guard lock{mutex};
    return cluster.Look(now);
  }
  std::optional<probe::ProbeAnswer> ReadSnapshots(const probe::RepositoryAddress& address,
                                                  const std::stop_token& stop) override {
    {
      const std::lock_guard lock{mutex};
      looked_into.push_back(address.module.value());
      if (!hangs) return repository.ReadSnapshots(address, stop);
    }
    std::mutex own;
    std::condition_variable_any answer;
    std::unique_lock lock{own};
    while (!stop.stop_requested()) {
      answer.wait_for(lock, stop, std::chrono::milliseconds{10}, [] { return false; });
      const std::lock_guard world{mutex};
      if (!hangs) return repository.ReadSnapshots(address, stop);
    }
    return probe::Refusal(ProbeCause::kTimeout, "cut short");
  }

  std::mutex mutex;
  FakeCluster& cluster;
  FakeRepository repository;
  bool hangs = false;
  std::vector<std::string> looked_into;
};

/// Without the soft line ends of RFC 2045 and with its escapes undone.
inline std::string Unquoted(const std::string& mail) {
  std::string text;
  for (std::size_t i = 0; i < mail.size(); ++i) {
    const std::string escape = mail[i] == '=' ? mail.substr(i + 1, 2) : "";
    const bool is_byte =
        escape.size() == 2 && escape.find_first_not_of("0123456789ABCDEF") == std::string::npos;
    if (is_byte) text += static_cast<char>(std::stoi(escape, nullptr, 16));
    else if (escape != "\r\n") text += mail[i];
    if (is_byte || escape == "\r\n") i += 2;
  }
  return text;
}

/// A daemon without HTTP and mail: the real worker, checker and store over a cluster and repositories in memory.
struct Place : PipelineWorld {
  explicit Place(ProbeMode wanted = ProbeMode::kFailed, const std::vector<std::string>& more = {})
      : mode{wanted} {
    for (const std::string& module : more) {
      cluster.AddToPlan("1", module);
      Record(module, hours{-24} + minutes{20});
    }
    cluster.view.plans.at(PlanId{"1"}).destination_id = "nas";
    cluster.view.plans.at(PlanId{"1"}).destination_name = "NAS";
    app::Worker::DeclareMetrics(metrics);
    app::RepositoryChecker::DeclareMetrics(metrics);
    StartDaemon();
    REQUIRE(Until([&] { return worker->status().last_look == clock.Now(); }));
  }
  ~Place() { StopDaemon(); }

  void StartDaemon() {
    checker.emplace(
        app::RepositoryChecker::Parts{clock, shared, {}, metrics, witnesses, seconds{60}});
    app::Worker::Settings settings;
    settings.notify_on = notify_on;
    settings.probe_mode = mode;
    settings.probe_run_timeout = kRunTimeout;
    worker.emplace(app::Worker::Parts{.clock = clock,
                                      .cluster = shared,
                                      .inbox = store->inbox(),
                                      .store = store->runs(),
                                      .archive = store->archive(),
                                      .metrics = metrics,
                                      .writer = writer,
                                      .wake_delivery = [] {},
                                      .checker = mode == ProbeMode::kOff ? nullptr : &*checker},
                   settings);
    checker->Start([this] { worker->WakeForFindings(); });
    worker->Start();
  }
  void NotifyOnProblemsOnly() {
    StopDaemon();
    notify_on = NotifyOn::kProblems;
    StartDaemon();
    REQUIRE(Until([&] { return worker->status().last_look == clock.Now(); }));
  }
  void StopDaemon() {
    worker->Stop();
    checker->Stop();
  }

  template <typename Question>
  bool Until(Question question) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds{20};
    while (!question()) {
      if (std::chrono::steady_clock::now() > deadline) return false;
      worker->Wake();
      std::this_thread::sleep_for(std::chrono::milliseconds{20});
    }
    return true;
  }
  template <typename Change>
  void Do(Change change) {
    const std::lock_guard lock{shared.mutex};
    change();
  }

  /// A night later: mail1 with errors, from 20 to 15 minutes ago; samba1 well.
  void NightWithErrors() {
    Do([&] {
      clock.Advance(hours{24});
      Record("mail1", minutes{-20}, 2);
      Record("samba1", minutes{-10});
    });
  }
  void SnapshotOf(const char* module, seconds from_now) {
    shared.repository.SetSnapshots(ModuleId{module}, {{clock.Now() + from_now, "a2a4", 4096}});
  }
  /// A report waits, and the first repository check for it has begun.
  bool IsPostponed() {
    return Until([&] { return worker->status().reports_postponed == 1 && !LookedInto().empty(); });
  }
  bool UntilMessages(std::size_t count) {
    return Until([&] { return Messages().size() >= count; });
  }
  std::vector<std::string> LookedInto() {
    const std::lock_guard lock{shared.mutex};
    return shared.looked_into;
  }
  /// The body, as one text.
  std::string MailText(std::size_t index) {
    std::string text = Unquoted(Messages().at(index).mail);
    return text.substr(0, text.find("<html"));
  }
  Run LastRun(std::int64_t id = 1) { return store->archive().Read(RunId{id}).value(); }
  Verdict VerdictOf(const char* module) {
    return LastRun().modules.at(ModuleId{module}).verdict.value();
  }

  using Names = std::vector<std::string>;
  ProbeMode mode;
  NotifyOn notify_on = NotifyOn::kEveryRun;
  Shared shared{cluster};
  announcement::MessageWriter writer{MailTo({"a@example.org"})};
  app::WitnessBoard witnesses;
  std::optional<app::RepositoryChecker> checker;
  std::optional<app::Worker> worker;
};

}  // namespace backup_monitor::testing
