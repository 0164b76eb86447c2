// What the cluster's API server answers. Besides not crashing, a task's id can be a part of a URL, and what is quoted
// is one short line without a known secret.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "adapters/cluster_api/alert_task.h"
#include "adapters/cluster_api/api_answer.h"
#include "adapters/cluster_api/node_list.h"
#include "adapters/cluster_api/snapshot_task.h"
#include "probe/restic_failure.h"

namespace {

void Require(bool holds) {
  if (!holds) std::abort();
}

void RequireQuotable(std::string_view words, std::size_t most) {
  Require(words.size() <= most && words.find('\n') == std::string_view::npos &&
          words.find("shoe43") == std::string_view::npos);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace backup_monitor;
  const std::string_view body{reinterpret_cast<const char*>(data), size};
  const KnownSecrets known{Secret{"shoe43"}};
  if (const auto token = cluster_api::ParseToken(body)) Require(!token->Reveal().empty());
  if (const auto id = cluster_api::ParseTaskId(body)) {
    Require(
        !id->empty() && id->size() <= 64 &&
        id->find_first_not_of("-0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") ==
            std::string::npos);
  }
  const probe::ProbeAnswer answer = cluster_api::ParseSnapshotEnd(body, known);
  Require(answer.complete != answer.failure.has_value());
  if (answer.failure) RequireQuotable(answer.failure->words, probe::kMostWords);
  if (const auto end = cluster_api::ParseTaskEnd(body)) {
    const auto nodes = cluster_api::ParseNodes(end->output());
    Require(!nodes || nodes->size() <= 1000);
    const auto alerts = cluster_api::ReadAlertEnd(*end, {"BackupFailed"}, known);
    if (!alerts) RequireQuotable(alerts.error().message, 300);
    else Require(end->exit_code == 0);
  }
  RequireQuotable(cluster_api::ParseMessage(body, known), 203);  // 200 and the mark of a cut
  return 0;
}
