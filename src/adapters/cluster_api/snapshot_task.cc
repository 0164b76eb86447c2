#include "adapters/cluster_api/snapshot_task.h"

#include "adapters/cluster_api/api_answer.h"
#include "base/json/json_writer.h"
#include "probe/list_answer.h"
#include "probe/restic_failure.h"
#include "probe/snapshot_values.h"

namespace backup_monitor::cluster_api {

std::string SnapshotInput(const probe::RepositoryAddress& address) {
  JsonWriter json;
  json.BeginObject();
  json.Bytes("repository", address.destination_id);
  json.Bytes("path", address.path);
  json.EndObject();
  return json.Written();
}

probe::ProbeAnswer ParseSnapshotEnd(std::string_view answer, const KnownSecrets& known) {
  const auto end = ParseTaskEnd(answer, {.utf8_only = false});
  if (!end) return probe::Refusal(ProbeCause::kUnknown, end.error().message);
  if (end->exit_code != 0)
    return probe::Refusal(probe::ReadResticFailure(end->exit_code, end->error, known));
  const JsonValue* const output = end->output();
  if (output == nullptr) return probe::Refusal(ProbeCause::kUnknown, "the task gave no output");
  return probe::AnswerOfList(probe::ReadActionSnapshots(*output), {end->error}, known);
}

}  // namespace backup_monitor::cluster_api
