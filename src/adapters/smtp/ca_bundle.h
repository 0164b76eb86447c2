#pragma once

#include <string>

namespace backup_monitor::smtp {

/// The file of the certificates that are trusted: SSL_CERT_FILE of the environment, else Debian's
/// (/etc/ssl/certs/ca-certificates.crt), else that of Enterprise Linux
/// (/etc/pki/tls/certs/ca-bundle.crt). Empty if there is none.
[[nodiscard]] std::string FindCaBundle();

}  // namespace backup_monitor::smtp
