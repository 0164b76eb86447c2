#pragma once

#include "adapters/sqlite/database.h"
#include "base/mutex.h"
#include "store/run_archive.h"

namespace backup_monitor {

/// The history on a connection of its own, which never writes and never waits for writers. Any
/// thread, one at a time.
class SqliteRunArchive final : public RunArchive {
 public:
  explicit SqliteRunArchive(Database database) : database_{std::move(database)} {}

  Result<std::vector<RunHead>> List(const RunFilter& filter) override;
  Result<Run> Read(RunId run) override;
  Result<PlanHistory> HistoryOf(const Run& run, Time as_of) override;
  Result<std::vector<ModuleResult>> ResultsOf(const std::vector<RunHead>& runs) override;
  Result<DeliveryHealth> HealthOfDelivery() override;
  Result<std::vector<MessageStatus>> MessagesOf(RunId run) override;
  Result<std::vector<MessageStatus>> MessagesFor(TriggerId request) override;
  Result<bool> IsInProgress(RequestKind kind, Time now) override;
  Result<MessageStatus> ReadMessage(MessageId message) override;
  /// For a run without records of its own: the compact layout's timestamp, else when it began.
  Result<std::map<PlanId, Time>> LastSuccesses() override;

 private:
  [[nodiscard]] Result<std::vector<MessageStatus>> ReadAll(const std::vector<MessageId>& ids)
      REQUIRES(mutex_);

  Mutex mutex_;
  Database database_ GUARDED_BY(mutex_);
};

}  // namespace backup_monitor
