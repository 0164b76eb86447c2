#include "adapters/sqlite/trigger_json.h"

#include "catch.h"

namespace backup_monitor::sqlite {
namespace {

TEST_CASE("an alert is kept as JSON that can be queried", "[store]") {
  Alert alert;
  alert.labels = {{"alertname", "BackupFailed"}, {"id", "3"}};
  alert.starts_at = Time{seconds{1763800000}};

  const TriggerText text = WriteTrigger(alert);

  CHECK(text.kind == "alert");
  CHECK(text.body == R"({"labels":{"alertname":"BackupFailed","id":"3"},"starts_at":1763800000})");
}

TEST_CASE("what is rare of an alert is kept where it is so", "[store]") {
  Alert alert;
  alert.group_was_truncated = true;
  alert.whole_identity = "0123";
  alert.silenced = true;
  const TriggerText text = WriteTrigger(alert);
  CHECK(text.body == R"({"labels":{},"truncated":true,"identity":"0123","silenced":true})");
  CHECK(std::get<Alert>(ReadTrigger(text.kind, text.body).value()) == alert);
}

TEST_CASE("a silence makes no other alert of one that waits", "[store]") {
  Alert alert;
  alert.labels = {{"alertname", "BackupFailed"}, {"id", "3"}};
  alert.starts_at = Time{seconds{1763800000}};
  const TriggerText posted = WriteTrigger(alert);
  alert.silenced = true;
  const TriggerText pulled = WriteTrigger(alert);
  CHECK_FALSE(posted.digest.empty());
  CHECK(pulled.digest == posted.digest);
  CHECK(pulled.body != posted.body);
  alert.labels["id"] = "4";
  CHECK(WriteTrigger(alert).digest != posted.digest);
}

TEST_CASE("an alert that an earlier version has stored can be read", "[store]") {
  const auto read = ReadTrigger(
      "alert",
      R"({"labels":{"alertname":"BackupFailed","id":"3"},"starts_at":7,"truncated":false})");
  REQUIRE(read);
  const auto& alert = std::get<Alert>(*read);
  CHECK_FALSE(alert.group_was_truncated);
  CHECK_FALSE(alert.silenced);
  CHECK(alert.identity() == IdentityOfText("79:alertname12:BackupFailed2:id1:3"));
}

TEST_CASE("what we did not write is damage", "[store][hostile]") {
  const std::string nested(262'144, '[');
  for (const std::string& body : {std::string{}, std::string{"[]"}, std::string{"{"}, nested}) {
    const auto read = ReadTrigger("alert", body);
    REQUIRE_FALSE(read);
    CHECK(read.error().code == ErrorCode::kCorrupt);
  }
  CHECK_FALSE(ReadTrigger("telegram", "{}"));
}

TEST_CASE("odd members are left out", "[store][hostile]") {
  const auto read =
      ReadTrigger("alert", R"({"labels":{"a":1,"b":"x"},"starts_at":"soon","more":{}})");
  REQUIRE(read);
  const auto& alert = std::get<Alert>(*read);
  CHECK(alert.labels == std::map<std::string, std::string>{{"a", ""}, {"b", "x"}});
  CHECK_FALSE(alert.starts_at);
}

}  // namespace
}  // namespace backup_monitor::sqlite
