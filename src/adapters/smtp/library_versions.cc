#include "adapters/smtp/library_versions.h"

#include <curl/curl.h>
#include <openssl/crypto.h>

namespace backup_monitor::smtp {

LibraryVersions SmtpLibraries() {
  const curl_version_info_data* const curl = curl_version_info(CURLVERSION_NOW);
  return {{"OpenSSL", OpenSSL_version(OPENSSL_VERSION_STRING)},
          {"libcurl", curl->version},
          {"c-ares", curl->ares != nullptr ? curl->ares : "none"}};
}

}  // namespace backup_monitor::smtp
