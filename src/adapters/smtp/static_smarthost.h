#pragma once

#include "config/config.h"
#include "notify/smarthost_source.h"

namespace backup_monitor::smtp {

/// The relay of the configuration, for `mail.transport: smtp`. Always enabled.
class StaticSmarthost final : public notify::SmarthostSource {
 public:
  explicit StaticSmarthost(config::SmtpConfig config) : config_{std::move(config)} {}

  /// Reads the password file each time, so that a new password needs no restart.
  ///
  /// \return kUnavailable if the file cannot be read; the message names it.
  [[nodiscard]] Result<Smarthost> Read() override;

 private:
  const config::SmtpConfig config_;
};

}  // namespace backup_monitor::smtp
