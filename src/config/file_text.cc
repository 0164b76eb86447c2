#include "config/file_text.h"

#include <string>

#include "text/ascii.h"
#include "text/utf8.h"

namespace backup_monitor::config {
namespace {

bool IsOdd(char c) { return IsAsciiControl(c) && c != '\t' && c != '\n' && c != '\r'; }

}  // namespace

bool CheckFileText(std::string_view text, Faults& faults) {
  if (text.size() > kMostConfigBytes) {
    faults.Add(1, "the file is larger than " + std::to_string(kMostConfigBytes) + " bytes");
    return false;
  }
  int line = 1;
  bool clean = true;
  for (; !text.empty(); text.remove_prefix(NextCharacter(text).bytes)) {
    if (!NextCharacter(text).valid) {
      faults.Add(line, "this is not UTF-8 text");
      return false;
    }
    const char c = text.front();
    if (IsOdd(c) && clean) {
      faults.Add(line, "a control character (byte " + std::to_string(static_cast<int>(c)) +
                           ") does not belong in this file");
      clean = false;
    }
    if (c == '\n') ++line;
  }
  return clean;
}

}  // namespace backup_monitor::config
