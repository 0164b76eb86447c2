#include "announcement/announcer.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>

#include "journal/log_plan.h"
#include "presence/presence_plan.h"
#include "run/verdicts.h"

namespace backup_monitor::announcement {
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
    if (run.open() && !run.is_missed()) used.insert(run.destination_id);
  }
  return used;
}

std::set<RunId> RunsOf(const std::vector<PostponedReport>& postponed) {
  std::set<RunId> runs;
  for (const PostponedReport& report : postponed) {
    runs.insert(report.announcement.runs.begin(), report.announcement.runs.end());
  }
  return runs;
}

/// Judges every run of the step. Those whose report is postponed keep their old verdicts: it will be compared
/// with what was reported last.
JudgedRuns JudgeClosed(run::RunStep& step, run::RunTracker& tracker,
                       const std::set<RunId>& waiting) {
  JudgedRuns judged;
  for (const RunId id : step.changed) {
    const Run* run = tracker.Find(id);
    if (run == nullptr) continue;
    JudgedRun& of_step = judged.emplace(id, JudgedRun{*run, outcome::Judge(*run)}).first->second;
    if (run->open() || waiting.contains(id)) continue;
    tracker.Judged(id, of_step.now.outcome, of_step.now.verdicts);
  }
  return judged;
}

/// Of a run that is not in memory any more nothing later is reported.
std::set<PlanId> PlansOf(const PostponedReport& report, const run::RunTracker& tracker) {
  std::set<PlanId> plans;
  for (const RunId id : report.announcement.runs) {
    if (const Run* run = tracker.Find(id)) plans.insert(run->plan);
  }
  return plans;
}

/// "the report of run 12, 13"
std::string Named(const PostponedReport& report) {
  std::string runs;
  for (const RunId id : report.announcement.runs) {
    runs += (runs.empty() ? "" : ", ") + std::to_string(static_cast<std::int64_t>(id));
  }
  return "the report of run " + runs;
}

std::string Counted(std::size_t count, const std::string& one, const std::string& more) {
  return std::to_string(count) + " " + (count == 1 ? one : more);
}

bool Shares(const std::set<PlanId>& some, const std::set<PlanId>& others) {
  return std::any_of(some.begin(), some.end(),
                     [&](const PlanId& plan) { return others.contains(plan); });
}

}  // namespace

/// What one step works with.
struct Announcer::Scene {
  run::RunTracker& tracker;
  Moment moment;
  store::RunStore::Transaction& transaction;
  std::set<std::string> in_use;  ///< Destinations.
  StepResult result;
};

/// What is still to be asked for a report.
struct Announcer::Missing {
  ProbeJob checks;
  std::vector<NodeJob> log;
  std::vector<NodeJob> presence;
  bool uploads = false;
};

Result<StepResult> Announcer::Announce(run::RunStep& step, run::RunTracker& tracker,
                                       const ClusterView& view,
                                       store::RunStore::Transaction& transaction) const {
  Scene scene{
      tracker, {view.looked_at, &view}, transaction, DestinationsInUse(tracker.memory()), {}};
  auto postponed = transaction.Postponed();
  if (!postponed) return Fail(postponed.error());
  if (auto posted = ReleaseReopened(*postponed, step, scene); !posted) return Fail(posted.error());
  for (PostponedReport& fresh : Postpone(step, *postponed, scene))
    postponed->push_back(std::move(fresh));
  if (auto posted = PostStep(step, *postponed, scene); !posted) return Fail(posted.error());
  if (auto done = ReleaseDue(*std::move(postponed), scene); !done) return Fail(done.error());
  AddOpenRuns(scene);
  scene.result.answers = std::move(step.answers);
  scene.result.remarks = std::move(step.remarks);
  auto& reasons = scene.result.reasons;
  reasons.insert(reasons.begin(), step.reasons.begin(), step.reasons.end());
  return std::move(scene.result);
}

