#include "adapters/smtp/ca_bundle.h"

#include <cstdlib>
#include <filesystem>
#include <system_error>

namespace backup_monitor::smtp {

std::string FindCaBundle() {
  if (const char* chosen = std::getenv("SSL_CERT_FILE"); chosen != nullptr && *chosen != '\0') {
    return chosen;
  }
  for (const char* file :
       {"/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt"}) {
    std::error_code ignored;
    if (std::filesystem::is_regular_file(file, ignored)) return file;
  }
  return {};
}

}  // namespace backup_monitor::smtp
