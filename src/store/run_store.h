#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "model/message.h"
#include "model/plan_history.h"
#include "model/postponed_report.h"
#include "model/run.h"
#include "model/run_memory.h"

namespace backup_monitor::store {

/// How far forgetting has got (app/retention.h).
struct Retained {
  std::optional<Time>
      data_time;  ///< What time it is as far as the data and running time vouch for.
  std::optional<Time>
      forgotten_to;  ///< While there is more to remove than may go: what is older has gone.
  std::optional<std::chrono::days> keep;  ///< `store.keep_days` as it was then.

  friend bool operator==(const Retained&, const Retained&) = default;
};

/// What the worker remembers between two steps. One step is one transaction: the state machine's
/// changes, the settled triggers and the messages that follow from them are kept together or not at
/// all. Used by the worker's thread only.
class RunStore {
 public:
  /// Reads see what this transaction has written. Destroyed without Commit(): nothing happened.
  class Transaction {
   public:
    virtual ~Transaction() = default;

    [[nodiscard]] virtual Result<void> Save(const RunChanges& changes) = 0;

    /// One run as it is stored. \return kNotFound.
    [[nodiscard]] virtual Result<Run> Read(RunId run) = 0;

    /// Which of these alerts (Alert::identity()) have opened a run or a report, as far as remembered.
    [[nodiscard]] virtual Result<std::set<std::string>> KnownAlerts(
        const std::set<std::string>& identities) = 0;

    /// What the check of a repository found of a stored record; the first finding stays.
    [[nodiscard]] virtual Result<void> Keep(const RecordKey& record, const Finding& finding) = 0;

    /// Postpones a report. `report.id` is ignored.
    [[nodiscard]] virtual Result<PostponedId> Postpone(const PostponedReport& report) = 0;
    /// Every postponed report, oldest first.
    [[nodiscard]] virtual Result<std::vector<PostponedReport>> Postponed() = 0;
    /// It is reported, or of no interest any more.
    [[nodiscard]] virtual Result<void> Release(PostponedId report) = 0;

    /// The past as seen from `run`, which need not be stored; its own records count for last_good
    /// only if they are. Updates of older runs see only what began before them. What ended or was checked
    /// after `as_of` is not seen: everything is as it was then.
    [[nodiscard]] virtual Result<PlanHistory> HistoryOf(const Run& run, Time as_of) = 0;

    /// Messages that reported this run, oldest first.
    [[nodiscard]] virtual Result<std::vector<PastMessage>> MessagesOf(RunId run) = 0;

    /// Puts a message into the outbox, due at once for each recipient. `message.id` is ignored.
    ///
    /// \return kInvalidInput, and nothing is posted, if one of `message.runs` is neither stored nor
    ///         written in this transaction: a mail must not be shown with a run that takes the number later.
    [[nodiscard]] virtual Result<MessageId> Post(const Message& message) = 0;

    /// On disk when it returns success.
    [[nodiscard]] virtual Result<void> Commit() = 0;
  };

  virtual ~RunStore() = default;

  /// What the state machine must know to go on, `now` deciding which runs are too old to matter.
  [[nodiscard]] virtual Result<RunMemory> Load(Time now) = 0;

  /// \return kUnavailable if the disk is full or the file is busy beyond 10 s.
  [[nodiscard]] virtual Result<std::unique_ptr<Transaction>> Begin() = 0;

  [[nodiscard]] virtual Result<Retained> ReadRetained() = 0;
  [[nodiscard]] virtual Result<void> SaveRetained(const Retained& retained) = 0;
  /// When the newest record ended.
  [[nodiscard]] virtual Result<std::optional<Time>> NewestRecord() = 0;
  /// How old the oldest is of what Forget() would remove; none if it would remove nothing.
  [[nodiscard]] virtual Result<std::optional<Time>> OldestBefore(
      Time before, const std::set<RecordKey>& still_in_redis) = 0;

  /// Removes closed runs, their messages and attempts, and records that ended before `before`; likewise
  /// which alerts were reported, and the plans that have gone, with what was remembered of them. Keeps
  /// open runs, waiting messages, and the records in `still_in_redis`.
  [[nodiscard]] virtual Result<void> Forget(Time before,
                                            const std::set<RecordKey>& still_in_redis) = 0;

  /// Gives room that the store does not need any more back to the disk, about a megabyte of it.
  /// \return true if there is more.
  [[nodiscard]] virtual Result<bool> GiveBackRoom() = 0;
};

}  // namespace backup_monitor::store