Result<StepResult> Announcer::AnnouncePostponed(run::RunTracker& tracker, const Moment& moment,
                                                store::RunStore::Transaction& transaction) const {
  Scene scene{tracker, moment, transaction, DestinationsInUse(tracker.memory()), {}};
  auto postponed = transaction.Postponed();
  if (!postponed) return Fail(postponed.error());
  if (auto done = ReleaseDue(*std::move(postponed), scene); !done) return Fail(done.error());
  AddOpenRuns(scene);
  return std::move(scene.result);
}

/// A late record reopens a run for hours. Its postponed report is sent as it is, before the step is stored, with
/// the others of the same plan; an update will report the rest.
Result<void> Announcer::ReleaseReopened(std::vector<PostponedReport>& postponed, run::RunStep& step,
                                        Scene& scene) const {
  std::set<PlanId> reopened;
  for (const RunId id : RunsOf(postponed)) {
    const Run* run = scene.tracker.Find(id);
    if (run != nullptr && run->open() && step.changed.contains(id)) reopened.insert(run->plan);
  }
  const auto is_due = [&](const PostponedReport& report) {
    return Shares(PlansOf(report, scene.tracker), reopened);
  };
  for (const PostponedReport& report : postponed) {
    if (!is_due(report)) continue;
    scene.result.reasons.push_back(Named(report) +
                                   " is sent: a late record has reopened a run of its plan");
    if (auto released = Release(report, scene, true); !released) return released;
  }
  std::erase_if(postponed, is_due);
  return {};
}

/// The witnesses were first asked about a missed run when it was opened, if the daemon was there to do it.
Time Announcer::WaitsSince(const std::vector<RunId>& runs, const Scene& scene) {
  Time since = scene.moment.now;
  for (const RunId id : runs) {
    const Run& run = *scene.tracker.Find(id);
    if (!run.is_missed() || run.log.empty()) return scene.moment.now;
    since = std::min(since, run.opened_at);
  }
  return since;
}

/// Takes out of the step what is not to be sent now: what needs checks first, what comes after such a report of
/// the same plan, and updates of runs whose report is still postponed, since that will contain them.
std::vector<PostponedReport> Announcer::Postpone(run::RunStep& step,
                                                 const std::vector<PostponedReport>& postponed,
                                                 const Scene& scene) const {
  const std::set<RunId> waiting = RunsOf(postponed);
  std::set<PlanId> plans;
  for (const PostponedReport& report : postponed) plans.merge(PlansOf(report, scene.tracker));
  std::vector<PostponedReport> fresh;
  std::vector<Announcement> now;
  for (Announcement& announcement : step.announcements) {
    if (!IsAboutClosedRuns(announcement)) {
      now.push_back(std::move(announcement));
      continue;
    }
    const auto& runs = announcement.runs;
    if (announcement.kind == Kind::kUpdate && waiting.contains(runs.front())) continue;
    PostponedReport report{PostponedId{}, announcement, WaitsSince(runs, scene)};
    const bool wants = std::any_of(runs.begin(), runs.end(), [&](RunId id) {
      const Run& run = *scene.tracker.Find(id);
      return !probe::PlanProbes(run, scene.in_use, checks_.mode).orders.empty() ||
             !NodesToRead(run).empty() || !NodesToAsk(run).empty() || WantsUploads(run);
    });
    std::set<PlanId> its = PlansOf(report, scene.tracker);
    if (wants || Shares(its, plans)) {
      plans.merge(its);
      fresh.push_back(std::move(report));
    } else {
      now.push_back(std::move(announcement));
    }
  }
  step.announcements = std::move(now);
  return fresh;
}

