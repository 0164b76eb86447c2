#include "probe/restic_failure.h"

#include <catch2/catch.hpp>
#include <string>

namespace backup_monitor {
namespace {

// Recorded from restic 0.14.0 (Debian 12), which ends with 1 whatever went wrong.
constexpr const char* kMissing014 =
    "Fatal: unable to open config file: stat nope/config: no such file or directory\n"
    "Is there a repository at the following location?\nnope\n";
constexpr const char* kLocked014 =
    "unable to create lock in backend: repository is already locked exclusively by PID 8247 on vm by root "
    "(UID 0, GID 0)\nlock was created at 2026-11-22 18:30:36 (808.261405ms ago)\nstorage ID ec2bd97e\n"
    "the `unlock` command can be used to remove stale locks\n";
constexpr const char* kWrongKey014 = "Fatal: wrong password or no key found\n";
constexpr const char* kRestRefused014 =
    "Fatal: unable to open config file: client.Head: Head \"http://127.0.0.1:9/x/y/config\": dial tcp "
    "127.0.0.1:9: connect: connection refused\n"
    "Is there a repository at the following location?\nrest:http://127.0.0.1:9/x/y/\n";
constexpr const char* kSftpRefused014 =
    "subprocess ssh: ssh: connect to host 127.0.0.1 port 22: Connection refused\n"
    "Fatal: unable to open repository at sftp:nobody@127.0.0.1:/x: unable to start the sftp session, "
    "error: EOF\n";
constexpr const char* kEmptyConfig014 =
    "config file has zero size, invalid repository?\nmain.open\n"
    "\tgithub.com/restic/restic/cmd/restic/global.go:760\n";
constexpr const char* kBadKey014 = "Fatal: Unmarshal: invalid character 'g' looking for beginning of value\n";
constexpr const char* kDenied014 =
    "Fatal: unable to open repository at /tmp/r6: ReadDir: open /tmp/r6/keys: permission denied\n";

// As the sources of restic 0.18.0 word them with --json: cmd/restic/main.go, printExitError().
constexpr const char* kMissing018 =
    "{\"message_type\":\"exit_error\",\"code\":10,\"message\":\"Fatal: repository does not exist: unable to "
    "open config file: stat nope/config: no such file or directory\\nIs there a repository at the "
    "following location?\\nnope\"}\n";
constexpr const char* kLocked018 =
    "{\"message_type\":\"exit_error\",\"code\":11,\"message\":\"unable to create lock in backend: repository "
    "is already locked exclusively by PID 4711 on node1 by root (UID 0, GID 0)\"}\n";
constexpr const char* kRefused018 =
    "{\"message_type\":\"exit_error\",\"code\":10,\"message\":\"Fatal: repository does not exist: unable to "
    "open config file: Head \\\"http://127.0.0.1:9/x/config\\\": dial tcp 127.0.0.1:9: connect: connection "
    "refused\"}\n";

TEST_CASE("what restic says tells the cause", "[probe]") {
  struct Case {
    int status;
    std::string said;
    ProbeCause cause;
  };
  const auto [status, said, cause] = GENERATE(values<Case>({
      {1, kMissing014, ProbeCause::kNoRepository},
      {1, kLocked014, ProbeCause::kLocked},
      {1, kWrongKey014, ProbeCause::kWrongKey},
      {1, kRestRefused014, ProbeCause::kUnreachable},
      {1, kSftpRefused014, ProbeCause::kUnreachable},
      {1, kEmptyConfig014, ProbeCause::kDamaged},
      {1, kBadKey014, ProbeCause::kDamaged},
      {1, kDenied014, ProbeCause::kDenied},
      {10, kMissing018, ProbeCause::kNoRepository},
      {11, kLocked018, ProbeCause::kLocked},
      {12, "", ProbeCause::kWrongKey},
      {10, kRefused018, ProbeCause::kUnreachable},
      {1, kLocked018, ProbeCause::kLocked},    // NS8's action ends with 1 and passes the words on
      {0, kMissing018, ProbeCause::kNoRepository},
      {3, "something else", ProbeCause::kUnknown},
      {1, "", ProbeCause::kUnknown},
      {130, "interrupted", ProbeCause::kUnknown},
  }));
  CHECK(ReadResticFailure(status, said).cause == cause);
}

TEST_CASE("the line that tells most is shown, in one line and without secrets", "[probe]") {
  CHECK(ReadResticFailure(1, kSftpRefused014).words ==
        "Fatal: unable to open repository at sftp:nobody@127.0.0.1:/x: unable to start the sftp session, "
        "error: EOF");
  CHECK(ReadResticFailure(10, kMissing018).words.find('\n') == std::string::npos);
  CHECK(ReadResticFailure(1, "\n \nFatal: open rest:http://a:b@c/d").words == "Fatal: open rest:http://***@c/d");
  CHECK(ReadResticFailure(1, "").words.empty());
}

TEST_CASE("long and broken words are cut at a character", "[probe][hostile]") {
  std::string said{"Fatal: "};
  for (int i = 0; i < 50'000; ++i) said += "é ";
  const std::string shown = ReadResticFailure(1, said).words;
  CHECK(shown.size() <= 300);
  CHECK(static_cast<unsigned char>(shown.back()) != 0xC3U);

  std::string nested;
  for (int i = 0; i < 30'000; ++i) nested += "{\"a\":";
  CHECK(ReadResticFailure(1, nested).cause == ProbeCause::kUnknown);
  CHECK(ReadResticFailure(1, std::string{"\0\xff\x80 already", 11}).cause == ProbeCause::kUnknown);
}

}  // namespace
}  // namespace backup_monitor
