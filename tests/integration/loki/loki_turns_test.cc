// What is asked of the log to know who was at a module.

#include <string>

#include "adapters/loki/loki_journal.h"
#include "catch.h"
#include "integration/loki/loki_peer.h"

namespace backup_monitor::loki {
namespace {

using namespace testing;

constexpr std::int64_t kMomentSeconds = 1'795'737'600;
constexpr std::int64_t kMoment = kMomentSeconds * 1'000'000'000;

Result<journal::Excerpt> ReadTurns(LokiPeer& peer, const std::string& module) {
  const Time from{seconds{kMomentSeconds}};
  LokiJournal journal{[&peer](auto) -> Result<journal::LogAddress> { return peer.address(); }, {}};
  return journal.Read({*NodeId::Parse("2"),
                       from,
                       from + seconds{1},
                       journal::Wanted::Of::kModuleTurns,
                       {},
                       ModuleId{module}},
                      std::chrono::steady_clock::now() + seconds{10}, {});
}

TEST_CASE("who was at a module is asked of the plans' units, of the agent, and of systemd",
          "[loki]") {
  const auto [line, wanted] = GENERATE(table<std::string, bool>({
      {R"("MESSAGE":"mail1: starting backup 2 at Thu","_SYSTEMD_UNIT":"backup2.service")", true},
      {R"("MESSAGE":"mail1: starting backup 12 at Thu","_SYSTEMD_UNIT":"backup12.service")", true},
      {R"("MESSAGE":"mail1: backup 2 completed","_SYSTEMD_UNIT":"backup2.service")", true},
      {R"x("MESSAGE":"mail1: backup 2 failed (exit code 1)","_SYSTEMD_UNIT":"backup2.service")x",
       true},
      {R"("MESSAGE":"mail1: already running, queued for retry","_SYSTEMD_UNIT":"backup2.service")",
       true},
      {R"("MESSAGE":"mail1: still running, will retry","_SYSTEMD_UNIT":"backup2.service")", true},
      {R"("MESSAGE":"mail1: gave up retrying after 3600s","_SYSTEMD_UNIT":"backup2.service")",
       true},
      {R"("MESSAGE":"mail1: starting backup 2 at Thu","_SYSTEMD_UNIT":"agent@node.service")", true},
      {R"("MESSAGE":"x","UNIT":"backup2.service","_SYSTEMD_UNIT":"init.scope")", true},
      {R"("MESSAGE":"Linux version 6.1","_TRANSPORT":"kernel")", true},
      {R"("MESSAGE":"mail11: starting backup 2 at Thu","_SYSTEMD_UNIT":"backup2.service")", false},
      {R"("MESSAGE":"xmail1: starting backup 2 at Thu","_SYSTEMD_UNIT":"backup2.service")", false},
      {R"("MESSAGE":"Backup 2 completed successfully","_SYSTEMD_UNIT":"backup2.service")", false},
      {R"("MESSAGE":"mail1: a letter","_SYSTEMD_UNIT":"agent@node.service")", false},
      {R"("MESSAGE":"mail1: starting backup 2 at Thu","_SYSTEMD_UNIT":"agent@mail1.service")",
       false},
      {R"("MESSAGE":"mail1: starting backup 2 at Thu","_SYSTEMD_UNIT":"xbackup2.service")", false},
      {R"("MESSAGE":"mail1: starting backup 2 at Thu","_SYSTEMD_UNIT":"backupx.service")", false},
      {R"("MESSAGE":"x","UNIT":"backup2.timer")", false},
  }));
  CAPTURE(line);
  LokiPeer peer;
  const std::string json = "{" + line + "}";
  peer.Push("2", {{kMoment, "", json}, {kMoment, "mail1", json}});
  peer.Push("3", {{kMoment, "", json}});
  const auto excerpt = ReadTurns(peer, "mail1");
  REQUIRE(excerpt);
  CHECK(excerpt->entries.size() == (wanted ? 1 : 0));
}

TEST_CASE("an id that is none does not stand in a query", "[loki][hostile]") {
  LokiPeer peer;
  const std::string id = GENERATE("", "mail1`", "mail1|web1", "mail.*", "mail1 ");
  CHECK(ReadTurns(peer, id).error().code == ErrorCode::kInvalidInput);
  CHECK(peer.Asked().empty());
}

}  // namespace
}  // namespace backup_monitor::loki