Result<void> Announcer::PostStep(run::RunStep& step, const std::vector<PostponedReport>& postponed,
                                 Scene& scene) const {
  JudgedRuns judged = JudgeClosed(step, scene.tracker, RunsOf(postponed));
  if (auto saved = scene.transaction.Save(scene.tracker.ChangesOf(step)); !saved) return saved;
  for (const Announcement& announcement : step.announcements) {
    for (const RunId id : announcement.runs) {
      if (!IsAboutClosedRuns(announcement)) continue;
      JudgedRun& run = judged.at(id);
      run.unprobed = WhyUnchecked(run.before, scene, false);
    }
    auto posted =
        poster_.Post(announcement, judged, scene.moment, scene.transaction, scene.result.posted);
    if (!posted) return posted;
  }
  return {};
}

/// Sends what has waited long enough, and says what is still to be asked for the others. Nothing is sent before an
/// earlier report of its plan.
Result<void> Announcer::ReleaseDue(std::vector<PostponedReport> postponed, Scene& scene) const {
  std::set<PlanId> waiting;
  const Time now = scene.moment.now;
  for (PostponedReport& report : postponed) {
    std::set<PlanId> plans = PlansOf(report, scene.tracker);
    auto missing = MissingOf(report, scene);
    if (!missing) return Fail(missing.error());
    const auto& orders = missing->checks.orders;
    const std::string_view witness = WitnessOf(report, *missing, now);
    const std::string_view over =
        witness.empty() ? WhyChecked(report, orders, now) : std::string_view{};
    if (!Shares(plans, waiting) && !over.empty()) {
      scene.result.reasons.push_back(Named(report) + " is sent: " + std::string{over});
      if (auto released = Release(report, scene, false); !released) return released;
      continue;
    }
    scene.result.reasons.push_back(
        Named(report) + " waits: " +
        (!over.empty()      ? "an earlier report of its plan does"
         : !witness.empty() ? std::string{witness}
                            : Counted(orders.size(), "repository is", "repositories are") +
                                  " still to be checked"));
    waiting.merge(plans);
    if (report.id == PostponedId{}) {
      const auto id = scene.transaction.Postpone(report);
      if (!id) return Fail(id.error());
      report.id = *id;
    }
    missing->checks.report = report.id;
    ++scene.result.postponed;
    const Time at = witness.empty() ? missing->checks.begin_before
                                    : report.since + run::RunRules::kWitnessPatience;
    scene.result.next_release = std::min(scene.result.next_release.value_or(at), at);
    if (!orders.empty()) scene.result.checks.push_back(std::move(missing->checks));
    if (witness.empty()) continue;
    scene.result.wants_uploads |= missing->uploads;
    std::ranges::move(missing->log, std::back_inserter(scene.result.log_jobs));
    std::ranges::move(missing->presence, std::back_inserter(scene.result.presence_jobs));
  }
  return {};
}

Result<Announcer::Missing> Announcer::MissingOf(const PostponedReport& report,
                                                const Scene& scene) const {
  Missing missing;
  missing.checks.begin_before = report.since + checks_.run_timeout;
  for (const RunId id : report.announcement.runs) {
    auto run = scene.transaction.Read(id);
    if (!run && run.error().code == ErrorCode::kNotFound) continue;
    if (!run) return Fail(run.error());
    auto orders = probe::PlanProbes(*run, scene.in_use, checks_.mode).orders;
    std::move(orders.begin(), orders.end(), std::back_inserter(missing.checks.orders));
    missing.uploads |= WantsUploads(*run);
    if (auto nodes = NodesToAsk(*run); !nodes.empty())
      missing.presence.push_back({*run, std::move(nodes)});
    if (auto nodes = NodesToRead(*run); !nodes.empty())
      missing.log.push_back({*std::move(run), std::move(nodes)});
  }
  return missing;
}

std::vector<NodeId> Announcer::NodesToRead(const Run& run) const {
  return checks_.reads_log ? journal::NodesToRead(run) : std::vector<NodeId>{};
}

std::vector<NodeId> Announcer::NodesToAsk(const Run& run) const {
  return checks_.asks_for_nodes ? presence::NodesToAsk(run) : std::vector<NodeId>{};
}

