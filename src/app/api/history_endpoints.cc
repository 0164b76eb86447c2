#include "app/api/history_endpoints.h"

#include <optional>
#include <string>

#include "app/api/history_json.h"
#include "app/api/message_json.h"
#include "app/api/query.h"
#include "base/json/json_writer.h"
#include "base/log.h"
#include "notify/addressed_mail.h"
#include "report/json/run_json.h"

namespace backup_monitor::app::api {
namespace {

using http::HttpAnswer;

constexpr std::int64_t kMostRuns = 1000;
constexpr std::size_t kMostResults = 50'000;  // some 10 MB of JSON

HttpAnswer NotThere() { return http::ErrorAnswer(404, "not found"); }

HttpAnswer Failure(const Error& error) {
  if (error.code == ErrorCode::kNotFound) return NotThere();
  LogWarning("read the history: " + error.message);
  return http::ErrorAnswer(503, "the store cannot be read now");
}

HttpAnswer JsonAnswer(const JsonWriter& json) {
  HttpAnswer answer;
  answer.body = json.Written();
  return answer;
}

/// \return kInvalidInput: what is wrong with the query.
Result<store::RunFilter> ReadFilter(std::string_view query) {
  store::RunFilter filter;
  if (const auto plan = QueryValue(query, "plan"); plan && !plan->empty())
    filter.plan = PlanId{*plan};
  if (const auto name = QueryValue(query, "outcome"); name && !name->empty()) {
    filter.outcome = OutcomeNamed(*name);
    if (!filter.outcome) return Fail(ErrorCode::kInvalidInput, "'outcome' is no outcome");
  }
  if (const auto text = QueryValue(query, "before"); text && !text->empty()) {
    const auto before = PositiveNumber(*text);
    if (!before) return Fail(ErrorCode::kInvalidInput, "'before' is no id of a run");
    filter.before = RunId{*before};
  }
  if (const auto text = QueryValue(query, "limit"); text && !text->empty()) {
    const auto limit = PositiveNumber(*text);
    if (!limit || *limit > kMostRuns) {
      return Fail(ErrorCode::kInvalidInput, "'limit' is not between 1 and 1000");
    }
    filter.limit = static_cast<int>(*limit);
  }
  return filter;
}

/// None asked for, or kInvalidInput.
Result<std::optional<Language>> ReadLanguage(std::string_view query) {
  const auto text = QueryValue(query, "language");
  if (!text || text->empty()) return std::optional<Language>{};
  if (*text == "en") return std::optional{Language::kEnglish};
  if (*text == "it") return std::optional{Language::kItalian};
  return Fail(ErrorCode::kInvalidInput, "'language' is not en or it");
}

/// Leaves as many runs as have kMostResults modules together, at least one.
void Shorten(std::vector<store::RunHead>& heads) {
  std::size_t results = 0;
  for (std::size_t i = 0; i < heads.size(); ++i) {
    results += static_cast<std::size_t>(heads[i].modules);
    if (i > 0 && results > kMostResults) return heads.resize(i);
  }
}

void WriteHeads(JsonWriter& json, const std::vector<store::RunHead>& heads) {
  json.BeginList("runs");
  for (const store::RunHead& head : heads) WriteRunHead(json, head);
  json.EndList();
}

/// \param more  there may be older ones.
void WriteNextBefore(JsonWriter& json, const std::vector<store::RunHead>& heads, bool more) {
  if (more) json.Number("next_before", static_cast<std::int64_t>(heads.back().id));
  else json.Null("next_before");
}

}  // namespace

HttpAnswer HistoryEndpoints::Runs(std::string_view query) const {
  const auto filter = ReadFilter(query);
  if (!filter) return http::ErrorAnswer(400, filter.error().message);
  const auto heads = archive_.List(*filter);
  if (!heads) return Failure(heads.error());
  JsonWriter json;
  json.BeginObject();
  WriteHeads(json, *heads);
  WriteNextBefore(json, *heads, heads->size() >= static_cast<std::size_t>(filter->limit));
  json.EndObject();
  return JsonAnswer(json);
}

HttpAnswer HistoryEndpoints::Run(std::string_view id, std::string_view query) const {
  const auto number = PositiveNumber(id);
  if (!number) return NotThere();
  const auto language = ReadLanguage(query);
  if (!language) return http::ErrorAnswer(400, language.error().message);
  const auto run = archive_.Read(RunId{*number});
  if (!run) return Failure(run.error());
  const auto messages = archive_.MessagesOf(RunId{*number});
  if (!messages) return Failure(messages.error());
  const auto stored = describe_(*run, *language);
  if (!stored) return Failure(stored.error());
  JsonWriter json;
  json.BeginObject();
  json.Number("version", report::json::kReportJsonVersion);
  report::json::WriteRun(json, stored->run(), stored->as_of(),
                         stored->words ? &*stored->words : nullptr);
  WriteMessages(json, *messages);
  json.EndObject();
  return JsonAnswer(json);
}

HttpAnswer HistoryEndpoints::Results(std::string_view query) const {
  const auto filter = ReadFilter(query);
  if (!filter) return http::ErrorAnswer(400, filter.error().message);
  auto heads = archive_.List(*filter);
  if (!heads) return Failure(heads.error());
  const std::size_t listed = heads->size();
  Shorten(*heads);
  const bool more = heads->size() < listed || listed >= static_cast<std::size_t>(filter->limit);
  const auto results = archive_.ResultsOf(*heads);
  if (!results) return Failure(results.error());
  JsonWriter json;
  json.BeginObject();
  WriteHeads(json, *heads);
  json.BeginList("results");
  for (const store::ModuleResult& result : *results) WriteResult(json, result);
  json.EndList();
  WriteNextBefore(json, *heads, more);
  json.EndObject();
  return JsonAnswer(json);
}

HttpAnswer HistoryEndpoints::Message(std::string_view id) const {
  constexpr std::string_view kMail = ".eml";
  const bool mail = id.size() > kMail.size() && id.substr(id.size() - kMail.size()) == kMail;
  if (mail) id.remove_suffix(kMail.size());
  const auto number = PositiveNumber(id);
  if (!number) return NotThere();
  const auto message = archive_.ReadMessage(MessageId{*number});
  if (!message) return Failure(message.error());
  if (mail) {
    HttpAnswer answer;
    answer.content_type = "message/rfc822";
    answer.body = notify::ForReading(message->message.mail, message->message.recipients);
    answer.headers = {{"Content-Disposition",
                       "attachment; filename=\"message-" + std::to_string(*number) + ".eml\""}};
    return answer;
  }
  JsonWriter json;
  WriteMessage(json, *message);
  return JsonAnswer(json);
}

HttpAnswer HistoryEndpoints::Request(std::string_view id) const {
  const auto number = PositiveNumber(id);
  if (!number) return NotThere();
  const auto messages = archive_.MessagesFor(TriggerId{*number});
  if (!messages) return Failure(messages.error());
  JsonWriter json;
  json.BeginObject();
  json.Number("request", *number);
  WriteMessages(json, *messages);
  json.EndObject();
  return JsonAnswer(json);
}

}  // namespace backup_monitor::app::api
