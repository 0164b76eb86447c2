#include "adapters/process/command_repository.h"

#include <fstream>
#include <stop_token>
#include <thread>

#include "base/clock.h"
#include "catch.h"
#include "integration/process/restic_repositories.h"

namespace backup_monitor::testing {
namespace {

using probe::ProbeAnswer;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr const char* kMake =
    "mkdir data; echo shoe >data/file; restic -q -r mail init; restic -q -r mail --no-cache backup "
    "data; ";

ProbeCause CauseOf(const ProbeAnswer& answer) {
  REQUIRE(answer.failure);
  INFO(answer.failure->words);
  return answer.failure->cause;
}

TEST_CASE("the newest snapshot of a real repository is read", "[process][restic]") {
  const ResticRepositories world;
  const Time before = SystemClock{}.Now();
  REQUIRE(world.Run(kMake) == 0);

  const ProbeAnswer answer = world.Read("mail");
  REQUIRE_FALSE(answer.failure);
  REQUIRE(answer.snapshots.size() == 1);
  CHECK(answer.snapshots.front().at >= before);
  CHECK(answer.snapshots.front().at <= SystemClock{}.Now());
  CHECK(answer.snapshots.front().id.size() == 64);
}

TEST_CASE("a repository without snapshots, and one with an old one", "[process][restic]") {
  const ResticRepositories world;
  REQUIRE(world.Run("mkdir data; restic -q -r mail init; restic -q -r old init; "
                    "restic -q -r old --no-cache backup --time '2026-01-02 03:04:05' data") == 0);

  const ProbeAnswer none = world.Read("mail");
  CHECK_FALSE(none.failure);
  CHECK(none.snapshots.empty());
  const ProbeAnswer old = world.Read("old");
  REQUIRE(old.snapshots.size() == 1);
  CHECK(SystemClock{}.Now() - old.snapshots.front().at > std::chrono::days{30});
}

TEST_CASE("each way in which a real repository refuses tells its cause", "[process][restic]") {
  const ResticRepositories world;
  REQUIRE(world.Run(std::string{kMake} +
                    "cp -r mail locked; cp -r mail damaged; cp -r mail foreign; "
                    ": >damaged/config; "
                    // A prune that dies leaves its exclusive lock behind.
                    "restic -r locked --no-cache prune & "
                    "for i in $(seq 6000); do ls locked/locks | grep -qx '[0-9a-f]\\{64\\}' && "
                    "break; sleep 0.005; done; "
                    "kill -KILL $!; "
                    "RESTIC_PASSWORD=other restic -q -r other init; rm foreign/keys/*; cp "
                    "other/keys/* foreign/keys") == 0);

  const ProbeAnswer locked = world.Read("locked");
  CHECK(CauseOf(locked) == ProbeCause::kLocked);
  CHECK(locked.snapshots.size() == 1);  // read around the lock
  CHECK(CauseOf(world.Read("damaged")) == ProbeCause::kDamaged);
  CHECK(CauseOf(world.Read("foreign")) == ProbeCause::kWrongKey);
  CHECK(CauseOf(world.Read("missing")) == ProbeCause::kNoRepository);
  CHECK(CauseOf(world.Read("rest:http://user:shoe43@127.0.0.1:9/mail")) ==
        ProbeCause::kUnreachable);
  CHECK(CauseOf(world.Read("sftp:nobody@127.0.0.1:/mail")) == ProbeCause::kUnreachable);
  CHECK_FALSE(world.Read("locked", {"--no-cache", "--no-lock"}).failure);
}

TEST_CASE("no secret is in what is told", "[process][restic]") {
  const ResticRepositories world;
  const ProbeAnswer answer = world.Read("rest:http://user:shoe43@127.0.0.1:9/mail");
  REQUIRE(answer.failure);
  CHECK(answer.failure->words.find("shoe43") == std::string::npos);
  CHECK(answer.failure->words.find("connection refused") != std::string::npos);
}

ProbeAnswer Ask(std::vector<std::string> command, milliseconds timeout = std::chrono::seconds{20},
                const std::stop_token& stop = {}) {
  process::CommandRepository repository{std::move(command), {"-a", "two words"}, timeout};
  return repository.ReadSnapshots({PlanId{"7"}, ModuleId{"{plan}"}, "uuid", "mail/{module}"}, stop)
      .value();
}

TEST_CASE("placeholders are filled once, and flags become words of their own", "[process]") {
  const ProbeAnswer answer =
      Ask({"/bin/sh", "-c", "printf '%s|' \"$@\" >&2; exit 1", "sh", "{module}", "x{plan}y",
           "{repository}:{path}", "{restic_flags}", "{other}"});
  REQUIRE(answer.failure);
  CHECK(answer.failure->words == "{plan}|x7y|uuid:mail/{module}|-a|two words|{other}|");
}

TEST_CASE("one that does not answer is asked to end, so that it can remove its lock", "[process]") {
  const auto begin = steady_clock::now();
  const ProbeAnswer answer =
      Ask({"/bin/sh", "-c", "trap 'echo bye; exit 0' TERM; sleep 60 & wait"}, milliseconds{300});
  CHECK(CauseOf(answer) == ProbeCause::kTimeout);
  CHECK(steady_clock::now() - begin < std::chrono::seconds{5});
}

TEST_CASE("a stop does not wait for it, and does not kill it while it cleans up", "[process]") {
  const TemporaryFolder folder;
  const std::string file = (folder.path() / "state").string();
  const auto state = [&file] {
    std::string word;
    std::ifstream{file} >> word;
    return word;
  };
  std::stop_source stop;
  const std::string script = "trap 'sleep 2; echo clean >" + file + "; exit 0' TERM; echo up >" +
                             file + "; sleep 60 & wait; wait";
  const std::jthread stopper{[&] {
    while (state() != "up") std::this_thread::yield();
    stop.request_stop();
  }};
  const auto begin = steady_clock::now();
  const ProbeAnswer answer =
      Ask({"/bin/sh", "-c", script}, std::chrono::seconds{20}, stop.get_token());
  CHECK(CauseOf(answer) == ProbeCause::kTimeout);
  CHECK(steady_clock::now() - begin < std::chrono::seconds{10});
  CHECK(state() == "up");
  const auto deadline = steady_clock::now() + std::chrono::seconds{20};
  while (state() != "clean" && steady_clock::now() < deadline) std::this_thread::yield();
  CHECK(state() == "clean");
}

TEST_CASE("what a wrapper runs may clean up although the wrapper has ended", "[process]") {
  const TemporaryFolder folder;
  const std::string file = (folder.path() / "state").string();
  const ProbeAnswer answer =
      Ask({"/bin/sh", "-c",
           "(trap 'sleep 1; echo clean >" + file + "; exit 0' TERM; sleep 60 & wait; wait) & wait"},
          milliseconds{300});
  CHECK(CauseOf(answer) == ProbeCause::kTimeout);
  CHECK(std::filesystem::exists(file));
}

TEST_CASE("a stop while it is being ended does not wait for it either", "[process]") {
  const TemporaryFolder folder;
  const std::string file = (folder.path() / "state").string();
  std::stop_source stop;
  const std::jthread stopper{[&] {
    while (!std::filesystem::exists(file)) std::this_thread::yield();
    stop.request_stop();
  }};
  const auto begin = steady_clock::now();
  const ProbeAnswer answer =
      Ask({"/bin/sh", "-c",
           "trap 'echo asked >" + file + "; sleep 5; exit 0' TERM; sleep 60 & wait; wait"},
          milliseconds{200}, stop.get_token());
  CHECK(CauseOf(answer) == ProbeCause::kTimeout);
  CHECK(steady_clock::now() - begin < std::chrono::seconds{4});
}

TEST_CASE("a list is only complete if restic says nothing else", "[process]") {
  const std::string list = R"(echo '[{"time":"2026-01-02T03:04:05Z","id":"aa"}]'; )";
  const ProbeAnswer whole = Ask({"/bin/sh", "-c", list + "echo 'unable to open cache: x' >&2"});
  CHECK_FALSE(whole.failure);
  CHECK(whole.complete);
  const ProbeAnswer part =
      Ask({"/bin/sh", "-c", list + "echo 'could not load snapshot 79cdb9c9: x' >&2"});
  CHECK(CauseOf(part) == ProbeCause::kIncomplete);
  CHECK(part.snapshots.size() == 1);
  CHECK_FALSE(part.complete);
  // What was said is lost, so it is not known to be harmless.
  CHECK(
      CauseOf(Ask({"/bin/sh", "-c", list + "yes 'unable to open cache: x' | head -n 5000 >&2"})) ==
      ProbeCause::kIncomplete);
}

TEST_CASE("what is read around a lock may be incomplete, too", "[process]") {
  const std::string script =
      R"(if [ "$*" = "-a two words" ]; then echo 'repository is already locked' >&2; exit 11; fi; )"
      "echo '[]'; echo 'could not load snapshots: x' >&2";
  const ProbeAnswer answer = Ask({"/bin/sh", "-c", script, "sh", "{restic_flags}"});
  CHECK(CauseOf(answer) == ProbeCause::kLocked);
  CHECK_FALSE(answer.complete);
}

TEST_CASE("one that still tries again when its time is over says what it last tried", "[process]") {
  // As restic 0.18.1 does with a destination that is not there: cmd/restic/global.go, cmd/restic/cleanup.go.
  const ProbeAnswer answer =
      Ask({"/bin/sh", "-c",
           "trap 'echo signal terminated received, cleaning up >&2; exit 130' TERM; "
           "echo 'Stat(<config/>) returned error, retrying after 1.1s: dial tcp 192.0.2.1:443: "
           "connect: no route to host' >&2; sleep 60 & wait"},
          milliseconds{300});
  CHECK(CauseOf(answer) == ProbeCause::kTimeout);
  CHECK(answer.failure->words ==
        "Stat(<config/>) returned error, retrying after 1.1s: dial tcp 192.0.2.1:443: connect: no "
        "route to host");
}

TEST_CASE("a known secret is not quoted, whatever it looks like", "[process]") {
  process::CommandRepository repository{{"/bin/sh", "-c", "echo it is shoe 43 >&2; exit 1"},
                                        {},
                                        std::chrono::seconds{20},
                                        {Secret{"shoe 43"}}};
  CHECK(repository.ReadSnapshots({PlanId{"7"}, ModuleId{"mail1"}, "uuid", ""}, {})
            .value()
            .failure->words == "it is ***");
}

TEST_CASE("what is no answer of restic is a failure, never an empty repository",
          "[process][hostile]") {
  CHECK(CauseOf(Ask({"/bin/sh", "-c", "echo hello"})) == ProbeCause::kUnknown);
  CHECK(CauseOf(Ask({"/bin/true"})) == ProbeCause::kUnknown);
  CHECK(CauseOf(Ask({"/bin/sh", "-c", "kill -SEGV $$"})) == ProbeCause::kUnknown);
  CHECK(CauseOf(Ask({"no-such-program-here"})) == ProbeCause::kNotStarted);
  CHECK(CauseOf(Ask({"/bin/sh", "-c", "head -c 20000000 /dev/zero | tr '\\0' '['"})) ==
        ProbeCause::kUnknown);
}

}  // namespace
}  // namespace backup_monitor::testing
