#include "adapters/alertmanager/alertmanager_source.h"

#include "adapters/http_client/patience.h"

namespace backup_monitor::alertmanager {
namespace {

constexpr std::size_t kMostBytes = 8U * 1024U * 1024U;

}  // namespace

Result<intake::AlertIntake> AlertmanagerSource::Firing(Deadline deadline,
                                                       const std::stop_token& stop) {
  const std::string path =
      "/api/v2/alerts?active=true&silenced=true&inhibited=true&unprocessed=true";
  auto reply = http_client::Exchange({.url = "http://" + address_ + path, .most_bytes = kMostBytes},
                                     deadline, stop);
  if (!reply) return Fail(std::move(reply.error()).While("ask Alertmanager at " + address_));
  if (reply->status != 200) {
    return Fail(http_client::IsDenial(reply->status) ? ErrorCode::kDenied : ErrorCode::kUnavailable,
                "Alertmanager at " + address_ + " answered " + std::to_string(reply->status));
  }
  auto alerts = intake::ParseAlerts("{\"alerts\":" + reply->body + "}", alert_names_);
  if (!alerts)
    return Fail(std::move(alerts.error()).While("read the alerts of Alertmanager at " + address_));
  return alerts;
}

}  // namespace backup_monitor::alertmanager
