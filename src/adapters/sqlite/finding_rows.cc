#include "adapters/sqlite/finding_rows.h"

namespace backup_monitor::sqlite {
namespace {

/// A member of a snapshot that may not be there.
template <typename Member>
auto Of(const std::optional<Snapshot>& snapshot, Member member) {
  return snapshot ? std::optional{(*snapshot).*member} : std::nullopt;
}

std::optional<std::uint64_t> BytesOf(const std::optional<Snapshot>& snapshot) {
  return snapshot ? snapshot->size_bytes : std::nullopt;
}

std::optional<Snapshot> ReadSnapshot(Query& row, int first) {
  if (row.IsNull(first)) return std::nullopt;
  Snapshot snapshot;
  row.ReadFrom(first, snapshot.at, snapshot.id, snapshot.size_bytes);
  return snapshot;
}

}  // namespace

Result<void> SaveFinding(Database& database, const RecordKey& key, const Finding& finding) {
  return database
      .Prepare(
          "UPDATE record SET probed_at = ?4, newest_at = ?5, newest_id = ?6, newest_bytes = ?7, "
          "of_run_at = ?8, of_run_id = ?9, of_run_bytes = ?10, probe_cause = ?11, probe_words = "
          "?12, "
          "probe_complete = ?13 "
          "WHERE plan = ?1 AND module = ?2 AND start_at = ?3 AND probed_at IS NULL")
      .Bind(key.plan, key.module, key.start, finding.probed_at, Of(finding.newest, &Snapshot::at),
            Of(finding.newest, &Snapshot::id), BytesOf(finding.newest),
            Of(finding.of_run, &Snapshot::at), Of(finding.of_run, &Snapshot::id),
            BytesOf(finding.of_run), finding.cause, finding.words, finding.complete)
      .Run();
}

std::string FindingColumns(const std::string& alias) {
  std::string columns;
  for (const char* name :
       {"probed_at", "newest_at", "newest_id", "newest_bytes", "of_run_at", "of_run_id",
        "of_run_bytes", "probe_cause", "probe_words", "probe_complete"}) {
    if (!columns.empty()) columns += ", ";
    columns += alias + "." + name;
  }
  return columns;
}

std::optional<Finding> ReadFinding(Query& row, int first) {
  if (row.IsNull(first)) return std::nullopt;
  constexpr int kNewest = 1;
  constexpr int kOfRun = kNewest + 3;
  constexpr int kCause = kOfRun + 3;
  Finding finding;
  row.ReadFrom(first, finding.probed_at);
  finding.newest = ReadSnapshot(row, first + kNewest);
  finding.of_run = ReadSnapshot(row, first + kOfRun);
  row.ReadFrom(first + kCause, finding.cause, finding.words, finding.complete);
  return finding;
}

}  // namespace backup_monitor::sqlite
