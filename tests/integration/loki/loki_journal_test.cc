#include "adapters/loki/loki_journal.h"

#include <algorithm>
#include <string>

#include "catch.h"
#include "integration/loki/loki_peer.h"

namespace backup_monitor::loki {
namespace {

using namespace testing;
using journal::Excerpt;
using journal::Wanted;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr std::int64_t kNight = 1'795'737'600;  // seconds
constexpr std::int64_t kSecond = 1'000'000'000;

LokiPeer::Line Root(std::int64_t nanoseconds,
                    const std::string& message = "Backup 1 is not enabled") {
  return {kNight * kSecond + nanoseconds, "",
          R"({"MESSAGE":")" + message + R"(","_SYSTEMD_UNIT":"backup1.service","_UID":"0"})"};
}

Wanted Hour(Wanted::Of of = Wanted::Of::kTimer) {
  return {*NodeId::Parse("2"), Time{seconds{kNight}}, Time{seconds{kNight + 3600}}, of, PlanId{"1"},
          ModuleId{}};
}

Wanted HourOf(const std::string& module) {
  Wanted wanted = Hour(Wanted::Of::kModule);
  wanted.module = ModuleId{module};
  return wanted;
}

LokiJournal JournalAt(const journal::LogAddress& address, LokiManner manner = {}) {
  manner.patience.first_pause = milliseconds{20};
  return LokiJournal{[address](auto) -> Result<journal::LogAddress> { return address; }, manner};
}

Result<Excerpt> Read(LokiJournal journal, const Wanted& wanted,
                     milliseconds timeout = seconds{10}) {
  return journal.Read(wanted, steady_clock::now() + timeout, {});
}

std::vector<std::string> Messages(const Excerpt& excerpt) {
  std::vector<std::string> messages;
  for (const auto& entry : excerpt.entries) messages.push_back(entry.message);
  return messages;
}

TEST_CASE(
    "the entries of a node without a module's label, from the beginning of the time up to its end",
    "[loki]") {
  LokiPeer peer;
  peer.Push(
      "2",
      {Root(-1, "Backup 1 before"),
       Root(0, "Backup 1 first"),
       Root(3600 * kSecond - 1, "Backup 1 last"),
       Root(3600 * kSecond, "Backup 1 after"),
       {kNight * kSecond + 5, "", R"({"MESSAGE":"Backup 1","_SYSTEMD_UNIT":"sshd.service"})"},
       {kNight * kSecond + 6, "",
        R"({"MESSAGE":"x","_HOSTNAME":"backup1.service","_SYSTEMD_UNIT":"xbackup1.service"})"}});
  peer.Push("3", {Root(1, "Backup 1 of another node")});
  peer.Push("2", {{kNight * kSecond + 7, "mail1", R"({"MESSAGE":"Backup 1 of a module"})"}});
  const auto excerpt = Read(JournalAt(peer.address()), Hour());
  REQUIRE(excerpt);
  CHECK(Messages(*excerpt) == std::vector<std::string>{"Backup 1 first", "Backup 1 last"});
  CHECK(excerpt->complete);
  CHECK(excerpt->unread == 0);
  CHECK(excerpt->entries[0].of_root);
  CHECK_FALSE(excerpt->entries[0].module);
  CHECK(excerpt->entries[1].at.time_since_epoch().count() == (kNight + 3600) * kSecond - 1);
  CHECK(peer.Asked().find(
            R"x({node_id="2",module_id=""} |~ `"(_SYSTEMD_UNIT|UNIT)":"backup1\.service")x") == 0);
}

TEST_CASE("the entries of one module", "[loki]") {
  LokiPeer peer;
  peer.Push("2", {{kNight * kSecond, "mail1", R"({"MESSAGE":"Fatal: no"})"},
                  {kNight * kSecond, "mail11", R"({"MESSAGE":"Fatal: of another"})"},
                  {kNight * kSecond, "mail1", R"({"MESSAGE":"a letter came"})"},
                  Root(0, "Fatal: of root")});
  const auto excerpt = Read(JournalAt(peer.address()), HourOf("mail1"));
  REQUIRE(excerpt);
  CHECK(Messages(*excerpt) == std::vector<std::string>{"Fatal: no"});
  CHECK(excerpt->entries[0].module == ModuleId{"mail1"});
  CHECK(peer.Asked().find(R"({node_id="2",module_id="mail1"} |~ `"MESSAGE")") == 0);
}

TEST_CASE("what may say something of a backup is asked for, and little else", "[loki]") {
  const auto [line, wanted] = GENERATE(table<std::string, bool>({
      {R"({"MESSAGE":"x","_SYSTEMD_UNIT":"backup1.service"})", true},
      {R"({"MESSAGE":"x","_SYSTEMD_UNIT":"backup12.service"})", false},
      {R"({"MESSAGE":"x","_SYSTEMD_UNIT":"agent@node.service"})", false},
      {R"({"MESSAGE":"x","UNIT":"backup1.service","_SYSTEMD_UNIT":"init.scope"})", true},
      {R"({"MESSAGE":"Linux version 6.1","_TRANSPORT":"kernel"})", true},
      {R"({"MESSAGE":"x","_SYSTEMD_UNIT":"agent@cluster.service"})", false},
      {R"({"MESSAGE":"x","UNIT":"backup1.timer"})", false},
      {R"({"MESSAGE":"x","_SYSTEMD_UNIT":"xbackup1.service"})", false},
      {R"({"MESSAGE":"error: backup Fatal: ","_HOSTNAME":"backup1.service"})", false},
  }));
  LokiPeer peer;
  peer.Push("2", {{kNight * kSecond, "", line}});
  const auto excerpt = Read(JournalAt(peer.address()), Hour());
  REQUIRE(excerpt);
  CHECK(excerpt->entries.size() == (wanted ? 1 : 0));
}

TEST_CASE("of the agent what run-backup may say is asked for", "[loki]") {
  const auto [message, wanted] = GENERATE(table<std::string, bool>({
      {"mail1: starting backup 1 at Thu", true},
      {"<4>mail1: backup 1 failed (exit code 1)", true},
      {"mail1: already running, queued for retry", true},
      {"mail1: still running, will retry", true},
      {"mail1: gave up retrying after 3600s", true},
      {"[ERROR] retention policy failed for x: y", true},
      {"Waiting 60s before retrying 1 module(s)...", true},
      {"Cannot store backup status! x", true},
      {"Cluster backup uploaded as x", true},
      {"Backup 1 completed successfully", true},
      {"No local modules for backup 1", true},
      {"Fatal: x", true},
      {"unable to create lock in backend: x", true},
      {"task/module/mail1/0f1e: action \\\"list\\\" status is \\\"completed\\\"", false},
  }));
  LokiPeer peer;
  const auto line = [&, text = message](const std::string& unit) {
    return R"({"MESSAGE":")" + text + R"(","_SYSTEMD_UNIT":")" + unit + R"("})";
  };
  peer.Push("2", {{kNight * kSecond, "", line("agent@node.service")},
                  {kNight * kSecond, "", line("agent@cluster.service")},
                  {kNight * kSecond, "mail1", line("agent@node.service")}});
  const auto excerpt = Read(JournalAt(peer.address()), Hour(Wanted::Of::kAgent));
  REQUIRE(excerpt);
  CHECK(excerpt->entries.size() == (wanted ? 1 : 0));
}

TEST_CASE("of uploads what the unit of any plan wrote of them", "[loki]") {
  const auto [message, unit, module, wanted] =
      GENERATE(table<std::string, std::string, std::string, bool>({
          {"Cluster backup uploaded as x", "backup1.service", "", true},
          {"Cluster backup uploaded as x", "backup12.service", "", true},
          {"<6>Cluster backup uploaded as x", "backup1.service", "", true},
          {"[ERROR] cluster-backup failed: x", "backup1.service", "", true},
          {"[ERROR] upload of cluster backup GPG file failed: x", "backup1.service", "", true},
          {"mail1: starting backup 1 at x", "backup1.service", "", false},
          {"[ERROR] upload of JSON manifest failed: x", "backup1.service", "", false},
          {"Cluster backup uploaded as x", "agent@node.service", "", false},
          {"Cluster backup uploaded as x", "backup.service", "", false},
          {"Cluster backup uploaded as x", "xbackup1.service", "", false},
          {"Cluster backup uploaded as x", "backup1.service", "mail1", false},
      }));
  LokiPeer peer;
  peer.Push("2", {{kNight * kSecond, module,
                   R"({"MESSAGE":")" + message + R"(","_SYSTEMD_UNIT":")" + unit + R"("})"}});
  const auto excerpt = Read(JournalAt(peer.address()), Hour(Wanted::Of::kUploads));
  REQUIRE(excerpt);
  CHECK(excerpt->entries.size() == (wanted ? 1 : 0));
}

TEST_CASE("when the node's newest entry was written, whoever wrote it", "[loki]") {
  LokiPeer peer;
  LokiJournal journal = JournalAt(peer.address());
  const auto newest = [&] {
    return journal.NewestEntry(*NodeId::Parse("2"), Time{seconds{kNight}},
                               Time{seconds{kNight + 100}}, steady_clock::now() + seconds{5}, {});
  };
  peer.Push("3", {{(kNight + 50) * kSecond, "", "{}"}});
  peer.Push("2", {{(kNight - 1) * kSecond, "", "{}"}, {(kNight + 100) * kSecond, "", "{}"}});
  REQUIRE(newest());
  CHECK_FALSE(*newest());

  peer.Push("2", {{(kNight + 7) * kSecond + 5, "mail1", "no JSON"}, {kNight * kSecond, "", "{}"}});
  REQUIRE(newest());
  CHECK(*newest() == Time{seconds{kNight + 7}});

  peer.SetRules(R"({"first": [401]})");
  CHECK(newest().error().code == ErrorCode::kDenied);
}

TEST_CASE("of a module what its backup may say is asked for", "[loki]") {
  const auto [message, wanted] = GENERATE(table<std::string, bool>({
      {"Repository is present at path x", true},
      {"Initializing repository at path x", true},
      {"[ERROR] module-dump-state failed. x", true},
      {"[ERROR] restic init failed: x", true},
      {"[ERROR] restic backup failed: x", true},
      {"[ERROR] module-cleanup-state failed. x", true},
      {"Another module-backup is already running", true},
      {"Fatal: x", true},
      {"error: open /x: denied", true},
      {"unable to create lock in backend: x", true},
      {R"({\"message_type\":\"exit_error\"})", true},
      {"a letter with Fatal: in it", false},
  }));
  LokiPeer peer;
  peer.Push("2", {{kNight * kSecond, "mail1", R"({"MESSAGE":")" + message + R"("})"}});
  const auto excerpt = Read(JournalAt(peer.address()), HourOf("mail1"));
  REQUIRE(excerpt);
  CHECK(excerpt->entries.size() == (wanted ? 1 : 0));
}

TEST_CASE("entries of several streams are in the order of their times", "[loki]") {
  LokiPeer peer;
  auto other = Root(1, "Backup 1 second");
  other.module = "";
  peer.Push("2", {Root(2, "Backup 1 third"), Root(0, "Backup 1 first")});
  peer.PushLabelled("2", "category", "security", other);
  const auto excerpt = Read(JournalAt(peer.address(), {.page = 2}), Hour());
  REQUIRE(excerpt);
  CHECK(excerpt->complete);
  CHECK(Messages(*excerpt) ==
        std::vector<std::string>{"Backup 1 first", "Backup 1 second", "Backup 1 third"});
}

TEST_CASE("a page that is too long is asked for with fewer entries", "[loki][hostile]") {
  LokiPeer peer;
  std::vector<LokiPeer::Line> lines;
  for (int n = 0; n < 40; ++n) lines.push_back(Root(n, "Backup 1 " + std::string(1'000, 'x')));
  peer.Push("2", lines);
  const auto excerpt = Read(JournalAt(peer.address(), {.page = 40, .most_bytes = 20'000}), Hour());
  REQUIRE(excerpt);
  CHECK(excerpt->complete);
  CHECK(excerpt->entries.size() == 40);
}

TEST_CASE("when a later page cannot be had, there is what came before", "[loki]") {
  LokiPeer peer;
  std::vector<LokiPeer::Line> lines;
  for (int n = 0; n < 15; ++n) lines.push_back(Root(n));
  peer.Push("2", lines);
  peer.SetRules(R"({"then":400})");
  const auto excerpt = Read(JournalAt(peer.address(), {.page = 10}), Hour());
  REQUIRE(excerpt);
  CHECK_FALSE(excerpt->complete);
  CHECK(excerpt->entries.size() == 10);
}

TEST_CASE("pages are put together, each entry once", "[loki]") {
  const std::size_t count = GENERATE(9, 10, 11, 35);
  LokiPeer peer;
  std::vector<LokiPeer::Line> lines;
  // Three at a time have one moment, so that a page ends within one.
  for (std::size_t n = 0; n < count; ++n)
    lines.push_back(Root(static_cast<std::int64_t>(n / 3), "Backup 1 line " + std::to_string(n)));
  peer.Push("2", lines);
  const auto excerpt = Read(JournalAt(peer.address(), {.page = 10}), Hour());
  REQUIRE(excerpt);
  CHECK(excerpt->complete);
  const auto messages = Messages(*excerpt);
  REQUIRE(messages.size() == count);
  for (std::size_t n = 0; n < count; ++n)
    CHECK(messages[n] == "Backup 1 line " + std::to_string(n));
}

TEST_CASE("more entries of one moment than a page holds are incomplete, and what follows is read",
          "[loki][hostile]") {
  LokiPeer peer;
  std::vector<LokiPeer::Line> lines;
  for (int n = 0; n < 25; ++n) lines.push_back(Root(0, "Backup 1 line " + std::to_string(n)));
  lines.push_back(Root(1, "Backup 1 later"));
  peer.Push("2", lines);
  const auto excerpt = Read(JournalAt(peer.address(), {.page = 10}), Hour());
  REQUIRE(excerpt);
  CHECK_FALSE(excerpt->complete);
  CHECK(excerpt->entries.size() == 11);
  CHECK(excerpt->entries.back().message == "Backup 1 later");
}

TEST_CASE("a reading has a bound in pages and in bytes", "[loki][hostile]") {
  LokiPeer peer;
  std::vector<LokiPeer::Line> lines;
  for (int n = 0; n < 100; ++n) lines.push_back(Root(n, "Backup 1 line"));
  peer.Push("2", lines);
  const auto pages = Read(JournalAt(peer.address(), {.page = 10, .most_pages = 3}), Hour());
  REQUIRE(pages);
  CHECK_FALSE(pages->complete);
  CHECK(pages->entries.size() == 28);  // a page begins with the last entry of the one before
  const std::size_t line = lines.front().line.size();
  const auto bytes = Read(JournalAt(peer.address(), {.most_total = 7 * line}), Hour());
  REQUIRE(bytes);
  CHECK_FALSE(bytes->complete);
  CHECK(bytes->entries.size() == 7);
  CHECK(Read(JournalAt(peer.address(), {.most_total = 100 * line}), Hour())->complete);
}

TEST_CASE("what is no journal entry is counted and left out", "[loki]") {
  LokiPeer peer;
  peer.Push("2", {{kNight * kSecond, "", R"(no JSON: "UNIT":"backup1.service")"}, Root(1)});
  const auto excerpt = Read(JournalAt(peer.address()), Hour());
  REQUIRE(excerpt);
  CHECK(excerpt->unread == 1);
  CHECK(excerpt->entries.size() == 1);
}

TEST_CASE("a log that refuses us says so without the password", "[loki]") {
  LokiPeer peer;
  journal::LogAddress address = peer.address();
  address.password = Secret{"shoe44"};
  const auto excerpt = Read(JournalAt(address), Hour());
  REQUIRE_FALSE(excerpt);
  CHECK(excerpt.error().code == ErrorCode::kDenied);
  CHECK(excerpt.error().message ==
        "read the cluster's log: the log answered 401: 401 Unauthorized");
}

TEST_CASE("what is temporary is tried again", "[loki]") {
  LokiPeer peer;
  peer.Push("2", {Root(0)});
  SECTION("and has an answer then") {
    peer.SetRules(R"({"first":[429,500,503]})");
    const auto excerpt = Read(JournalAt(peer.address()), Hour());
    REQUIRE(excerpt);
    CHECK(excerpt->entries.size() == 1);
  }
  SECTION("or not in time") {
    peer.SetRules(R"({"first":[503,503,503,503,503,503,503,503,503,503]})");
    const auto begin = steady_clock::now();
    const auto excerpt = Read(JournalAt(peer.address()), Hour(), milliseconds{300});
    REQUIRE_FALSE(excerpt);
    CHECK(excerpt.error().code == ErrorCode::kUnavailable);
    CHECK(steady_clock::now() - begin < seconds{2});
  }
}

TEST_CASE("what stays wrong is not tried again", "[loki]") {
  LokiPeer peer;
  peer.SetRules(R"({"first":[400,404]})");
  const auto excerpt = Read(JournalAt(peer.address()), Hour());
  REQUIRE_FALSE(excerpt);
  CHECK(excerpt.error().code == ErrorCode::kInvalidInput);
  CHECK(std::ranges::count(peer.Asked(), '{') == 1);
}

TEST_CASE("a log that hangs, never ends or says nonsense takes no more than its time",
          "[loki][hostile]") {
  LokiPeer peer;
  const auto begin = steady_clock::now();
  SECTION("it hangs") {
    peer.SetRules(R"({"hang":5})");
    CHECK(Read(JournalAt(peer.address()), Hour(), milliseconds{200}).error().code ==
          ErrorCode::kTimeout);
  }
  SECTION("its body never ends") {
    peer.SetRules(R"({"endless":true})");
    CHECK(Read(JournalAt(peer.address(), {.most_bytes = 1'000'000}), Hour()).error().code ==
          ErrorCode::kTooLarge);
  }
  SECTION("nonsense") {
    const std::string raw = GENERATE(
        "", "null", "[]", "{}", R"({\"data\":{\"resultType\":\"matrix\",\"result\":[]}})",
        R"({\"data\":{\"resultType\":\"streams\",\"result\":[{\"values\":[[1,2]]}]}})",
        R"({\"data\":{\"resultType\":\"streams\",\"result\":[{\"values\":[[\"x\",\"y\"]]}]}})",
        R"({\"data\":{\"resultType\":\"streams\",\"result\":[{\"values\":[[\"1\"]]}]}})",
        R"({\"data\":{\"resultType\":\"streams\",\"result\":[7]}})");
    peer.SetRules("{\"raw\":\"" + raw + "\"}");
    CHECK(Read(JournalAt(peer.address()), Hour()).error().code == ErrorCode::kInvalidInput);
  }
  SECTION("nobody is there") {
    CHECK(Read(JournalAt({"http://127.0.0.1:1", "", {}}), Hour(), milliseconds{200}).error().code ==
          ErrorCode::kUnavailable);
  }
  CHECK(steady_clock::now() - begin < seconds{4});
}

TEST_CASE("a cluster without a log says so", "[loki]") {
  LokiJournal journal{[](auto) -> Result<journal::LogAddress> {
    return Fail(ErrorCode::kNotFound, "the cluster has no log");
  }};
  const auto excerpt = journal.Read(Hour(), steady_clock::now() + seconds{1}, {});
  CHECK(excerpt.error().code == ErrorCode::kNotFound);
  CHECK(excerpt.error().message == "find the cluster's log: the cluster has no log");
}

TEST_CASE("an id that would be a query of its own is refused", "[loki][hostile]") {
  LokiPeer peer;
  const std::string id = GENERATE("", "a\"b", "a b", "a}", "a|b");
  CHECK(Read(JournalAt(peer.address()), HourOf(id)).error().code == ErrorCode::kInvalidInput);
  Wanted of_plan = Hour();
  of_plan.plan = PlanId{GENERATE("", "1.*", "a", "1\"")};
  CHECK(Read(JournalAt(peer.address()), of_plan).error().code == ErrorCode::kInvalidInput);
  CHECK(peer.Asked().empty());
}

}  // namespace
}  // namespace backup_monitor::loki
