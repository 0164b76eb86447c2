#include "adapters/cluster_api/api_answer.h"

#include <algorithm>
#include <cstddef>

#include "base/json/json_writer.h"
#include "text/ascii.h"

namespace backup_monitor::cluster_api {
namespace {

constexpr std::size_t kLongestId = 64;
constexpr std::size_t kLongestMessage = 200;

JsonDocument Parsed(std::string_view body) {
  return ParseJson(body, {.utf8_only = false}).value_or(JsonDocument{});
}

}  // namespace

std::string LoginBody(const std::string& user, const Secret& password) {
  JsonWriter json;
  json.BeginObject();
  json.Bytes("username", user);
  json.Bytes("password", password.Reveal());
  json.EndObject();
  return json.Written();
}

std::string TaskBody(std::string_view action, std::string_view input) {
  JsonWriter json;
  json.BeginObject();
  json.Text("action", action);
  json.Json("data", input);
  json.Text("parent", "");
  json.BeginObject("extra");
  json.Flag("isNotificationHidden", true);
  json.EndObject();
  json.EndObject();
  return json.Written();
}

Result<Secret> ParseToken(std::string_view body) {
  const auto document = Parsed(body);
  std::string token{TextMember(document, "token")};
  const bool good = !token.empty() && std::ranges::all_of(token, IsGraphic);
  if (!good)
    return Fail(ErrorCode::kInvalidInput, "the API server's answer to the login has no token");
  return Secret{std::move(token)};
}

Result<std::string> ParseTaskId(std::string_view body) {
  const auto document = Parsed(body);
  std::string id{TextMember(Member(document, "data"), "id")};
  const bool good = !id.empty() && id.size() <= kLongestId &&
                    std::ranges::all_of(id, [](char c) { return IsAlphanumeric(c) || c == '-'; });
  if (!good) return Fail(ErrorCode::kInvalidInput, "the API server's answer names no task");
  return id;
}

const JsonValue* TaskEnd::output() const { return Member(Member(answer, "data"), "output"); }

Result<TaskEnd> ParseTaskEnd(std::string_view body, JsonRules rules) {
  auto document = ParseJson(body, rules);
  const JsonValue* const data = document ? Member(*document, "data") : nullptr;
  const JsonValue* const exit_code = Member(data, "exit_code");
  if (exit_code == nullptr || !exit_code->IsInt())
    return Fail(ErrorCode::kInvalidInput, "the API server's answer has no exit code");
  return TaskEnd{exit_code->GetInt(), std::string{TextMember(data, "error")}, *std::move(document)};
}

std::string ParseMessage(std::string_view body, const KnownSecrets& known) {
  const auto document = Parsed(body);
  return Quotable(TextMember(document, "message"), kLongestMessage, known);
}

}  // namespace backup_monitor::cluster_api
