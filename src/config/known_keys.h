#pragma once

#include <string>
#include <vector>

namespace backup_monitor::config {

/// Every key the loader reads, by its full name ("mail.smtp.host"), in the order of the sections.
[[nodiscard]] std::vector<std::string> KnownConfigKeys();

}  // namespace backup_monitor::config
