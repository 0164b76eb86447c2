// What is known of a node after a reading that had trouble.

#include "model/node_log.h"

#include "catch.h"

namespace backup_monitor {
namespace {

const NodeId kNode = *NodeId::Parse("2");

NodeLog Log(std::vector<BackupStep> steps, int began = 5) {
  NodeLog log{.read_at = Time{seconds{100}}};
  log.pass = LoggedPass{.node = kNode, .plan = PlanId{"1"}, .began{}, .last{}};
  LoggedBackup& backup = log.pass->backups.emplace_back();
  backup.module = ModuleId{"mail1"};
  backup.began = Time{seconds{began}};
  for (const BackupStep step : steps)
    backup.failed.push_back(FailedStep{.step = step, .at{}, .unread = {}});
  return log;
}

NodeLog WithTrouble(NodeLog log) {
  log.trouble = ErrorCode::kTimeout;
  return log;
}

TEST_CASE("without trouble the last reading counts alone", "[model][log]") {
  CHECK((WithEarlier(Log({}), Log({BackupStep::kDump})) == Log({})));
}

TEST_CASE("with trouble what was known stays", "[model][log]") {
  NodeLog before = Log({BackupStep::kDump});
  before.newest_entry = Time{seconds{90}};
  before.complete = false;
  SECTION("all of it, where nothing was had") {
    const NodeLog now =
        WithEarlier({.read_at = Time{seconds{200}}, .trouble = ErrorCode::kTimeout}, before);
    CHECK((now.pass == before.pass));
    CHECK(now.newest_entry == before.newest_entry);
    CHECK_FALSE(now.complete);
    CHECK(now.read_at == Time{seconds{200}});
    CHECK(now.trouble == ErrorCode::kTimeout);
  }
  SECTION("the steps of a module, where fewer were had") {
    const NodeLog now = WithEarlier(WithTrouble(Log({})), before);
    CHECK(now.pass->backups[0].failed.size() == 1);
    CHECK(now.newest_entry == before.newest_entry);
  }
  SECTION("not of an earlier try of the module") {
    CHECK(WithEarlier(WithTrouble(Log({}, 6)), before).pass->backups[0].failed.empty());
  }
  SECTION("by which plan a module was busy, of the same try and the same end") {
    NodeLog busy = Log({});
    busy.pass->backups[0].end = LoggedBackup::End::kGaveUp;
    NodeLog now = WithTrouble(busy);
    NodeLog later = WithTrouble(Log({}, 6));
    later.pass->backups[0].end = LoggedBackup::End::kGaveUp;
    busy.pass->backups[0].busy_with = PlanId{"2"};
    CHECK(WithEarlier(now, busy).pass->backups[0].busy_with == PlanId{"2"});
    CHECK_FALSE(WithEarlier(later, busy).pass->backups[0].busy_with);
    CHECK_FALSE(WithEarlier(WithTrouble(Log({})), busy).pass->backups[0].busy_with);
    now.pass->backups[0].busy_with = PlanId{"3"};
    CHECK(WithEarlier(now, busy).pass->backups[0].busy_with == PlanId{"3"});
    now.pass->backups[0].busy_with.reset();
    now.trouble.reset();
    CHECK_FALSE(WithEarlier(now, busy).pass->backups[0].busy_with);
  }
  SECTION("not fewer than were had now") {
    const NodeLog now =
        WithEarlier(WithTrouble(Log({BackupStep::kInit, BackupStep::kStatistics})), before);
    CHECK(now.pass->backups[0].failed.size() == 2);
  }
}

}  // namespace
}  // namespace backup_monitor
