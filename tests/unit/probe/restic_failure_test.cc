#include "probe/restic_failure.h"

#include <string>

#include "catch.h"

namespace backup_monitor::probe {
namespace {

// Recorded from restic 0.14.0 (Debian 12), which ends with 1 whatever went wrong.
constexpr const char* kMissing014 =
    "Fatal: unable to open config file: stat nope/config: no such file or directory\n"
    "Is there a repository at the following location?\nnope\n";
constexpr const char* kLocked014 =
    "unable to create lock in backend: repository is already locked exclusively by PID 8247 on vm "
    "by root "
    "(UID 0, GID 0)\nlock was created at 2026-11-22 18:30:36 (808.261405ms ago)\nstorage ID "
    "ec2bd97e\n"
    "the `unlock` command can be used to remove stale locks\n";
constexpr const char* kWrongKey014 = "Fatal: wrong password or no key found\n";
constexpr const char* kRestRefused014 =
    "Fatal: unable to open config file: client.Head: Head \"http://127.0.0.1:9/x/y/config\": dial "
    "tcp "
    "127.0.0.1:9: connect: connection refused\n"
    "Is there a repository at the following location?\nrest:http://127.0.0.1:9/x/y/\n";
constexpr const char* kSftpRefused014 =
    "subprocess ssh: ssh: connect to host 127.0.0.1 port 22: Connection refused\n"
    "Fatal: unable to open repository at sftp:nobody@127.0.0.1:/x: unable to start the sftp "
    "session, "
    "error: EOF\n";
constexpr const char* kEmptyConfig014 =
    "config file has zero size, invalid repository?\nmain.open\n"
    "\tgithub.com/restic/restic/cmd/restic/global.go:760\nruntime.goexit\n\truntime/"
    "asm_amd64.s:1594\n";
constexpr const char* kBadKey014 =
    "Fatal: Unmarshal: invalid character 'g' looking for beginning of value\n";
constexpr const char* kDenied014 =
    "Fatal: unable to open repository at /tmp/r6: ReadDir: open /tmp/r6/keys: permission denied\n";

// As the sources of restic 0.18.0 word them with --json: cmd/restic/main.go, printExitError().
constexpr const char* kMissing018 =
    "{\"message_type\":\"exit_error\",\"code\":10,\"message\":\"Fatal: repository does not exist: "
    "unable to "
    "open config file: stat nope/config: no such file or directory\\nIs there a repository at the "
    "following location?\\nnope\"}\n";
constexpr const char* kLocked018 =
    "{\"message_type\":\"exit_error\",\"code\":11,\"message\":\"unable to create lock in backend: "
    "repository "
    "is already locked exclusively by PID 4711 on node1 by root (UID 0, GID 0)\"}\n";
constexpr const char* kRefused018 =
    "{\"message_type\":\"exit_error\",\"code\":10,\"message\":\"Fatal: repository does not exist: "
    "unable to "
    "open config file: Head \\\"http://127.0.0.1:9/x/config\\\": dial tcp 127.0.0.1:9: connect: "
    "connection "
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
      {1, kLocked018, ProbeCause::kLocked},  // NS8's action ends with 1 and passes the words on
      {0, kMissing018, ProbeCause::kNoRepository},
      {3, "something else", ProbeCause::kUnknown},
      {1, "", ProbeCause::kUnknown},
      {130, "interrupted", ProbeCause::kUnknown},
  }));
  CHECK(ReadResticFailure(status, said).cause == cause);
}

TEST_CASE("the cause is that of the message that ended the command", "[probe]") {
  const std::string refused =
      "Fatal: unable to open config file: dial tcp 127.0.0.1:9: connect: connection refused\n";
  const std::string denied = "Fatal: unable to open config file: Stat: Access Denied.\n";
  CHECK(ReadResticFailure(1, denied + refused).cause == ProbeCause::kUnreachable);
  CHECK(ReadResticFailure(1, refused + denied).cause == ProbeCause::kDenied);
  // What came before says what was tried, not why it ended.
  CHECK(ReadResticFailure(
            1, "List(lock) returned error, retrying after 1s: dial tcp: i/o timeout\n" + denied)
            .cause == ProbeCause::kDenied);
  CHECK(ReadResticFailure(
            1, denied + "Load(<key/1>, 0, 0) returned error, retrying after 1s: dial tcp\n")
            .cause == ProbeCause::kDenied);
  CHECK(
      ReadResticFailure(1, "List(lock) returned error, retrying after 1s: dial tcp: i/o timeout\n")
          .cause == ProbeCause::kUnknown);
  // Where a message says nothing of the cause, the question that follows it does not either.
  CHECK(ReadResticFailure(
            1,
            "Fatal: unable to open config file: something new\n"
            "Is there a repository at the following location?\ns3:https://h/access denied\n")
            .cause == ProbeCause::kUnknown);
}

TEST_CASE("what restic calls its end is the end, and no other line's code counts", "[probe]") {
  const std::string end =
      R"({"message_type":"exit_error","code":1,"message":"repository is already locked by PID 1"})";
  CHECK(ReadResticFailure(1, end + "\nterminated by the caller\n").cause == ProbeCause::kLocked);
  CHECK(ReadResticFailure(1, R"({"message_type":"error","code":10,"message":"odd"})").cause ==
        ProbeCause::kUnknown);
}

