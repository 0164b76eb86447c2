#include "model/run.h"

#include "catch.h"

namespace backup_monitor {
namespace {

SeenRecord Record(std::uint32_t errors, int ended = 100) {
  SeenRecord seen;
  seen.record.error_count = errors;
  seen.ended = Time{seconds{ended}};
  return seen;
}

TEST_CASE("who joined later counts with a record, who left with one without errors", "[model]") {
  RunModule module;
  module.expected = true;
  CHECK(module.counts());
  module.left = true;
  CHECK_FALSE(module.counts());
  module.record = Record(1);
  CHECK_FALSE(module.counts());
  module.record = Record(0);
  CHECK(module.counts());

  RunModule joined;
  CHECK_FALSE(joined.counts());
  joined.record = Record(1);
  CHECK(joined.counts());
}

TEST_CASE("a run has succeeded only if something did and nothing else is known", "[model]") {
  Run run;
  CHECK_FALSE(run.all_succeeded());
  run.modules[ModuleId{"mail1"}].record = Record(0, 100);
  CHECK(run.all_succeeded());
  run.modules[ModuleId{"samba1"}].expected = true;
  CHECK_FALSE(run.all_succeeded());
  run.modules[ModuleId{"samba1"}].borrowed = Record(0, 900);
  CHECK(run.all_succeeded());
  run.modules[ModuleId{"samba1"}].borrowed = Record(2, 900);
  CHECK_FALSE(run.all_succeeded());
  CHECK(run.last_end() == Time{seconds{100}});  // what is borrowed is not its own
}

TEST_CASE("errors of a module that left are not the run's", "[model]") {
  Run run;
  run.modules[ModuleId{"mail1"}].record = Record(1);
  CHECK(run.has_errors());
  run.modules[ModuleId{"mail1"}].left = true;
  CHECK_FALSE(run.has_errors());
}

}  // namespace
}  // namespace backup_monitor
