#pragma once

#include "adapters/sqlite/database.h"
#include "base/mutex.h"
#include "store/run_archive.h"

namespace backup_monitor::sqlite {

/// The history on a connection of its own, which never writes and never waits for writers. Any
/// thread, one at a time.
class SqliteRunArchive final : public store::RunArchive {
 public:
  explicit SqliteRunArchive(Database database) : database_{std::move(database)} {}

  Result<std::vector<store::RunHead>> List(const store::RunFilter& filter) override;
  Result<Run> Read(RunId run) override;
  Result<PlanHistory> HistoryOf(const Run& run, Time as_of) override;
  Result<std::vector<store::ModuleResult>> ResultsOf(
      const std::vector<store::RunHead>& runs) override;
  Result<store::DeliveryHealth> HealthOfDelivery() override;
  Result<std::vector<store::MessageStatus>> MessagesOf(RunId run) override;
  Result<std::vector<store::MessageStatus>> MessagesFor(TriggerId request) override;
  Result<bool> IsInProgress(store::RequestKind kind, Time now) override;
  Result<store::MessageStatus> ReadMessage(MessageId message) override;
  /// For a run without records of its own: the compact layout's timestamp, else when it began.
  Result<std::map<PlanId, Time>> LastSuccesses() override;

 private:
  [[nodiscard]] Result<std::vector<store::MessageStatus>> ReadAll(const std::vector<MessageId>& ids)
      REQUIRES(mutex_);

  Mutex mutex_;
  Database database_ GUARDED_BY(mutex_);
};

}  // namespace backup_monitor::sqlite
