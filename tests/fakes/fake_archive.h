#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "model/checked_backup.h"
#include "store/run_archive.h"

namespace backup_monitor::testing {

/// A history held in memory, read by the archive's rules. Not for several threads.
class FakeArchive final : public store::RunArchive {
 public:
  void Add(Run run) { runs_.push_back(std::move(run)); }
  void Add(store::MessageStatus message) { messages_.push_back(std::move(message)); }
  /// From now on nothing can be read. std::nullopt heals it.
  void SetOutage(std::optional<Error> outage) { outage_ = std::move(outage); }

  Result<std::vector<store::RunHead>> List(const store::RunFilter& filter) override {
    if (outage_) return Fail(*outage_);
    std::vector<store::RunHead> heads;
    for (auto run = runs_.rbegin(); run != runs_.rend(); ++run) {
      if (static_cast<int>(heads.size()) == filter.limit) break;
      if (filter.plan && run->plan != *filter.plan) continue;
      if (filter.outcome && run->outcome != filter.outcome) continue;
      if (filter.before != RunId{} && run->id >= filter.before) continue;
      heads.push_back(HeadOf(*run));
    }
    return heads;
  }

  Result<Run> Read(RunId id) override {
    if (outage_) return Fail(*outage_);
    const auto found =
        std::find_if(runs_.begin(), runs_.end(), [id](const Run& run) { return run.id == id; });
    if (found == runs_.end()) return Fail(ErrorCode::kNotFound, "no such run");
    return *found;
  }

  /// The past of no run is known, but what is set here.
  Result<PlanHistory> HistoryOf(const Run&, Time as_of) override {
    if (outage_) return Fail(*outage_);
    asked_as_of = as_of;
    return history;
  }
  PlanHistory history;
  std::optional<Time> asked_as_of;

  Result<std::vector<store::ModuleResult>> ResultsOf(
      const std::vector<store::RunHead>& runs) override {
    if (outage_) return Fail(*outage_);
    std::vector<store::ModuleResult> results;
    for (const store::RunHead& head : runs) {
      const Run run = Read(head.id).value();
      for (const auto& [id, module] : run.modules) {
        if (!module.counts()) continue;
        store::ModuleResult& result = results.emplace_back();
        result.run = head.id;
        result.module = id;
        result.node = module.node;
        result.verdict = module.verdict;
        result.without_snapshot = SucceededWithoutSnapshot(module, run.origin);
        const SeenRecord* shown = module.shown();
        if (shown == nullptr) continue;
        result.took = shown->ended - shown->started;
        if (!result.verdict) {
          const bool saved = shown->finding && shown->finding->of_run;
          result.verdict = shown->record.succeeded() ? Verdict::kSucceeded
                           : saved                   ? Verdict::kSavedWithErrors
                                                     : Verdict::kFailed;
        }
        if (shown->record.succeeded()) result.size_bytes = shown->record.restore_bytes;
      }
    }
    return results;
  }

  Result<store::DeliveryHealth> HealthOfDelivery() override {
    if (outage_) return Fail(*outage_);
    return store::DeliveryHealth{};
  }

  Result<std::vector<store::MessageStatus>> MessagesOf(RunId run) override {
    return Select([run](const Message& message) {
      return std::find(message.runs.begin(), message.runs.end(), run) != message.runs.end();
    });
  }

  Result<std::vector<store::MessageStatus>> MessagesFor(TriggerId request) override {
    return Select([request](const Message& message) { return message.request == request; });
  }

  /// A request of this kind is stored and not yet answered, or is so no more.
  void SetInProgress(store::RequestKind kind, bool in_progress) {
    in_progress_[kind] = in_progress;
  }
  Result<bool> IsInProgress(store::RequestKind kind, Time /*now*/) override {
    if (outage_) return Fail(*outage_);
    return in_progress_[kind];
  }

  Result<store::MessageStatus> ReadMessage(MessageId id) override {
    if (outage_) return Fail(*outage_);
    for (const store::MessageStatus& status : messages_) {
      if (status.message.id == id) return status;
    }
    return Fail(ErrorCode::kNotFound, "no such message");
  }

  Result<std::map<PlanId, Time>> LastSuccesses() override {
    if (outage_) return Fail(*outage_);
    std::map<PlanId, Time> ends;
    for (const Run& run : runs_) {
      if (run.outcome == Outcome::kSuccess) ends[run.plan] = run.last_end().value_or(run.begin);
    }
    return ends;
  }

 private:
  static store::RunHead HeadOf(const Run& run) {
    store::RunHead head{run.id,
                        run.plan,
                        run.plan_name,
                        run.begin,
                        run.last_end(),
                        run.closed_at(),
                        run.outcome,
                        0,
                        0,
                        0,
                        false,
                        0,
                        run.open() && run.alert && !run.last_end()};
    for (const auto& [id, module] : run.modules) {
      if (!module.counts()) continue;
      ++head.modules;
      head.succeeded += module.verdict == Verdict::kSucceeded ? 1 : 0;
      head.without_snapshot += SucceededWithoutSnapshot(module, run.origin) ? 1 : 0;
      const bool errors = module.record && !module.record->record.succeeded();
      if (!run.outcome && errors && !module.left) ++head.errors_so_far;
    }
    return head;
  }

  template <typename Which>
  Result<std::vector<store::MessageStatus>> Select(Which which) const {
    if (outage_) return Fail(*outage_);
    std::vector<store::MessageStatus> selected;
    for (const store::MessageStatus& status : messages_) {
      if (!which(status.message)) continue;
      selected.push_back(status);
      selected.back().message.mail.clear();
      selected.back().message.html.clear();
    }
    return selected;
  }

  std::optional<Error> outage_;
  std::map<store::RequestKind, bool> in_progress_;
  std::vector<Run> runs_;
  std::vector<store::MessageStatus> messages_;
};

}  // namespace backup_monitor::testing
