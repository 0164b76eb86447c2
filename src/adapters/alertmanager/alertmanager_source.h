#pragma once

#include <string>
#include <utility>
#include <vector>

#include "intake/alert_source.h"

namespace backup_monitor::alertmanager {

/// Asks Alertmanager: GET /api/v2/alerts (Alertmanager 0.25.0 measured; api/v2/openapi.yaml of it), without login.
class AlertmanagerSource final : public intake::AlertSource {
 public:
  /// \param address  host:port
  AlertmanagerSource(std::string address, std::vector<std::string> alert_names)
      : address_{std::move(address)}, alert_names_{std::move(alert_names)} {}

  [[nodiscard]] Result<intake::AlertIntake> Firing(Deadline deadline,
                                                   const std::stop_token& stop) override;

 private:
  std::string address_;
  std::vector<std::string> alert_names_;
};

}  // namespace backup_monitor::alertmanager