TEST_CASE("a client that restic runs explains what restic cannot", "[probe]") {
  const std::string session =
      "Fatal: unable to open repository at sftp:u@h:/b: unable to start the sftp session, error: "
      "EOF\n";
  CHECK(ReadResticFailure(1, "subprocess ssh: u@h: Permission denied (publickey).\n" + session)
            .cause == ProbeCause::kDenied);
  CHECK(ReadResticFailure(1,
                          "subprocess ssh: @ WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED! @\n"
                          "subprocess ssh: It is possible that someone is doing something.\n" +
                              session)
            .cause == ProbeCause::kHostKey);
  CHECK(ReadResticFailure(1, session).cause == ProbeCause::kUnreachable);
  // Not what it said before something else.
  CHECK(ReadResticFailure(1, "subprocess ssh: Permission denied\nanother line\n" + session).cause ==
        ProbeCause::kUnreachable);
  const std::string missing =
      "Fatal: repository does not exist: unable to open config file: <config/> does not exist\n";
  CHECK(ReadResticFailure(10, "rclone: ERROR : AccessDenied: Access Denied\n" + missing).cause ==
        ProbeCause::kDenied);
  CHECK(ReadResticFailure(10, "rclone: NOTICE: Config file not found - using defaults\n" + missing)
            .cause == ProbeCause::kNoRepository);
}

TEST_CASE("an HTTP status is understood wherever a backend writes it", "[probe]") {
  struct Case {
    std::string said;
    ProbeCause cause;
  };
  const auto [said, cause] = GENERATE(values<Case>({
      {"unexpected HTTP response (403): 403 Forbidden", ProbeCause::kDenied},
      {"List failed, server response: 401 Unauthorized (401)", ProbeCause::kDenied},
      {"Bucket: b2_list_buckets: 401: ", ProbeCause::kDenied},
      {"RESPONSE 403: 403 Server failed", ProbeCause::kDenied},
      {"unexpected HTTP response (500): 500 Internal Server Error", ProbeCause::kUnknown},
      {"unexpected HTTP response (503): 503 Service Unavailable", ProbeCause::kUnreachable},
      {"server response: 503", ProbeCause::kUnreachable},
      {"unexpected HTTP response (519): 519", ProbeCause::kUnknown},
      {"unexpected HTTP response (520): 520", ProbeCause::kUnreachable},
      {"unexpected HTTP response (530): 530", ProbeCause::kUnreachable},
      {"unexpected HTTP response (531): 531", ProbeCause::kUnknown},
      {"unexpected HTTP response (507): 507 Insufficient Storage", ProbeCause::kFull},
      {"server response: 4031", ProbeCause::kUnknown},
      {"response (", ProbeCause::kUnknown},
      {"b2_x: 40", ProbeCause::kUnknown},
  }));
  CAPTURE(said);
  CHECK(ReadResticFailure(1, "Fatal: " + said + "\n").cause == cause);
}

TEST_CASE("a node that cannot start restic is told from a destination", "[probe]") {
  CHECK(ReadResticFailure(125, "Error: x").cause == ProbeCause::kNotStarted);
  CHECK(ReadResticFailure(127, "sh: 1: restic: not found").cause == ProbeCause::kNotStarted);
  CHECK(ReadResticFailure(124, "x").cause == ProbeCause::kUnknown);
  CHECK(ReadResticFailure(128, "x").cause == ProbeCause::kUnknown);
  CHECK(ReadResticFailure(1, "Error: OCI runtime error: crun: no space left on device").cause ==
        ProbeCause::kNotStarted);
}

TEST_CASE("of much that was said the end counts, and its first line may be cut off", "[probe]") {
  const std::string lock =
      "unable to create lock in backend: repository is already locked by PID 1\n";
  const std::string noise(kMostErrors, '.');
  CHECK(ReadResticFailure(1, noise + "\n" + lock).cause == ProbeCause::kLocked);
  CHECK(ReadResticFailure(1, lock + noise.substr(lock.size())).cause ==
        ProbeCause::kUnknown);  // the last line says nothing
  // Of the first line that is within the last 64 KiB only whole ones count.
  const std::string fatal = "Fatal: wrong password or no key found\n";
  const std::string filler = std::string(kMostErrors - fatal.size() - 1, '.') + "\n";
  CHECK(ReadResticFailure(1, fatal + filler).cause == ProbeCause::kWrongKey);
  CHECK(ReadResticFailure(1, fatal + "." + filler).cause == ProbeCause::kUnknown);
  // One line that fills it all is the only one there is.
  CHECK_FALSE(ReadResticFailure(1, std::string(kMostErrors, 'x') + "\n").words.empty());
}

TEST_CASE("the last thing said before it was ended, but not that it was ended", "[probe]") {
  CHECK(LastWords("a\nStat(<config/>) returned error, retrying after 1s: dial tcp: x\nsignal "
                  "terminated received, cleaning up\n",
                  {}) == "Stat(<config/>) returned error, retrying after 1s: dial tcp: x");
  CHECK(LastWords("signal terminated received, cleaning up\n", {}).empty());
  CHECK(LastWords("", {}).empty());
  CHECK(LastWords("it is shoe 43", {Secret{"shoe 43"}}) == "it is ***");
}

TEST_CASE("the line that tells most is shown, in one line and without secrets", "[probe]") {
  CHECK(ReadResticFailure(1, kSftpRefused014).words ==
        "Fatal: unable to open repository at sftp:nobody@127.0.0.1:/x: unable to start the sftp "
        "session, "
        "error: EOF");
  CHECK(ReadResticFailure(10, kMissing018).words.find('\n') == std::string::npos);
  CHECK(ReadResticFailure(1, "\n \nFatal: open rest:http://a:b@c/d").words ==
        "Fatal: open rest:http://***@c/d");
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
}  // namespace backup_monitor::probe