bool Announcer::WantsUploads(const Run& run) const {
  return checks_.reads_uploads && run.awaits_cluster_backup();
}

std::string_view Announcer::WitnessOf(const PostponedReport& report, const Missing& missing,
                                      Time now) {
  if (now >= report.since + run::RunRules::kWitnessPatience || now < report.since - kSteppedBack)
    return {};
  if (!missing.log.empty()) return "the cluster's log is still to be read";
  if (!missing.presence.empty())
    return "it is still to be asked whether its nodes could be reached";
  if (missing.uploads) return "the upload of the cluster's own backup is still to be read";
  return {};
}

/// While a run is open a witness may say that it is over, which step has failed, or that a node cannot be reached.
void Announcer::AddOpenRuns(Scene& scene) const {
  for (const auto& [id, run] : scene.tracker.memory().runs) {
    if (!run.open()) continue;
    auto nodes = NodesToRead(run);
    if (!nodes.empty()) scene.result.log_jobs.push_back({run, std::move(nodes)});
    auto asked = NodesToAsk(run);
    if (!asked.empty()) scene.result.presence_jobs.push_back({run, std::move(asked)});
  }
}

std::string_view Announcer::WhyChecked(const PostponedReport& report,
                                       const std::vector<probe::ProbeOrder>& missing,
                                       Time now) const {
  if (missing.empty()) return "nothing is left to be asked";
  if (checks_.progress == nullptr) return "repositories are not checked any more (repo_check.mode)";
  if (now >= report.since + checks_.run_timeout) return "repo_check.run_timeout is over";
  if (now < report.since - kSteppedBack) return "the clock has stepped back";
  const bool given_up =
      report.id != PostponedId{} && checks_.progress->HasGivenUp(report.id, missing);
  return given_up ? "there is no time left for the repositories still to be checked" : "";
}

Unprobed Announcer::WhyUnchecked(const Run& run, const Scene& scene, bool reopened) const {
  // A run that goes on uses the destination itself.
  const probe::ProbePlan left =
      probe::PlanProbes(run, reopened ? std::set<std::string>{} : scene.in_use, checks_.mode);
  if (left.destination_busy) return Unprobed::kDestinationBusy;
  if (left.orders.empty()) return Unprobed::kNone;
  if (reopened) return Unprobed::kReopened;
  const bool blocked = checks_.progress != nullptr && checks_.progress->IsBlocked(left.orders);
  return blocked ? Unprobed::kEarlierCheck : Unprobed::kTimeOver;
}

/// Sends a report of stored runs, with whatever has been found until now.
Result<void> Announcer::Release(const PostponedReport& report, Scene& scene, bool reopened) const {
  JudgedRuns judged;
  RunChanges changes;
  Announcement announcement = report.announcement;
  announcement.runs.clear();
  for (const RunId id : report.announcement.runs) {
    auto run = scene.transaction.Read(id);
    if (!run && run.error().code == ErrorCode::kNotFound) continue;  // older than store.keep_days
    if (!run) return Fail(run.error());
    outcome::Judgement now = outcome::Judge(*run);
    const Unprobed unprobed = WhyUnchecked(*run, scene, reopened);
    scene.tracker.Judged(id, now.outcome, now.verdicts);
    Run kept = *run;
    run::KeepVerdicts(kept, now.outcome, now.verdicts);
    changes.runs.emplace(id, std::move(kept));
    judged.emplace(id, JudgedRun{*std::move(run), std::move(now), unprobed});
    announcement.runs.push_back(id);
  }
  if (!announcement.runs.empty()) {
    auto posted =
        poster_.Post(announcement, judged, scene.moment, scene.transaction, scene.result.posted);
    if (!posted) return posted;
  }
  if (auto saved = scene.transaction.Save(changes); !saved) return saved;
  if (report.id == PostponedId{}) return {};
  scene.result.released.push_back(report.id);
  return scene.transaction.Release(report.id);
}

}  // namespace backup_monitor::announcement
