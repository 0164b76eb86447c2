#include "fakes/field_cases.h"

#include <algorithm>

#include "base/redaction.h"
#include "catch.h"
#include "probe/restic_failure.h"

namespace backup_monitor::testing {
namespace {

TEST_CASE("restic's words as people have reported them have the right cause", "[probe][field]") {
  const std::string file = GENERATE("classify.json", "classify_controls.json");
  const auto cases = FieldCases(file);
  CHECK(cases["cases"].Size() == (file == "classify.json" ? 33U : 26U));
  for (const auto& one : cases["cases"].GetArray()) {
    INFO(one["id"].GetString());
    auto right = Strings(one["right"]);
    if (one.HasMember("better")) right = {one["better"].GetString()};
    const probe::ProbeFailure failure = probe::ReadResticFailure(
        one["status"].GetInt(), {one["stderr"].GetString(), one["stderr"].GetStringLength()});
    INFO(failure.words);
    CAPTURE(right, Name(failure.cause));
    CHECK(std::ranges::find(right, Name(failure.cause)) != right.end());
    CHECK_FALSE(failure.words.empty());
  }
}

TEST_CASE("secrets as people have published them do not get out", "[probe][field]") {
  const auto cases = FieldCases("redaction.json");
  CHECK(cases["cases"].Size() == 9);
  for (const auto& one : cases["cases"].GetArray()) {
    INFO(one["id"].GetString());
    const std::string shown = WithoutSecrets(one["text"].GetString());
    INFO(shown);
    for (const std::string& secret : Strings(one["must_not_survive"])) {
      CHECK(shown.find(secret) == std::string::npos);
    }
  }
}

}  // namespace
}  // namespace backup_monitor::testing
