#include "catch.h"
#include "unit/journal/node_journal.h"

namespace backup_monitor::testing {
namespace {

using journal::JournalEntry;
using journal::ReadEntry;

TEST_CASE("an entry is read from the fields that the log ships", "[journal]") {
  const auto entry = ReadEntry(
      NodeJournal::At(0), ModuleId{"mail1"},
      R"({"MESSAGE":"hello","_UID":"0","_PID":"77","_BOOT_ID":"b","_SYSTEMD_UNIT":"u.service",)"
      R"("SYSLOG_IDENTIFIER":"i","UNIT":"other.service","_TRANSPORT":"kernel","PRIORITY":"3"})");
  REQUIRE(entry);
  CHECK(entry->message == "hello");
  CHECK(entry->of_root);
  CHECK(entry->process == "77");
  CHECK(entry->boot == "b");
  CHECK(entry->unit == "u.service");
  CHECK(entry->identifier == "i");
  CHECK(entry->subject_unit == "other.service");
  CHECK(entry->module == ModuleId{"mail1"});
}

TEST_CASE("what is not known of an entry is nobody's", "[journal]") {
  const auto entry = ReadEntry(NodeJournal::At(0), {}, R"({"MESSAGE":"hello"})");
  REQUIRE(entry);
  CHECK_FALSE(entry->of_root);
  CHECK(entry->unit.empty());
}

TEST_CASE("an entry that is no text is refused", "[journal][hostile]") {
  const std::string line =
      GENERATE("", "plain words", "[]", R"({"_UID":"0"})", R"({"MESSAGE":[104,105]})",
               R"({"MESSAGE":null})", R"({"MESSAGE":)", "\xff");
  CHECK_FALSE(ReadEntry(NodeJournal::At(0), {}, line));
}

TEST_CASE("a message that is too long keeps its beginning and its end", "[journal][hostile]") {
  const std::size_t most = JournalEntry::kMostMessage;
  const auto read = [](std::size_t size) {
    return ReadEntry(NodeJournal::At(0), {},
                     JsonOf({{"MESSAGE", "a" + std::string(size - 2, 'x') + "z"}}))
        ->message;
  };
  CHECK(read(most).size() == most);
  const std::string cut = read(most + 1);
  CHECK(cut.size() <= most);
  CHECK(cut.find(" … ") != std::string::npos);
  CHECK(cut.front() == 'a');
  CHECK(cut.back() == 'z');
}

}  // namespace
}  // namespace backup_monitor::testing
