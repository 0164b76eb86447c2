#include "config/near_word.h"

#include "catch.h"

namespace backup_monitor::config {
namespace {

const std::vector<std::string> kWords{"to", "from", "host", "port", "timeout", "wait_seconds"};

TEST_CASE("a slip of the fingers is understood", "[config]") {
  CHECK(NearWord("prot", kWords) == "port");  // swapped
  CHECK(NearWord("form", kWords) == "from");
  CHECK(NearWord("hosts", kWords) == "host");      // added
  CHECK(NearWord("timeot", kWords) == "timeout");  // missing
  CHECK(NearWord("wait-second", kWords) == "wait_seconds");
  CHECK(NearWord("Wait_Seconds", kWords) == "wait_seconds");
  CHECK(NearWord("wiat_secodns", kWords) == "wait_seconds");
}

TEST_CASE("another word is not taken for a slip", "[config]") {
  CHECK(NearWord("cc", kWords).empty());
  CHECK(NearWord("part_of", kWords).empty());
  CHECK(NearWord("", kWords).empty());
  CHECK(NearWord("wait_for_ever", kWords).empty());
  CHECK(NearWord(std::string(100'000, 'a'), kWords).empty());
}

}  // namespace
}  // namespace backup_monitor::config
