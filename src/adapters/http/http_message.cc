#include "adapters/http/http_message.h"

#include <algorithm>

#include "base/json/json_writer.h"
#include "text/ascii.h"

namespace backup_monitor::http {

HttpAnswer ErrorAnswer(int status, std::string_view reason) {
  std::string shown{reason};
  std::ranges::replace_if(
      shown, [](char c) { return c != ' ' && !IsGraphic(c); }, '?');
  JsonWriter json;
  json.BeginObject();
  json.Text("error", shown);
  json.EndObject();
  HttpAnswer answer;
  answer.status = status;
  answer.body = json.Written();
  return answer;
}

HttpAnswer BusyAnswer(std::string_view reason) {
  HttpAnswer answer = ErrorAnswer(503, reason);
  answer.headers = {{"Retry-After", "2"}};
  return answer;
}

}  // namespace backup_monitor::http
