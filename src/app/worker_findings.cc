// What the checker of repositories and the witnesses are asked, and what they have said.

#include <utility>

#include "app/worker.h"
#include "journal/uploads.h"

namespace backup_monitor::app {

using announcement::StepResult;

namespace {

/// Between two readings of how the uploads of the cluster's own backup went that no report waits for.
constexpr seconds kUploadsPause = std::chrono::hours{1};

}  // namespace

/// What the checker has found goes to the disk, and the reports that it completes are sent. False if only a look
/// helps: there is no state, or it could not be stored.
bool Worker::StoreFindings() {
  if (!tracker_) return false;
  const auto stored = [this]() -> Result<void> {
    auto transaction = parts_.store.Begin();
    if (!transaction) return Fail(std::move(transaction.error()).While("begin a step"));
    if (auto kept = KeepFindings(**transaction); !kept) return kept;
    auto result = announcer_.AnnouncePostponed(*tracker_, LastMoment(), **transaction);
    if (!result) return Fail(result.error());
    if (auto done = (*transaction)->Commit(); !done)
      return Fail(std::move(done.error()).While("store a step"));
    // A report that goes out now has judged its runs.
    if (!result->posted.subjects.empty()) {
      if (const auto view = status().view) ShowPlans(*view);
    }
    Conclude(*result);
    return {};
  }();
  if (stored) return true;
  tracker_.reset();
  SayStoreError(stored.error().message);
  return false;
}

/// What the checker has found and the witnesses have said goes into the memory before a step and to the disk with it. A
/// step that is not stored leaves it here for the next.
Result<void> Worker::KeepFindings(store::RunStore::Transaction& transaction) {
  if (parts_.log != nullptr) {
    for (Heard& heard : parts_.log->Collect()) Supersede(heard_, std::move(heard));
  }
  for (const Heard& heard : heard_) {
    const RunChanges changes = tracker_->Heard(heard.run, heard.node, heard.log);
    if (auto saved = transaction.Save(changes); !saved) return saved;
  }
  if (parts_.presence != nullptr) {
    for (Met& met : parts_.presence->Collect()) Supersede(met_, std::move(met));
  }
  for (const Met& met : met_) {
    const RunChanges changes = tracker_->Met(met.run, met.node, met.presence);
    if (auto saved = transaction.Save(changes); !saved) return saved;
  }
  if (auto kept = KeepUploads(transaction); !kept) return kept;
  if (parts_.checker != nullptr) {
    for (Found& found : parts_.checker->Collect()) found_.push_back(std::move(found));
  }
  for (const Found& found : found_) {
    const RunChanges changes = tracker_->Found(found.record, found.finding);
    if (auto saved = transaction.Save(changes); !saved) return saved;
    if (auto kept = transaction.Keep(found.record, found.finding); !kept) return kept;
  }
  return {};
}

/// Before the first look it waits: it is not known yet to which destination a plan sends it.
Result<void> Worker::KeepUploads(store::RunStore::Transaction& transaction) {
  keeps_uploads_ = false;
  if (parts_.uploads == nullptr) return {};
  if (auto fresh = parts_.uploads->Collect()) {
    if (uploads_) fresh->AddEarlier(*uploads_);
    uploads_ = std::move(fresh);
  }
  if (!uploads_ || !tracker_->has_looked()) return {};
  keeps_uploads_ = true;
  return transaction.Save(tracker_->Uploaded(*uploads_));
}

/// For a report that waits, and now and then: what is known of it is on the page.
void Worker::AskForUploads(bool wanted) {
  if (parts_.uploads == nullptr) return;
  const Time now = parts_.clock.Now();
  const ClusterUploads& known = tracker_->memory().uploads;
  const bool is_old =
      !known.read_at || *known.read_at > now || now - *known.read_at >= kUploadsPause;
  if (wanted || is_old) parts_.uploads->Request(journal::ReadUploadsFrom(known, now));
}

/// Only now, when what waits for them is on disk: a report that is not stored has no number yet.
void Worker::SendQuestions(StepResult& result) {
  next_release_ = result.next_release;
  parts_.metrics.Set("backup_monitor_reports_held", {}, result.postponed);
  {
    const MutexLock lock{mutex_};
    status_.reports_postponed = result.postponed;
  }
  if (parts_.log != nullptr) parts_.log->Request(std::move(result.log_jobs));
  AskForUploads(result.wants_uploads);
  if (parts_.presence != nullptr) parts_.presence->Request(std::move(result.presence_jobs));
  if (parts_.checker == nullptr) return;
  for (const PostponedId report : result.released) parts_.checker->Drop(report);
  for (const announcement::ProbeJob& job : result.checks) parts_.checker->Request(job);
}

}  // namespace backup_monitor::app
