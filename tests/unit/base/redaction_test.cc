#include "base/redaction.h"

#include <string>

#include "catch.h"

namespace backup_monitor {
namespace {

TEST_CASE("secrets are hidden, and the rest stays readable", "[redaction]") {
  struct Case {
    std::string said;
    std::string shown;
  };
  const auto [said, shown] = GENERATE(values<Case>({
      {"Fatal: wrong password or no key found", "Fatal: wrong password or no key found"},
      {"open rest:http://user:pass@nas.example.org:8000/x",
       "open rest:http://***@nas.example.org:8000/x"},
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
      {"secret_access_key: 'shoe 43'", "secret_access_key: '***'"},
      {"key AKIAIOSFODNN7EXAMPLE is bad", "key *** is bad"},
      {"wJalrXUtnFEMI/K7MDENGbPxRfiCYEXAMPLEKEY1", "***"},
      {"wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY is bad", "*** is bad"},
      {"+ RESTIC_PASSWORD='correct horse battery staple'", "+ RESTIC_PASSWORD='***'"},
      {R"(parse "http://user:hun ter2@host:8000/": net/url)",
       R"(parse "http://***@host:8000/": net/url)"},
      {R"(parse "http://user:hu\"nter2@host:8000/": net/url)",
       R"(parse "http://***@host:8000/": net/url)"},
      {R"({"message":"parse \"http://user:hu\\\"n ter2@host/\": x@y"})",
       R"({"message":"parse \"http://***@host/\": x@y"})"},
      {"open http://user:hun ter2@host/x failed", "open http://***@host/x failed"},
      {"open http://host:8000 failed, mail me@example.org",
       "open http://host:8000 failed, mail me@example.org"},
      {"map[Authorization:[Basic dXNlcjpodW50ZXIy] User-Agent:[Go]]",
       "map[Authorization:[Basic ***] User-Agent:[Go]]"},
      {"Authorization: Digest username=\"u\", response=\"6629\"", "Authorization: Digest ***"},
      {"Authorization: shoe 43\nnext line", "Authorization: ***\nnext line"},
      {"Cookie: a=shoe; b=43", "Cookie: ***"},
      {"password = hunter2", "password = ***"},
      {"[nas]\npass = two words\nuser = me", "[nas]\npass = ***\nuser = me"},
      {"token : \"a b\" end", "token : \"***\" end"},
      {R"({\"password\": \"two words\", \"x\": 1})", R"({\"password\": \"***\", \"x\": 1})"},
      {"https://a.example/c?sp=rl&sig=Zm9v%2BYmFy end", "https://a.example/c?sp=rl&sig=*** end"},
      {"config: bad", "config: bad"},
      {":webdav,url='https://h',user=u,pass='a ''b'' c':",
       ":webdav,url='https://h',user=u,pass='***':"},
      {"RESTIC_PASSWORD=hunter,2;x&y next", "RESTIC_PASSWORD=*** next"},
      {"b2_download_file_by_name: 403: ", "b2_download_file_by_name: 403: "},
      {"b2_get_upload_part_url: 401", "b2_get_upload_part_url: 401"},
      {"b2_9f86d081884c7d659a2f", "***"},
      {"/var/lib/nethserver/cluster/actions/read-backup-snapshots/50read",
       "/var/lib/nethserver/cluster/actions/read-backup-snapshots/50read"},
      {"rest:http://127.0.0.1:4694/48ce000a-79b7-5fe6-8558-177fd70c27b4/mail/x/",
       "rest:http://127.0.0.1:4694/***/mail/x/"},
      {"Backup/Mail2024/Archive2025/daily", "Backup/Mail2024/Archive2025/daily"},
      {"internationalisationalities", "internationalisationalities"},
      {"12345678901234567890", "12345678901234567890"},
      {"key:", "key:"},
      {"", ""},
  }));
  CHECK(WithoutSecrets(said) == shown);
}

TEST_CASE("known secrets go exactly, whatever their shape and however they are written",
          "[redaction]") {
  const KnownSecrets known{Secret{"a b/c"}, Secret{}, Secret{R"(q"u\o)"}, Secret{"x"},
                           Secret{"xylo"}};
  CHECK(WithoutSecrets("said a b/c, and a%20b%2Fc", known) == "said ***, and ***");
  CHECK(WithoutSecrets(R"(q"u\o {"m":"q\"u\\o"})", known) == R"(*** {"m":"***"})");
  CHECK(WithoutSecrets("xylophone", known) == "***phone");  // the longer one first
  CHECK(WithoutSecrets("nothing", {}) == "nothing");
}

TEST_CASE("a user of a URL is looked for in 4096 bytes", "[redaction][hostile]") {
  const auto url = [](std::size_t user) {
    return "open http://u:" + std::string(user - 2, 'p') + "@host failed";
  };
  CHECK(WithoutSecrets(url(4095)) == "open http://***@host failed");
  CHECK(WithoutSecrets(url(4096)) == url(4096));
}

TEST_CASE("what is quoted is one short line, cut after its secrets are gone", "[redaction]") {
  CHECK(Quotable("one\ntwo\x01", 100) == "one two ");
  CHECK(Quotable("ab password=shoe43shoe43", 18) == "ab password=***");
  CHECK(Quotable("aé", 2) == "a");
  // Of a very long text the beginning is quoted, up to the end of a word, and nothing of a secret.
  const std::string many(16'384 - 5, ' ');
  CHECK(Quotable(many + "shoe 43", 20'000, {Secret{"shoe 43"}}) == many + "***");
  CHECK(Quotable(many + "abc defghij", 20'000) == many + "abc");
  CHECK(Quotable("aé", 3) == "aé");
}

TEST_CASE("of a longer text the first 16 KiB are quoted, up to a whole word",
          "[redaction][hostile]") {
  std::string text;
  while (text.size() < 16'384) text += "ab ";
  text.resize(16'384);
  CHECK(Quotable(text, 100'000) == text);
  CHECK(Quotable(text + "b", 100'000) == text.substr(0, text.find_last_of(' ')));
}

TEST_CASE("a line of many megabytes is quoted as quickly as a short one", "[redaction][hostile]") {
  std::string said;
  for (int i = 0; i < 1'500'000; ++i) said += "password= ";
  CHECK(Quotable(said, 300).size() <= 300);  // its test has a limit in time
}

TEST_CASE("a text that never ends its URL or value is only shortened", "[redaction][hostile]") {
  for (const char* piece :
       {"://", "a@", "password=", "\"", "=", "token:'", "\"://", "\\", "/", "key = '\\'"}) {
    std::string said;
    for (int i = 0; i < 20'000; ++i) said += piece;
    CHECK(WithoutSecrets(said).size() <= 2 * said.size());
  }
}

}  // namespace
}  // namespace backup_monitor
