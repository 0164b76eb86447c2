#include "adapters/cluster_api/alert_task.h"

#include <cstddef>

namespace backup_monitor::cluster_api {
namespace {

constexpr std::size_t kLongestWords = 200;
constexpr int kNoSuchAction = 8;

bool IsEmptyList(const JsonValue* list) {
  return list == nullptr || !list->IsArray() || list->Empty();
}

}  // namespace

Result<intake::AlertIntake> ReadAlertEnd(const TaskEnd& end,
                                         const std::vector<std::string>& alert_names,
                                         const KnownSecrets& known) {
  const std::string_view error{end.error};
  const std::string said =
      Quotable(error.substr(0, error.find_last_not_of(" \t\r\n") + 1), kLongestWords, known);
  if (end.exit_code == kNoSuchAction)
    return Fail(ErrorCode::kNotFound, "the cluster has no action list-alerts");
  if (end.exit_code != 0) {
    return Fail(ErrorCode::kUnavailable, "the cluster's action list-alerts ended with " +
                                             std::to_string(end.exit_code) +
                                             (said.empty() ? "" : ": " + said));
  }
  const JsonValue* const output = end.output();
  if (output == nullptr || !output->IsObject())
    return Fail(ErrorCode::kInvalidInput, "the cluster's action list-alerts gave no list");
  if (!said.empty() && IsEmptyList(Member(output, "alerts")))
    return Fail(ErrorCode::kUnavailable, "the leader has no answer of Alertmanager: " + said);
  auto alerts = intake::ReadAlerts(*output, alert_names);
  if (!alerts) return Fail(std::move(alerts.error()).While("read what list-alerts gave"));
  return alerts;
}

}  // namespace backup_monitor::cluster_api
