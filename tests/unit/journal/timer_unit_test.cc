#include "journal/timer_unit.h"

#include "catch.h"

namespace backup_monitor::journal {
namespace {

TEST_CASE("the unit of a plan's timer names the plan", "[journal]") {
  CHECK(UnitOf(PlanId{"12"}) == "backup12.service");
  CHECK(PlanOfTimer("backup12.service") == PlanId{"12"});
  CHECK(PlanOfTimer("backup" + std::string(20, '1') + ".service"));
}

TEST_CASE("every other unit is none of a timer", "[journal][hostile]") {
  const std::string unit =
      GENERATE(as<std::string>{}, "", "backup.service", "backup1.timer", "backup1",
               "xbackup1.service", "backup1x.service", "backup-1.service", "backup1.servicex",
               "backup.serviceservice", "backup" + std::string(21, '1') + ".service");
  CHECK_FALSE(PlanOfTimer(unit));
}

}  // namespace
}  // namespace backup_monitor::journal
