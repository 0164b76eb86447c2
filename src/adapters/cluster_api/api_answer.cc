#include "adapters/cluster_api/api_answer.h"

#include <algorithm>
#include <cstddef>

#include "base/json/json_value.h"
#include "base/json/json_writer.h"
#include "probe/list_answer.h"
#include "probe/restic_failure.h"
#include "probe/snapshot_values.h"
#include "text/ascii.h"

namespace backup_monitor::cluster_api {
namespace {

constexpr std::size_t kLongestId = 64;
constexpr std::size_t kLongestMessage = 200;

JsonDocument Parsed(std::string_view body) {
  return ParseJson(body, {.utf8_only = false}).value_or(JsonDocument{});
}

probe::ProbeAnswer Unknown(std::string words) {
  return probe::Refusal(ProbeCause::kUnknown, std::move(words));
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

std::string TaskBody(const probe::RepositoryAddress& address) {
  JsonWriter json;
  json.BeginObject();
  json.Text("action", "read-backup-snapshots");
  json.BeginObject("data");
  json.Bytes("repository", address.destination_id);
  json.Bytes("path", address.path);
  json.EndObject();
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

probe::ProbeAnswer ParseTaskEnd(std::string_view body, const KnownSecrets& known) {
  const auto document = Parsed(body);
  const JsonValue* const data = Member(document, "data");
  const JsonValue* const exit_code = Member(data, "exit_code");
  if (exit_code == nullptr || !exit_code->IsInt())
    return Unknown("the API server's answer has no exit code");
  const std::string errors{TextMember(data, "error")};
  if (exit_code->GetInt() != 0)
    return probe::Refusal(probe::ReadResticFailure(exit_code->GetInt(), errors, known));
  const JsonValue* const output = Member(data, "output");
  if (output == nullptr) return Unknown("the task gave no output");
  return probe::AnswerOfList(probe::ReadActionSnapshots(*output), {errors}, known);
}

std::string ParseMessage(std::string_view body, const KnownSecrets& known) {
  const auto document = Parsed(body);
  return Quotable(TextMember(document, "message"), kLongestMessage, known);
}

}  // namespace backup_monitor::cluster_api
