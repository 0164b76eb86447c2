#include <chrono>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "catch.h"
#include "contract/cluster/key_spaces.h"

namespace backup_monitor::cluster {
namespace {

using namespace testing;

KeySource::Deadline Soon() { return std::chrono::steady_clock::now() + std::chrono::seconds{10}; }

// A reply that outlives its call, written as text: nil, "text", 1, [a, b], WRONGTYPE.
std::string Show(const Reply& reply) {
  switch (reply.kind) {
    case Reply::Kind::kNil: return "nil";
    case Reply::Kind::kText: return "\"" + std::string{reply.text} + "\"";
    case Reply::Kind::kNumber: return std::to_string(reply.number);
    case Reply::Kind::kWrongType: return "WRONGTYPE";
    case Reply::Kind::kList: break;
  }
  std::string shown = "[";
  for (const Reply& item : reply.items) shown += (shown == "[" ? "" : ", ") + Show(item);
  return shown + "]";
}

std::vector<std::string> Ask(KeySource& source, const ReadBatch& batch) {
  std::vector<std::string> shown;
  auto reader = source.Open(Soon());
  REQUIRE(reader);
  REQUIRE((*reader)->Read(batch, [&](std::size_t index, const Reply& reply) {
    CHECK(index == shown.size());
    shown.push_back(Show(reply));
  }));
  return shown;
}

TEMPLATE_TEST_CASE("each command answers as its comment says", "[contract]", ALL_KEY_SPACES) {
  TestType keys;
  keys.Text("cluster/ui_name", "my cluster");
  keys.Field("cluster/module_node", "mail1", "1");
  keys.Member("module/mail1/flags", "core_module");
  ReadBatch batch;
  batch.Text("cluster/ui_name");
  batch.Text("cluster/none");
  batch.Hash("cluster/module_node");
  batch.Hash("cluster/none");
  batch.Fields("cluster/module_node", {"mail1", "mail2"});
  batch.Fields("cluster/none", {"a", "b"});
  batch.Members("module/mail1/flags");
  batch.Members("module/none/flags");
  batch.HasMember("module/mail1/flags", "core_module");
  batch.HasMember("module/mail1/flags", "no_data_backup");
  batch.HasMember("module/none/flags", "no_data_backup");
  const std::vector<std::string> names{"cluster/ui_name", "cluster/none", "cluster/module_node"};
  batch.Texts(names);

  const auto source = keys.Source();
  CHECK(Ask(*source, batch) ==
        std::vector<std::string>{"\"my cluster\"", "nil", "[\"mail1\", \"1\"]", "[]",
                                 "[\"1\", nil]", "[nil, nil]", "[\"core_module\"]", "[]", "1", "0",
                                 "0", "[\"my cluster\", nil, nil]"});
}

TEMPLATE_TEST_CASE("a key of another type is told, and the others are read", "[contract]",
                   ALL_KEY_SPACES) {
  TestType keys;
  keys.Text("cluster/text", "x");
  keys.Member("cluster/set", "x");
  ReadBatch batch;
  batch.Hash("cluster/text");
  batch.Fields("cluster/text", {"a"});
  batch.Members("cluster/text");
  batch.HasMember("cluster/text", "a");
  batch.Text("cluster/set");
  batch.Text("cluster/text");

  const auto source = keys.Source();
  CHECK(Ask(*source, batch) == std::vector<std::string>{"WRONGTYPE", "WRONGTYPE", "WRONGTYPE",
                                                        "WRONGTYPE", "WRONGTYPE", "\"x\""});
}

TEMPLATE_TEST_CASE("scanning to the end finds every key that fits and no other", "[contract]",
                   ALL_KEY_SPACES) {
  TestType keys;
  std::set<std::string> put;
  for (int i = 0; i < 100; ++i) {
    put.insert("cluster/backup/" + std::to_string(i));
    keys.Field("cluster/backup/" + std::to_string(i), "name", "x");
    keys.Field("cluster/other/" + std::to_string(i), "name", "x");
  }
  const auto source = keys.Source();
  auto reader = source->Open(Soon());
  REQUIRE(reader);

  std::set<std::string> found;
  std::string cursor = "0";
  do {
    ReadBatch batch;
    batch.Scan(cursor, "cluster/backup/*", 10);
    REQUIRE((*reader)->Read(batch, [&](std::size_t, const Reply& reply) {
      REQUIRE(reply.items.size() == 2);
      cursor = reply.items[0].text;
      for (const Reply& key : reply.items[1].items) found.emplace(key.text);
    }));
  } while (cursor != "0");
  CHECK(found == put);
}

TEMPLATE_TEST_CASE("names and values may hold any byte", "[contract][hostile]", ALL_KEY_SPACES) {
  TestType keys;
  const std::string odd{"a\r\n$1\r\n\0*\xFF b", 12};
  keys.Field("module/" + odd, odd, odd);
  ReadBatch batch;
  batch.Fields("module/" + odd, {odd});
  const auto source = keys.Source();
  CHECK(Ask(*source, batch) == std::vector<std::string>{"[\"" + odd + "\"]"});
}

TEMPLATE_TEST_CASE("a value of a megabyte comes whole among thousands of commands", "[contract]",
                   ALL_KEY_SPACES) {
  TestType keys;
  const std::string large(1'000'000, '[');
  keys.Text("cluster/large", large);
  ReadBatch batch;
  for (int i = 0; i < 5000; ++i) batch.Text(i == 2500 ? "cluster/large" : "cluster/none");
  const auto source = keys.Source();
  const std::vector<std::string> shown = Ask(*source, batch);
  REQUIRE(shown.size() == 5000);
  CHECK(shown[2500].size() == large.size() + 2);
  CHECK(shown[2499] == "nil");
  CHECK(shown[4999] == "nil");
}

TEMPLATE_TEST_CASE("one conversation has many rounds, an empty one included", "[contract]",
                   ALL_KEY_SPACES) {
  TestType keys;
  keys.Text("cluster/ui_name", "x");
  const auto source = keys.Source();
  auto reader = source->Open(Soon());
  REQUIRE(reader);
  int answers = 0;
  const ReplyHandler count = [&](std::size_t, const Reply&) { ++answers; };
  REQUIRE((*reader)->Read(ReadBatch{}, count));
  for (int i = 0; i < 3; ++i) {
    ReadBatch batch;
    batch.Text("cluster/ui_name");
    REQUIRE((*reader)->Read(batch, count));
  }
  CHECK(answers == 3);
}

}  // namespace
}  // namespace backup_monitor::cluster
