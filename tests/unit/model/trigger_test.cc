#include "model/trigger.h"

#include "catch.h"

namespace backup_monitor {
namespace {

Alert WithLabels(std::map<std::string, std::string> labels,
                 std::optional<Time> starts_at = Time{seconds{7}}) {
  return {.labels = std::move(labels), .starts_at = starts_at};
}

TEST_CASE("the plan is the label backup_id, else id, else name", "[model]") {
  CHECK(WithLabels({{"backup_id", "1"}, {"id", "2"}, {"name", "x"}}).plan()->text == "1");
  CHECK(WithLabels({{"backup_id", ""}, {"id", "2"}, {"name", "x"}}).plan()->text == "2");
  const auto by_name = WithLabels({{"name", "x"}}).plan();
  CHECK(by_name->text == "x");
  CHECK(by_name->is_name);
  CHECK_FALSE(WithLabels({{"id", "2"}}).plan()->is_name);
  CHECK_FALSE(WithLabels({{"severity", "critical"}}).plan());
}

TEST_CASE("an alert is the same exactly if its labels and its start are", "[model]") {
  const Alert alert = WithLabels({{"id", "1"}, {"node", "2"}});
  CHECK(alert.identity() == WithLabels({{"node", "2"}, {"id", "1"}}).identity());
  CHECK(alert.identity() != WithLabels({{"id", "1"}, {"node", "3"}}).identity());
  CHECK(alert.identity() != WithLabels({{"id", "1"}, {"node", "2"}}, Time{seconds{8}}).identity());
}

TEST_CASE("labels cannot be cut differently into the same identity", "[model][hostile]") {
  CHECK(WithLabels({{"a", "b1:c"}}).identity() != WithLabels({{"a", "b"}, {"1", "c"}}).identity());
  CHECK(WithLabels({{"ab", "c"}}).identity() != WithLabels({{"a", "bc"}}).identity());
}

TEST_CASE("an identity is that of the text which earlier versions have stored", "[model]") {
  CHECK(WithLabels({{"id", "1"}, {"name", "a:b"}}).identity() ==
        IdentityOfText("72:id1:14:name3:a:b"));
}

TEST_CASE("labels that were left out are in the identity", "[model]") {
  Alert alert = WithLabels({{"id", "1"}});
  alert.whole_identity = IdentityOf({{"id", "1"}, {"z", "2"}}, *alert.starts_at);
  CHECK(alert.identity() == WithLabels({{"id", "1"}, {"z", "2"}}).identity());
}

TEST_CASE("a request without a start is always its own", "[model]") {
  CHECK(WithLabels({{"id", "1"}}, std::nullopt).identity().empty());
}

}  // namespace
}  // namespace backup_monitor
