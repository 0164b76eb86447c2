#include "adapters/http/field_line.h"

#include <algorithm>

#include "text/ascii.h"

namespace backup_monitor::http {
namespace {

bool IsTokenByte(char c) {
  return IsAlphanumeric(c) ||
         (c != '\0' && std::string_view{"!#$%&'*+-.^_`|~"}.find(c) != std::string_view::npos);
}

}  // namespace

bool IsToken(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), IsTokenByte);
}

bool IsFieldByte(char c) { return c == '\t' || !IsAsciiControl(c); }

std::string_view Trimmed(std::string_view text) {
  const auto blank = [](char c) { return c == ' ' || c == '\t'; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

std::optional<FieldLine> ParseFieldLine(std::string_view line) {
  const auto colon = line.find(':');
  if (colon == std::string_view::npos || !IsToken(line.substr(0, colon))) return std::nullopt;
  const auto value = Trimmed(line.substr(colon + 1));
  if (!std::all_of(value.begin(), value.end(), IsFieldByte)) return std::nullopt;
  return FieldLine{line.substr(0, colon), value};
}

}  // namespace backup_monitor::http
