#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "announcement/announcer.h"
#include "catch.h"
#include "fakes/fake_transaction.h"
#include "run_states.h"

// Steps without a store and without threads: runs and what is announced of them, made by hand.

namespace backup_monitor::announcement {

using Kind = Announcement::Kind;
using testing::FakeTransaction;

inline constexpr Time kClosed{seconds{1'795'312'800}};
inline constexpr seconds kCheckTime{600};

inline SeenRecord RecordOf(const std::string& plan, const std::string& module,
                           std::uint32_t errors) {
  SeenRecord seen;
  seen.record.plan = PlanId{plan};
  seen.record.module = ModuleId{module};
  seen.record.start = seen.started = kClosed - seconds{900};
  seen.record.end = seen.ended = kClosed - seconds{600};
  seen.record.error_count = errors;
  seen.seen_at = kClosed;
  return seen;
}

/// A closed run of one module.
inline Run ClosedRun(int id, const std::string& plan, std::uint32_t errors,
                     const std::string& destination = "nas") {
  Run run;
  run.id = RunId{id};
  run.plan = PlanId{plan};
  run.plan_name = "plan " + plan;
  run.destination_id = destination;
  run.begin = kClosed - seconds{900};
  run.opened_at = kClosed - seconds{600};
  SetClosed(run, kClosed);
  RunModule& module = run.modules[ModuleId{"mail" + plan}];
  module.expected = true;
  module.ever_recorded = true;
  module.record = RecordOf(plan, "mail" + plan, errors);
  return run;
}

inline Run OpenRun(int id, const std::string& plan, const std::string& destination) {
  Run run = ClosedRun(id, plan, 0, destination);
  SetClosed(run, std::nullopt);
  run.modules[ModuleId{"web" + plan}].expected = true;
  return run;
}

struct Progress final : CheckProgress {
  bool given_up = false;
  bool blocked = false;
  bool HasGivenUp(PostponedId, const std::vector<probe::ProbeOrder>&) const override {
    return given_up;
  }
  bool IsBlocked(const std::vector<probe::ProbeOrder>&) const override { return blocked; }
};

/// What the log says of node 2: how the execution there ended.
inline NodeLog LogReadAt(Time at, LoggedPass::End end) {
  NodeLog log{.read_at = at};
  log.pass =
      LoggedPass{.node = *NodeId::Parse("2"), .plan = PlanId{"1"}, .began{}, .last{}, .end = end};
  return log;
}

/// Steps of which the runs and announcements are said, one after the other.
struct World {
  explicit World(ProbeMode mode = ProbeMode::kFailed, NotifyOn notify_on = NotifyOn::kEveryRun,
                 bool reads_log = false, bool asks_for_nodes = false, bool reads_uploads = false)
      : announcer{writer,
                  notify_on,
                  {mode, kCheckTime, &progress, reads_log, asks_for_nodes, reads_uploads}} {}

  /// The runs become what they are here, and this is announced of them.
  StepResult Step(const std::vector<Run>& runs, std::vector<Announcement> announcements) {
    RunMemory memory = tracker.memory();
    run::RunStep step;
    for (Run run : runs) {
      SetAnnounced(run, true);
      memory.runs.insert_or_assign(run.id, run);
      step.changed.insert(run.id);
    }
    tracker = run::RunTracker{run::RunRules{}, std::move(memory)};
    step.announcements = std::move(announcements);
    ClusterView view;
    view.looked_at = now;
    auto result = announcer.Announce(step, tracker, view, transaction);
    REQUIRE(result);
    return *std::move(result);
  }
  StepResult Look() { return Step({}, {}); }

  [[nodiscard]] std::vector<std::string> Sent() const {
    std::vector<std::string> sent;
    for (const Message& message : transaction.messages) {
      std::string& text = sent.emplace_back(Name(message.kind));
      if (!message.runs.empty())
        text += " " + std::to_string(static_cast<std::int64_t>(message.runs.front()));
    }
    return sent;
  }

  Time now = kClosed;
  Progress progress;
  FakeTransaction transaction;
  MessageWriter writer{{.from = "monitor@example.org",
                        .to = {"a@example.org"},
                        .language = Language::kEnglish,
                        .subject_prefix = {}}};
  Announcer announcer;
  run::RunTracker tracker{run::RunRules{}, RunMemory{}};
};

using Sent = std::vector<std::string>;

}  // namespace backup_monitor::announcement
