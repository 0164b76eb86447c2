#include "adapters/cluster_api/api_answer.h"

#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <cstddef>

#include "probe/list_answer.h"
#include "probe/restic_failure.h"
#include "probe/snapshot_values.h"
#include "text/ascii.h"

namespace backup_monitor {
namespace {

using Value = rapidjson::Value;
using Writer = rapidjson::Writer<rapidjson::StringBuffer>;

constexpr std::size_t kLongestId = 64;
constexpr std::size_t kLongestMessage = 200;

const Value* Member(const Value* object, const char* name) {
  if (object == nullptr || !object->IsObject()) return nullptr;
  const auto member = object->FindMember(name);
  return member == object->MemberEnd() ? nullptr : &member->value;
}

std::string Text(const Value* value) {
  if (value == nullptr || !value->IsString()) return {};
  return {value->GetString(), value->GetStringLength()};
}

rapidjson::Document Parsed(std::string_view body) {
  rapidjson::Document document;
  document.Parse<rapidjson::kParseIterativeFlag>(body.data(), body.size());
  if (document.HasParseError()) document.SetNull();
  return document;
}

void Put(Writer& json, const char* name, const std::string& text) {
  json.Key(name);
  json.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
}

ProbeAnswer Unknown(std::string words) { return Refusal(ProbeCause::kUnknown, std::move(words)); }

}  // namespace

std::string LoginBody(const std::string& user, const Secret& password) {
  rapidjson::StringBuffer buffer;
  Writer json{buffer};
  json.StartObject();
  Put(json, "username", user);
  Put(json, "password", password.Reveal());
  json.EndObject();
  return buffer.GetString();
}

std::string TaskBody(const RepositoryAddress& address) {
  rapidjson::StringBuffer buffer;
  Writer json{buffer};
  json.StartObject();
  Put(json, "action", "read-backup-snapshots");
  json.Key("data");
  json.StartObject();
  Put(json, "repository", address.destination_id);
  Put(json, "path", address.path);
  json.EndObject();
  Put(json, "parent", "");
  json.Key("extra");
  json.StartObject();
  json.Key("isNotificationHidden");
  json.Bool(true);
  json.EndObject();
  json.EndObject();
  return buffer.GetString();
}

Result<Secret> ParseToken(std::string_view body) {
  const auto document = Parsed(body);
  std::string token = Text(Member(&document, "token"));
  const bool good = !token.empty() && std::ranges::all_of(token, IsGraphic);
  if (!good)
    return Fail(ErrorCode::kInvalidInput, "the API server's answer to the login has no token");
  return Secret{std::move(token)};
}

Result<std::string> ParseTaskId(std::string_view body) {
  const auto document = Parsed(body);
  std::string id = Text(Member(Member(&document, "data"), "id"));
  const bool good = !id.empty() && id.size() <= kLongestId &&
                    std::ranges::all_of(id, [](char c) { return IsAlphanumeric(c) || c == '-'; });
  if (!good) return Fail(ErrorCode::kInvalidInput, "the API server's answer names no task");
  return id;
}

ProbeAnswer ParseTaskEnd(std::string_view body, const KnownSecrets& known) {
  const auto document = Parsed(body);
  const Value* const data = Member(&document, "data");
  const Value* const exit_code = Member(data, "exit_code");
  if (exit_code == nullptr || !exit_code->IsInt())
    return Unknown("the API server's answer has no exit code");
  const std::string errors = Text(Member(data, "error"));
  if (exit_code->GetInt() != 0)
    return Refusal(ReadResticFailure(exit_code->GetInt(), errors, known));
  const Value* const output = Member(data, "output");
  if (output == nullptr) return Unknown("the task gave no output");
  return AnswerOfList(ReadActionSnapshots(*output), {errors}, known);
}

std::string ParseMessage(std::string_view body, const KnownSecrets& known) {
  const auto document = Parsed(body);
  return Quotable(Text(Member(&document, "message")), kLongestMessage, known);
}

}  // namespace backup_monitor
