// The query of a request: a value is no longer than what it was read from, and a number is one.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "app/api/query.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace backup_monitor;
  const std::string_view query{reinterpret_cast<const char*>(data), size};
  for (const std::string_view name : {"plan", "a", ""}) {
    const auto value = app::api::QueryValue(query, name);
    if (value && value->size() > size) std::abort();
  }
  if (const auto number = app::api::PositiveNumber(query)) {
    if (*number < 1) std::abort();
    const auto digits = std::to_string(*number);
    if (query.substr(query.size() - digits.size()) != digits) std::abort();
  }
  return 0;
}
