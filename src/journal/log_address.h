#pragma once

#include <string>

#include "base/secret.h"

namespace backup_monitor::journal {

/// Where the cluster's log answers.
struct LogAddress {
  std::string url;   ///< "http://10.5.4.1:20021", without a path.
  std::string user;  ///< For HTTP's basic authentication. Empty: none.
  Secret password;
};

}  // namespace backup_monitor::journal
