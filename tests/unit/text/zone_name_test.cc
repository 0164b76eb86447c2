#include "text/zone_name.h"

#include <string>

#include "catch.h"

namespace backup_monitor::testing {
namespace {

TEST_CASE("the name of a zone has up to 64 letters, digits and signs, and single slashes inside",
          "[text]") {
  CHECK(IsZoneName("America/Port-au-Prince"));
  CHECK(IsZoneName("Etc/GMT+9"));
  CHECK(IsZoneName(std::string(64, 'a')));
  CHECK_FALSE(IsZoneName(std::string(65, 'a')));
  for (const auto* name : {"", "/UTC", "Europe/", "Europe//Rome", "../UTC", "a b", ":UTC"})
    CHECK_FALSE(IsZoneName(name));
}

}  // namespace
}  // namespace backup_monitor::testing
