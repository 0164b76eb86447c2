#include "report/json/cluster_backup_json.h"

#include "model/node_log.h"

namespace backup_monitor::report::json {

void WriteClusterBackup(JsonWriter& json, const std::optional<ClusterBackupAtClosing>& known) {
  if (!known) return json.Null("cluster_backup");
  const auto& [uploaded, failed] = known->backup;
  json.BeginObject("cluster_backup");
  json.Moment("uploaded_at", uploaded);
  json.Moment("failed_at", failed ? std::optional{failed->at} : std::nullopt);
  json.Text("words", failed ? failed->words : "");
  json.Flag("over", known->is_over());
  json.Moment("read_at", known->read_at);
  if (known->trouble) json.Text("trouble", TroubleName(*known->trouble));
  else json.Null("trouble");
  json.EndObject();
}

}  // namespace backup_monitor::report::json
