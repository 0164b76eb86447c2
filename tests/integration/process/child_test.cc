#include "adapters/process/child.h"

#include <fcntl.h>
#include <unistd.h>

#include <thread>

#include "catch.h"
#include "integration/smtp/smtp_peer.h"

namespace backup_monitor::process {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::steady_clock;

ChildResult RunShell(const std::string& script, std::string_view input = {},
                     milliseconds limit = seconds{20}, std::size_t most_bytes = 65'536) {
  const auto result = RunChild({.arguments = {"/bin/sh", "-c", script},
                                .input = input,
                                .time_limit = limit,
                                .grace = milliseconds{200},
                                .output_limit_bytes = most_bytes},
                               {});
  REQUIRE(result);
  return *result;
}

TEST_CASE("a command gets its input and gives both outputs and its status", "[process]") {
  const auto result = RunShell("cat; echo problem >&2; exit 7", "hello");

  CHECK(result.end == ChildEnd::kExited);
  CHECK(result.status == 7);
  CHECK(result.output == "hello");
  CHECK(result.errors == "problem\n");
  CHECK_FALSE(result.cut);
}

TEST_CASE("a command that reads nothing of a large input does no harm", "[process]") {
  CHECK(RunShell("exit 0", std::string(4'000'000, 'x')).status == 0);
}

TEST_CASE("output beyond the limit is thrown away while the command goes on",
          "[process][hostile]") {
  const auto result = RunShell("head -c 3000000 /dev/zero; exit 3", {}, seconds{20}, 1000);

  CHECK(result.status == 3);
  CHECK(result.output.size() == 1000);
  CHECK(result.cut);
}

TEST_CASE("of what is said on standard error the end is kept", "[process][hostile]") {
  const auto result = RunChild(
      {.arguments = {"/bin/sh", "-c", "head -c 300000 /dev/zero >&2; printf 'the end' >&2"},
       .input = {},
       .errors_limit_bytes = 1000},
      {});
  REQUIRE(result);
  CHECK(result->errors.size() == 1000);
  CHECK(result->errors.ends_with("the end"));
  CHECK(result->errors_cut);
  CHECK_FALSE(result->cut);
  const auto all = RunChild({.arguments = {"/bin/sh", "-c", "head -c 1000 /dev/zero >&2"},
                             .input = {},
                             .errors_limit_bytes = 1000},
                            {});
  REQUIRE(all);
  CHECK(all->errors.size() == 1000);
  CHECK_FALSE(all->errors_cut);
}

TEST_CASE("a program that does not exist or may not run is told apart", "[process]") {
  const auto missing = RunChild({.arguments = {"no-such-program-here"}, .input = {}}, {});
  REQUIRE_FALSE(missing);
  CHECK(missing.error().code == ErrorCode::kNotFound);
  CHECK(missing.error().message.starts_with("run no-such-program-here: "));
  const auto denied = RunChild({.arguments = {"/etc/passwd"}, .input = {}}, {});
  REQUIRE_FALSE(denied);
  CHECK(denied.error().code == ErrorCode::kDenied);
  CHECK_FALSE(RunChild({.arguments = {}, .input = {}}, {}));
}

TEST_CASE("a signal that was not ours is told", "[process]") {
  const auto result = RunShell("kill -9 $$");
  CHECK(result.end == ChildEnd::kSignalled);
  CHECK(result.status == 9);
}

TEST_CASE("at the time limit the whole group is ended, whatever it ignores", "[process][hostile]") {
  const auto begin = steady_clock::now();
  const auto result =
      RunShell("trap '' TERM; sleep 100 & echo $!; wait; sleep 100", {}, milliseconds{300});

  CHECK(result.end == ChildEnd::kTimedOut);
  CHECK(steady_clock::now() - begin < seconds{5});
  // The grandchild goes, or becomes a zombie that nobody has collected yet.
  const std::string stat = "/proc/" + std::to_string(std::stol(result.output)) + "/stat";
  const auto lives = [&stat] {
    const std::string line = testing::ReadFile(stat);
    return !line.empty() && line.find(") Z ") == std::string::npos;
  };
  while (lives() && steady_clock::now() - begin < seconds{5})
    std::this_thread::sleep_for(milliseconds{5});
  CHECK_FALSE(lives());
}

TEST_CASE("a polite command may finish within the grace time", "[process]") {
  const auto result =
      RunShell("trap 'echo bye; exit 0' TERM; echo ready; sleep 100 & wait", {}, milliseconds{300});
  CHECK(result.end == ChildEnd::kTimedOut);
  CHECK(result.output == "ready\nbye\n");
}

TEST_CASE("a stop ends the command at once", "[process]") {
  std::stop_source stop;
  Result<ChildResult> result;
  std::jthread runner{[&] {
    result = RunChild({.arguments = {"sleep", "100"}, .input = {}}, stop.get_token());
  }};
  const auto begin = steady_clock::now();
  stop.request_stop();
  runner.join();

  REQUIRE(result);
  CHECK(result->end == ChildEnd::kStopped);
  CHECK(steady_clock::now() - begin < seconds{2});
}

TEST_CASE("what stays in the background does not hold up the result", "[process]") {
  const auto begin = steady_clock::now();
  const auto result = RunShell("sleep 5 & echo done");
  CHECK(result.output == "done\n");
  CHECK(steady_clock::now() - begin < seconds{4});
}

TEST_CASE("the command inherits no open file of ours", "[process]") {
  const int leak = ::open("/dev/null", O_RDONLY);  // without close-on-exec
  const auto result = RunShell("ls /proc/self/fd | wc -l");
  ::close(leak);
  CHECK(std::stoi(result.output) == 4);  // the three, and the folder that ls reads
}

}  // namespace
}  // namespace backup_monitor::process
