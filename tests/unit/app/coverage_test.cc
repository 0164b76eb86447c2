#include "app/coverage.h"

#include "catch.h"
#include "contract/store/samples.h"

namespace backup_monitor::app {
namespace {

using testing::At;

TEST_CASE("an exemption belongs to the UUID, and ends", "[app]") {
  ClusterView view;
  view.modules[ModuleId{"web1"}].uuid = "u1";
  view.modules[ModuleId{"web2"}];  // its UUID is not known
  const Exemptions exemptions{{"u1", {At(100), "a test"}}, {"other", {At(100), "gone"}}};
  view.looked_at = At(99);
  ReadCoverage(view, exemptions, {});
  CHECK(view.modules.at(ModuleId{"web1"}).exempt == Exemption{At(100), "a test"});
  CHECK_FALSE(view.modules.at(ModuleId{"web2"}).exempt);

  view.modules.at(ModuleId{"web1"}).exempt.reset();
  view.looked_at = At(100);
  ReadCoverage(view, exemptions, {});
  CHECK_FALSE(view.modules.at(ModuleId{"web1"}).exempt);
}

TEST_CASE("since when an application is in no plan is that of its UUID", "[app]") {
  RunMemory memory;
  memory.module_watches[ModuleId{"web1"}] = {std::nullopt, "u1", At(7), false};
  const auto since = [&](const std::string& uuid) {
    ClusterView view;
    view.modules[ModuleId{"web1"}].uuid = uuid;
    ReadCoverage(view, {}, memory);
    return view.modules.at(ModuleId{"web1"}).unprotected_since;
  };
  CHECK(since("u1") == At(7));
  CHECK(since("") == At(7));
  CHECK_FALSE(since("u2"));
}

}  // namespace
}  // namespace backup_monitor::app
