#pragma once

#include "announcement/message_writer.h"
#include "config/config.h"

namespace backup_monitor::app {

[[nodiscard]] inline announcement::Correspondence CorrespondenceOf(const config::MailConfig& mail) {
  return {mail.from, mail.to, mail.language, mail.subject_prefix};
}

}  // namespace backup_monitor::app
