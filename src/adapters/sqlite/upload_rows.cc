#include "adapters/sqlite/upload_rows.h"

#include <string>
#include <utility>

namespace backup_monitor::sqlite {
namespace {

std::optional<Time> FailedAt(const ClusterBackup& backup) {
  return backup.failed ? std::optional{backup.failed->at} : std::nullopt;
}

std::string WordsOf(const ClusterBackup& backup) {
  return backup.failed ? backup.failed->words : std::string{};
}

ClusterBackup BackupOf(std::optional<Time> uploaded, std::optional<Time> failed,
                       std::string words) {
  ClusterBackup backup{.uploaded = uploaded};
  if (failed) backup.failed = ClusterUpload{*failed, false, std::move(words)};
  return backup;
}

}  // namespace

Result<void> SaveUploads(Database& database, const ClusterUploads& uploads) {
  if (auto removed = database.Execute("DELETE FROM cluster_upload;"); !removed) return removed;
  for (const auto& [destination, backup] : uploads.by_destination) {
    auto saved = database
                     .Prepare(
                         "INSERT INTO cluster_upload (destination, uploaded_at, failed_at, words) "
                         "VALUES (?1, ?2, ?3, ?4)")
                     .Bind(destination, backup.uploaded, FailedAt(backup), WordsOf(backup))
                     .Run();
    if (!saved) return saved;
  }
  return database.Prepare("UPDATE state SET uploads_known_to = ?1").Bind(uploads.known_to).Run();
}

Result<ClusterUploads> ReadUploads(Database& database) {
  ClusterUploads uploads;
  auto query =
      database.Prepare("SELECT destination, uploaded_at, failed_at, words FROM cluster_upload");
  while (query.Next()) {
    std::string destination;
    std::optional<Time> uploaded;
    std::optional<Time> failed;
    std::string words;
    query.Read(destination, uploaded, failed, words);
    uploads.by_destination.emplace(std::move(destination),
                                   BackupOf(uploaded, failed, std::move(words)));
  }
  if (auto ran = query.Run(); !ran) return Fail(ran.error());
  auto state = database.Prepare("SELECT uploads_known_to FROM state");
  if (state.Next()) state.Read(uploads.known_to);
  if (auto ran = state.Run(); !ran) return Fail(ran.error());
  return uploads;
}

Result<void> SaveRunClusterBackup(Database& database, const Run& run) {
  if (!run.cluster_backup) {
    return database.Prepare("DELETE FROM run_cluster_backup WHERE run = ?1").Bind(run.id).Run();
  }
  const ClusterBackupAtClosing& its = *run.cluster_backup;
  return database
      .Prepare(
          "INSERT OR REPLACE INTO run_cluster_backup "
          "(run, uploaded_at, failed_at, words, read_at, trouble, target) "
          "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")
      .Bind(run.id, its.backup.uploaded, FailedAt(its.backup), WordsOf(its.backup), its.read_at,
            its.trouble, its.target)
      .Run();
}

Result<void> ReadRunClusterBackup(Database& database, Run& run) {
  auto query = database.Prepare(
      "SELECT uploaded_at, failed_at, words, read_at, trouble, target "
      "FROM run_cluster_backup WHERE run = ?1");
  query.Bind(run.id);
  if (query.Next()) {
    std::optional<Time> uploaded;
    std::optional<Time> failed;
    std::string words;
    ClusterBackupAtClosing& its = run.cluster_backup.emplace();
    query.Read(uploaded, failed, words, its.read_at, its.trouble, its.target);
    its.backup = BackupOf(uploaded, failed, std::move(words));
  }
  return query.Run();
}

}  // namespace backup_monitor::sqlite
