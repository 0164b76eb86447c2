// What the log said of an execution, as the store keeps it.

#include "adapters/sqlite/pass_json.h"

#include "catch.h"

namespace backup_monitor::sqlite {
namespace {

const NodeId kNode = *NodeId::Parse("2");

Result<LoggedPass> Read(std::string_view json) { return ReadPass(json, kNode, PlanId{"1"}); }

TEST_CASE("every word of an execution comes back", "[store][log]") {
  for (const auto end :
       {LoggedPass::End::kUnknown, LoggedPass::End::kWell, LoggedPass::End::kWithFailures,
        LoggedPass::End::kNothingToDo, LoggedPass::End::kStopped, LoggedPass::End::kKilled,
        LoggedPass::End::kRebooted, LoggedPass::End::kLost}) {
    const LoggedPass pass{.node = kNode, .plan = PlanId{"1"}, .began{}, .last{}, .end = end};
    CHECK((Read(WritePass(pass)) == pass));
  }
  for (const auto end :
       {LoggedBackup::End::kUnknown, LoggedBackup::End::kCompleted, LoggedBackup::End::kFailed,
        LoggedBackup::End::kBusy, LoggedBackup::End::kGaveUp}) {
    for (const auto step :
         {BackupStep::kDump, BackupStep::kInit, BackupStep::kSnapshot, BackupStep::kModuleCleanUp,
          BackupStep::kStatistics, BackupStep::kRetention, BackupStep::kStoreStatus}) {
      LoggedPass pass{.node = kNode, .plan = PlanId{"1"}, .began{}, .last{}};
      pass.backups.push_back({.module = ModuleId{"mail1"}, .end = end});
      pass.backups.back().failed.push_back(FailedStep{.step = step, .at{}, .unread{}});
      CHECK((Read(WritePass(pass)) == pass));
    }
  }
}

TEST_CASE("by which plan a module was busy comes back, and is not known of old rows",
          "[store][log]") {
  LoggedPass pass{.node = kNode, .plan = PlanId{"1"}, .began{}, .last{}};
  pass.backups.push_back({.module = ModuleId{"mail1"}, .end = LoggedBackup::End::kGaveUp});
  CHECK(WritePass(pass).find("busy_with") == std::string::npos);
  pass.backups.back().busy_with = PlanId{"2"};
  CHECK((Read(WritePass(pass)) == pass));

  const auto old = Read(R"({"began":1,"last":1,"end":"well","backups":[{"module":"mail1",)"
                        R"("busy_since":1,"ended":2,"end":"gave_up","failed":[]}]})");
  REQUIRE(old);
  CHECK_FALSE(old->backups.front().busy_with);
}

TEST_CASE("what we cannot have written is corrupt", "[store][log][hostile]") {
  const char* const json = GENERATE(
      "", "[]", "{}", R"({"began":1,"last":1,"backups":[]})",
      R"({"began":1,"last":1,"end":"bad","backups":[]})", R"({"last":1,"end":"well","backups":[]})",
      R"({"began":1,"end":"well","backups":[]})",
      R"({"began":1,"last":"1","end":"well","backups":[]})", R"({"began":1,"last":1,"end":"well"})",
      R"({"began":1,"last":1,"end":"well","backups":{}})",
      R"({"began":1,"last":1,"end":"well","backups":[1]})",
      R"({"began":1,"last":1,"end":"well","backups":[{"module":"a","end":"failed"}]})",
      R"({"began":1,"last":1,"end":"well","backups":[{"module":"a","end":"x","failed":[]}]})");
  CAPTURE(json);
  const auto read = Read(json);
  REQUIRE_FALSE(read);
  CHECK(read.error().code == ErrorCode::kCorrupt);
}

}  // namespace
}  // namespace backup_monitor::sqlite
