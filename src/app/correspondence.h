#pragma once

#include "announcement/message_writer.h"
#include "config/config.h"

namespace backup_monitor {

[[nodiscard]] inline Correspondence CorrespondenceOf(const MailConfig& mail) {
  return {mail.from, mail.to, mail.language, mail.subject_prefix};
}

}  // namespace backup_monitor
