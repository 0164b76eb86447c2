#include "model/ids.h"

#include "catch.h"

namespace backup_monitor {
namespace {

TEST_CASE("a node is a number from 1 on", "[model]") {
  const auto node = NodeId::Parse("12");
  REQUIRE(node);
  CHECK(node->value() == 12);
}

TEST_CASE("what is no node number is refused and quoted", "[model][hostile]") {
  const auto* text = GENERATE("", "0", "-1", "+1", " 1", "1 ", "1a", "4294967296", "0x1");
  CAPTURE(text);

  const auto node = NodeId::Parse(text);

  REQUIRE_FALSE(node);
  CHECK(node.error().code == ErrorCode::kInvalidInput);
  CHECK(node.error().message.find(text) != std::string::npos);
}

TEST_CASE("a module's id is a word that means nothing more anywhere", "[model]") {
  for (const char* right : {"mail1", "ns8-app_2", "M"}) CHECK(IsModuleId(right));
  CHECK(IsModuleId(std::string(64, 'm')));
  CHECK_FALSE(IsModuleId(std::string(65, 'm')));
  for (const char* wrong : {"", "mail 1", "mail/1", "mail:1", "mail\"", "mail\n", "mäil"})
    CHECK_FALSE(IsModuleId(wrong));
}

}  // namespace
}  // namespace backup_monitor
