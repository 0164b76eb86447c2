#include "cluster/complaints.h"

#include <string>
#include <utility>

#include "catch.h"

namespace backup_monitor::cluster {
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

}  // namespace
}  // namespace backup_monitor::cluster
