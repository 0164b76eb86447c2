#include "app/announcer.h"

#include <algorithm>
#include <utility>

namespace backup_monitor {
namespace {

using Kind = Announcement::Kind;

/// A clock that has stepped back further than this says nothing of how long a report has waited.
constexpr seconds kSteppedBack{60};

bool IsAboutClosedRuns(const Announcement& announcement) {
  return announcement.kind == Kind::kFinal || announcement.kind == Kind::kUpdate;
}

std::set<std::string> DestinationsInUse(const RunMemory& memory) {
  std::set<std::string> used;
  for (const auto& [id, run] : memory.runs) {
    if (run.open()) used.insert(run.destination_id);
  }
  return used;
}

std::set<RunId> RunsOf(const std::vector<HeldReport>& held) {
  std::set<RunId> runs;
  for (const HeldReport& report : held) {
    runs.insert(report.announcement.runs.begin(), report.announcement.runs.end());
  }
  return runs;
}

/// Judges the runs that closed, but for those whose report waits: what it will be compared with is what
/// people were told last.
JudgedRuns JudgeClosed(RunStep& step, RunTracker& tracker, const std::set<RunId>& waiting) {
  JudgedRuns judged;
  for (auto& [id, run] : step.changes.runs) {
    if (waiting.contains(id)) continue;
    Judgement now = Judge(run);
    if (!run.open()) tracker.Judged(id, now.outcome, now.verdicts);
    judged.emplace(id, JudgedRun{run, std::move(now)});
    if (const Run* kept = tracker.Find(id)) run = *kept;
  }
  return judged;
}

Unprobed WhyUnprobed(const ProbePlan& left) {
  if (left.destination_busy) return Unprobed::kDestinationBusy;
  return left.orders.empty() ? Unprobed::kNone : Unprobed::kTimeOver;
}

void KeepVerdicts(Run& run, const Judgement& judgement) {
  run.outcome = judgement.outcome;
  for (auto& [id, module] : run.modules) {
    const auto verdict = judgement.verdicts.find(id);
    module.verdict.reset();
    if (verdict != judgement.verdicts.end()) module.verdict = verdict->second;
  }
}

}  // namespace

/// What one step works with.
struct Announcer::Scene {
  RunTracker& tracker;
  Moment moment;
  RunStore::Transaction& transaction;
  std::set<std::string> in_use;  ///< Destinations.
  Announced result;
};

Result<Announced> Announcer::Tell(RunStep& step, RunTracker& tracker, const ClusterView& view,
                                  RunStore::Transaction& transaction) const {
  Scene scene{tracker, {view.looked_at, &view}, transaction, DestinationsInUse(tracker.memory()), {}};
  auto held = transaction.Held();
  if (!held) return Fail(held.error());
  if (auto told = TellReopened(*held, step, scene); !told) return Fail(told.error());
  for (HeldReport& fresh : TakeWhatWaits(step, *held, scene)) held->push_back(std::move(fresh));
  if (auto told = TellStep(step, *held, scene); !told) return Fail(told.error());
  if (auto seen_to = SeeTo(*std::move(held), scene); !seen_to) return Fail(seen_to.error());
  return std::move(scene.result);
}

Result<Announced> Announcer::TellHeld(RunTracker& tracker, Time now,
                                      RunStore::Transaction& transaction) const {
  Scene scene{tracker, {now, nullptr}, transaction, DestinationsInUse(tracker.memory()), {}};
  auto held = transaction.Held();
  if (!held) return Fail(held.error());
  if (auto seen_to = SeeTo(*std::move(held), scene); !seen_to) return Fail(seen_to.error());
  return std::move(scene.result);
}

/// A late record reopens a run for hours. What waits is told as it stood, before the step is stored; an
/// update will tell the rest.
Result<void> Announcer::TellReopened(std::vector<HeldReport>& held, RunStep& step, Scene& scene) const {
  const auto is_reopened = [&step](const HeldReport& report) {
    return std::any_of(report.announcement.runs.begin(), report.announcement.runs.end(), [&](RunId id) {
      const auto run = step.changes.runs.find(id);
      return run != step.changes.runs.end() && run->second.open();
    });
  };
  for (const HeldReport& report : held) {
    if (!is_reopened(report)) continue;
    if (auto released = Release(report, scene); !released) return released;
    for (const RunId id : report.announcement.runs) {
      const auto changed = step.changes.runs.find(id);
      const Run* kept = scene.tracker.Find(id);
      if (changed != step.changes.runs.end() && kept != nullptr) changed->second = *kept;
    }
  }
  std::erase_if(held, is_reopened);
  return {};
}

/// Takes out of the step what is not to be told now: what wants looks first, and updates of runs whose
/// report still waits, since that will tell them.
std::vector<HeldReport> Announcer::TakeWhatWaits(RunStep& step, const std::vector<HeldReport>& held,
                                                 const Scene& scene) const {
  const std::set<RunId> waiting = RunsOf(held);
  std::vector<HeldReport> fresh;
  std::vector<Announcement> now;
  for (Announcement& announcement : step.announcements) {
    const auto& runs = announcement.runs;
    if (announcement.kind == Kind::kUpdate && waiting.contains(runs.front())) continue;
    const bool wants = IsAboutClosedRuns(announcement) && std::any_of(runs.begin(), runs.end(), [&](RunId id) {
      return !PlanProbes(step.changes.runs.at(id), scene.in_use, probing_.mode).orders.empty();
    });
    if (wants) fresh.push_back({HeldId{}, std::move(announcement), scene.moment.now});
    else now.push_back(std::move(announcement));
  }
  step.announcements = std::move(now);
  return fresh;
}

Result<void> Announcer::TellStep(RunStep& step, const std::vector<HeldReport>& held, Scene& scene) const {
  JudgedRuns judged = JudgeClosed(step, scene.tracker, RunsOf(held));
  if (auto saved = scene.transaction.Save(step.changes); !saved) return saved;
  for (const Announcement& announcement : step.announcements) {
    for (const RunId id : announcement.runs) {
      if (!IsAboutClosedRuns(announcement)) continue;
      JudgedRun& run = judged.at(id);
      run.unprobed = WhyUnprobed(PlanProbes(run.before, scene.in_use, probing_.mode));
    }
    auto posted = poster_.Post(announcement, judged, scene.moment, scene.transaction, scene.result.told);
    if (!posted) return posted;
  }
  return {};
}

/// Tells what has waited long enough, and says what looks the others still want.
Result<void> Announcer::SeeTo(std::vector<HeldReport> held, Scene& scene) const {
  for (HeldReport& report : held) {
    ProbeJob job;
    job.begin_before = report.since + probing_.run_timeout;
    for (const RunId id : report.announcement.runs) {
      auto run = scene.transaction.Read(id);
      if (!run && run.error().code == ErrorCode::kNotFound) continue;
      if (!run) return Fail(run.error());
      auto orders = PlanProbes(*run, scene.in_use, probing_.mode).orders;
      std::move(orders.begin(), orders.end(), std::back_inserter(job.orders));
    }
    if (IsOver(report, job.orders, scene.moment.now)) {
      if (auto released = Release(report, scene); !released) return released;
      continue;
    }
    if (report.id == HeldId{}) {
      const auto id = scene.transaction.Hold(report);
      if (!id) return Fail(id.error());
      report.id = *id;
    }
    job.report = report.id;
    ++scene.result.held;
    scene.result.held_until = std::min(scene.result.held_until.value_or(job.begin_before), job.begin_before);
    scene.result.to_probe.push_back(std::move(job));
  }
  return {};
}

bool Announcer::IsOver(const HeldReport& held, const std::vector<ProbeOrder>& missing, Time now) const {
  if (missing.empty() || probing_.desk == nullptr) return true;
  if (now >= held.since + probing_.run_timeout || now < held.since - kSteppedBack) return true;
  return held.id != HeldId{} && probing_.desk->HasGivenUp(held.id, missing);
}

/// Tells a report of stored runs, with whatever has been found until now.
Result<void> Announcer::Release(const HeldReport& held, Scene& scene) const {
  JudgedRuns judged;
  RunChanges changes;
  Announcement announcement = held.announcement;
  announcement.runs.clear();
  for (const RunId id : held.announcement.runs) {
    auto run = scene.transaction.Read(id);
    if (!run && run.error().code == ErrorCode::kNotFound) continue;  // older than store.keep_days
    if (!run) return Fail(run.error());
    Judgement now = Judge(*run);
    const Unprobed unprobed = WhyUnprobed(PlanProbes(*run, scene.in_use, probing_.mode));
    scene.tracker.Judged(id, now.outcome, now.verdicts);
    Run kept = *run;
    KeepVerdicts(kept, now);
    changes.runs.emplace(id, std::move(kept));
    judged.emplace(id, JudgedRun{*std::move(run), std::move(now), unprobed});
    announcement.runs.push_back(id);
  }
  if (!announcement.runs.empty()) {
    auto posted = poster_.Post(announcement, judged, scene.moment, scene.transaction, scene.result.told);
    if (!posted) return posted;
  }
  if (auto saved = scene.transaction.Save(changes); !saved) return saved;
  if (held.id == HeldId{}) return {};
  scene.result.let_go.push_back(held.id);
  return scene.transaction.Release(held.id);
}

}  // namespace backup_monitor
