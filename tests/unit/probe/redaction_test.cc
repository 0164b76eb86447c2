#include "probe/redaction.h"

#include <catch2/catch.hpp>
#include <string>

namespace backup_monitor {
namespace {

TEST_CASE("secrets are hidden, and the rest stays readable", "[probe]") {
  struct Case {
    std::string said;
    std::string shown;
  };
  const auto [said, shown] = GENERATE(values<Case>({
      {"Fatal: wrong password or no key found", "Fatal: wrong password or no key found"},
      {"open rest:http://user:pass@nas.example.org:8000/x", "open rest:http://***@nas.example.org:8000/x"},
      {"open s3:https://key:p@ss@host/bucket failed", "open s3:https://***@host/bucket failed"},
      {"http://user@host http://a:b@c", "http://***@host http://***@c"},
      {"s3:https://KEY:SEC/RET@host/bucket", "s3:https://***@host/bucket"},
      {"https://host/path@version", "https://***@version"},
      {"password=shoe43 next", "password=*** next"},
      {"RESTIC_PASSWORD=shoe43", "RESTIC_PASSWORD=***"},
      {"{\"secret\":\"shoe43\",\"x\":1}", "{\"secret\":\"***\",\"x\":1}"},
      {"Authorization: shoe43", "Authorization: ***"},
      {"Authorization: Basic dXNlcjpwYXNz end", "Authorization: Basic *** end"},
      {"authorization: Bearer abc", "authorization: Bearer ***"},
      {"pass=shoe43 pwd: shoe43", "pass=*** pwd: ***"},
      {"secret_access_key: 'shoe 43'", "secret_access_key: '*** 43'"},
      {"key AKIAIOSFODNN7EXAMPLE is bad", "key *** is bad"},
      {"wJalrXUtnFEMI/K7MDENGbPxRfiCYEXAMPLEKEY1", "wJalrXUtnFEMI/***"},
      {"internationalisationalities", "internationalisationalities"},
      {"12345678901234567890", "12345678901234567890"},
      {"key:", "key:"},
      {"", ""},
  }));
  CHECK(WithoutSecrets(said) == shown);
}

TEST_CASE("a text that never ends its URL or value is only shortened", "[probe][hostile]") {
  for (const char* piece : {"://", "a@", "password=", "\"", "=", "token:'"}) {
    std::string said;
    for (int i = 0; i < 20'000; ++i) said += piece;
    CHECK(WithoutSecrets(said).size() <= 2 * said.size());
  }
}

}  // namespace
}  // namespace backup_monitor
