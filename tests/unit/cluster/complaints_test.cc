#include "cluster/complaints.h"

#include <catch2/catch.hpp>
#include <string>
#include <utility>

#include "cluster/printable.h"

namespace backup_monitor {
namespace {

TEST_CASE("the first 20 complaints are kept and the others counted", "[cluster]") {
  const std::size_t count = GENERATE(19U, 20U, 21U, 500U);
  Complaints complaints;
  for (std::size_t i = 0; i < count; ++i) {
    complaints.AboutStatus(PlanId{"1"}, "mail" + std::to_string(i), "is odd");
  }
  const auto sentences = std::move(complaints).Take();
  CHECK(sentences.size() == (count <= 20 ? count : 21));
  CHECK(sentences.front() == "plan 1, module mail0: is odd");
  if (count > 20) CHECK(sentences.back() == "and " + std::to_string(count - 20) + " more");
}

TEST_CASE("no name can put a control character into a complaint", "[cluster][hostile]") {
  Complaints complaints;
  complaints.AboutStatus(PlanId{"a\r\nb"}, "m\x1B[31m\u202E\u2028\xFF\u0085", "is odd");
  complaints.AboutKey(std::string(100'000, '\n'), "is long");
  const auto sentences = std::move(complaints).Take();
  CHECK(sentences[0] == "plan a??b, module m?[31m????: is odd");
  CHECK(sentences[1] == "key " + std::string(100, '?') + "...: is long");
}

TEST_CASE("readable text of any script stays as it is", "[cluster]") {
  CHECK(Printable("Backup giornaliero è 日本 🕳") == "Backup giornaliero è 日本 🕳");
}

TEST_CASE("bytes that are no UTF-8 become question marks", "[cluster][hostile]") {
  CHECK(Printable("\xC0\x80|\xED\xA0\x80|\xF5|\xE2\x82|\x80") == "??|???|?|??|?");
}

TEST_CASE("text is never cut inside a character", "[cluster]") {
  CHECK(Clipped("aè", 2) == "a");
  CHECK(Clipped("aè", 3) == "aè");
  CHECK(Clipped("🕳🕳", 7) == "🕳");
  CHECK(Clipped(std::string(10, '\x80'), 5).size() <= 5);
}

}  // namespace
}  // namespace backup_monitor
