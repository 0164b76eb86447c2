#include "adapters/http/http_message.h"

namespace backup_monitor {

HttpAnswer ErrorAnswer(int status, std::string_view reason) {
  HttpAnswer answer;
  answer.status = status;
  answer.body = R"({"error":")";
  for (const char c : reason) {
    if (c == '"' || c == '\\') answer.body += '\\';
    answer.body += c >= 0x20 && c < 0x7f ? c : '?';
  }
  answer.body += "\"}";
  return answer;
}

HttpAnswer BusyAnswer(std::string_view reason) {
  HttpAnswer answer = ErrorAnswer(503, reason);
  answer.headers = {{"Retry-After", "2"}};
  return answer;
}

}  // namespace backup_monitor
