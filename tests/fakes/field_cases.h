#pragma once

#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/json/json_value.h"

namespace backup_monitor::testing {

/// A collection of cases from public reports with their right values: `FIELD_DATA`/`name`. Whoever answers better than
/// a case asks for adds `better` and `reason` to it.
inline JsonDocument FieldCases(const std::string& name) {
  std::ifstream file{std::string{FIELD_DATA "/"} + name};
  const std::string text{std::istreambuf_iterator<char>{file}, {}};
  auto document = ParseJsonObject(text);
  if (!document || (*document)["cases"].Empty()) throw std::runtime_error{name + " cannot be read"};
  return *std::move(document);
}

inline std::vector<std::string> Strings(const JsonValue& list) {
  std::vector<std::string> strings;
  for (const auto& text : list.GetArray()) strings.emplace_back(text.GetString());
  return strings;
}

}  // namespace backup_monitor::testing
