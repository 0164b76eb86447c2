#include "adapters/sqlite/pass_json.h"

#include <array>

#include "base/json/json_value.h"
#include "base/json/json_writer.h"

namespace backup_monitor::sqlite {
namespace {

using enum BackupStep;

constexpr std::array kBackupSteps{kDump,       kInit,      kSnapshot,   kModuleCleanUp,
                                  kStatistics, kRetention, kStoreStatus};
constexpr std::array kBackupEnds{LoggedBackup::End::kUnknown, LoggedBackup::End::kCompleted,
                                 LoggedBackup::End::kFailed, LoggedBackup::End::kBusy,
                                 LoggedBackup::End::kGaveUp};
constexpr std::array kPassEnds{LoggedPass::End::kUnknown,      LoggedPass::End::kWell,
                               LoggedPass::End::kWithFailures, LoggedPass::End::kNothingToDo,
                               LoggedPass::End::kStopped,      LoggedPass::End::kKilled,
                               LoggedPass::End::kRebooted,     LoggedPass::End::kLost};

void Write(JsonWriter& json, std::string_view name, const std::optional<Time>& at) {
  if (at) json.Number(name, at->time_since_epoch().count());
}
void Write(JsonWriter& json, std::string_view name, const std::optional<int>& number) {
  if (number) json.Number(name, *number);
}
void Write(JsonWriter& json, std::string_view name, const std::string& bytes) {
  if (!bytes.empty()) json.Bytes(name, bytes);
}

void Write(JsonWriter& json, const FailedStep& step) {
  json.BeginObject();
  json.Text("step", Name(step.step));
  Write(json, "at", std::optional{step.at});
  Write(json, "status", step.status);
  Write(json, "words", step.words);
  json.BeginList("unread");
  for (const std::string& file : step.unread) {
    json.BeginObject();
    Write(json, "words", file);
    json.EndObject();
  }
  json.EndList();
  json.EndObject();
}

void Write(JsonWriter& json, const LoggedBackup& backup) {
  json.BeginObject();
  Write(json, "module", backup.module.value());
  Write(json, "began", backup.began);
  Write(json, "busy_since", backup.busy_since);
  Write(json, "ended", backup.ended);
  if (backup.busy_with) json.Text("busy_with", backup.busy_with->value());
  json.Text("end", Name(backup.end));
  Write(json, "exit_status", backup.exit_status);
  json.BeginList("failed");
  for (const FailedStep& step : backup.failed) Write(json, step);
  json.EndList();
  json.EndObject();
}

/// Reads an object that we have written; `is_sound` is false once it cannot be.
class Reader {
 public:
  explicit Reader(bool& is_sound) : is_sound_{is_sound} {}

  [[nodiscard]] std::optional<std::int64_t> Number(const JsonValue& object,
                                                   std::string_view name) const {
    const JsonValue* const number = Member(object, name);
    if (number == nullptr) return std::nullopt;
    if (number->IsInt64()) return number->GetInt64();
    is_sound_ = false;
    return std::nullopt;
  }
  [[nodiscard]] std::optional<int> Int(const JsonValue& object, std::string_view name) const {
    const auto number = Number(object, name);
    return number ? std::optional{static_cast<int>(*number)} : std::nullopt;
  }
  [[nodiscard]] std::optional<Time> At(const JsonValue& object, std::string_view name) const {
    const auto number = Number(object, name);
    return number ? std::optional{Time{seconds{*number}}} : std::nullopt;
  }
  [[nodiscard]] Time Moment(const JsonValue& object, std::string_view name) const {
    const auto at = At(object, name);
    is_sound_ &= at.has_value();
    return at.value_or(Time{});
  }
  [[nodiscard]] static std::string Text(const JsonValue& object, std::string_view name) {
    return std::string{TextMember(object, name)};
  }
  [[nodiscard]] static bool Flag(const JsonValue& object, std::string_view name) {
    const JsonValue* const flag = Member(object, name);
    return flag != nullptr && flag->IsTrue();
  }
  /// None: it is missing, as in what was written before it was known.
  [[nodiscard]] static std::optional<PlanId> Plan(const JsonValue& object, std::string_view name) {
    std::string plan = Text(object, name);
    return plan.empty() ? std::nullopt : std::optional{PlanId{std::move(plan)}};
  }
  template <typename Values>
  [[nodiscard]] auto Named(const JsonValue& object, std::string_view name,
                           const Values& values) const {
    const std::string_view word = TextMember(object, name);
    for (const auto value : values) {
      if (Name(value) == word) return value;
    }
    is_sound_ = false;
    return values.front();
  }
  template <typename Take>
  void ForEach(const JsonValue& object, std::string_view name, Take take) const {
    const JsonValue* const list = Member(object, name);
    is_sound_ &= list != nullptr && list->IsArray();
    if (!is_sound_) return;
    for (const JsonValue& element : list->GetArray()) take(element);
  }

  [[nodiscard]] FailedStep Step(const JsonValue& object) const {
    FailedStep step{.step = Named(object, "step", kBackupSteps),
                    .at = Moment(object, "at"),
                    .status = Int(object, "status"),
                    .words = Text(object, "words"),
                    .unread = {}};
    ForEach(object, "unread",
            [&](const JsonValue& file) { step.unread.push_back(Text(file, "words")); });
    return step;
  }
  [[nodiscard]] LoggedBackup Backup(const JsonValue& object) const {
    LoggedBackup backup{.module = ModuleId{Text(object, "module")},
                        .began = At(object, "began"),
                        .busy_since = At(object, "busy_since"),
                        .ended = At(object, "ended"),
                        .end = Named(object, "end", kBackupEnds),
                        .exit_status = Int(object, "exit_status"),
                        .busy_with = Plan(object, "busy_with")};
    ForEach(object, "failed", [&](const JsonValue& step) { backup.failed.push_back(Step(step)); });
    return backup;
  }

 private:
  bool& is_sound_;
};

}  // namespace

std::string WritePass(const LoggedPass& pass) {
  JsonWriter json;
  json.BeginObject();
  if (pass.through_agent) json.Flag("through_agent", true);
  Write(json, "began", std::optional{pass.began});
  if (pass.begin_is_known) json.Flag("begin_is_known", true);
  Write(json, "last", std::optional{pass.last});
  Write(json, "ended", pass.ended);
  json.Text("end", Name(pass.end));
  Write(json, "signal", pass.signal);
  json.BeginList("backups");
  for (const LoggedBackup& backup : pass.backups) Write(json, backup);
  json.EndList();
  json.EndObject();
  return json.Written();
}

Result<LoggedPass> ReadPass(std::string_view json, NodeId node, const PlanId& plan) {
  const auto object = ParseJsonObject(json, {.utf8_only = false});
  bool is_sound = object.has_value();
  if (is_sound) {
    const Reader reader{is_sound};
    LoggedPass pass{.node = node,
                    .plan = plan,
                    .through_agent = Reader::Flag(*object, "through_agent"),
                    .began = reader.Moment(*object, "began"),
                    .begin_is_known = Reader::Flag(*object, "begin_is_known"),
                    .last = reader.Moment(*object, "last"),
                    .ended = reader.At(*object, "ended"),
                    .end = reader.Named(*object, "end", kPassEnds),
                    .signal = Reader::Text(*object, "signal")};
    reader.ForEach(*object, "backups",
                   [&](const JsonValue& backup) { pass.backups.push_back(reader.Backup(backup)); });
    if (is_sound) return pass;
  }
  return Fail(ErrorCode::kCorrupt, "what the log said of a run cannot be read in the store");
}

}  // namespace backup_monitor::sqlite
