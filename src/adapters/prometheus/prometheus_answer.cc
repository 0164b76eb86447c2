#include "adapters/prometheus/prometheus_answer.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/json/json_value.h"

namespace backup_monitor::prometheus {
namespace {

constexpr double kLatest{kLatestTime.time_since_epoch().count()};

/// A time or a value as Prometheus writes it: a number, with or without a fraction.
std::optional<double> NumberIn(std::string_view text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(number))
    return std::nullopt;
  return number;
}

std::optional<Time> TimeIn(std::string_view text) {
  const auto number = NumberIn(text);
  if (!number || *number < 0 || *number > kLatest) return std::nullopt;
  return Time{seconds{static_cast<seconds::rep>(*number)}};
}

bool IsPair(const JsonValue& value) { return value.IsArray() && value.Size() == 2; }

struct Series {
  JsonDocument document;
  const JsonValue* list = nullptr;
};

Error NoAnswer() { return {ErrorCode::kInvalidInput, "Prometheus's answer holds no series"}; }

Result<Series> SeriesIn(std::string_view body, std::string_view type) {
  auto document = ParseJsonObject(body, {.utf8_only = false, .numbers_as_written = true});
  if (!document) return Fail(Error{document.error()}.While("read Prometheus's answer"));
  const JsonValue* data = Member(*document, "data");
  const JsonValue* result = Member(data, "result");
  if (TextMember(data, "resultType") != type || result == nullptr || !result->IsArray())
    return Fail(NoAnswer());
  return Series{*std::move(document), result};
}

}  // namespace

Result<std::vector<presence::Sample>> ParseSamples(std::string_view body) {
  const auto series = SeriesIn(body, "matrix");
  if (!series) return Fail(series.error());
  std::vector<presence::Sample> samples;
  for (const JsonValue& one : series->list->GetArray()) {
    const JsonValue* values = Member(one, "values");
    if (values == nullptr || !values->IsArray()) return Fail(NoAnswer());
    for (const JsonValue& value : values->GetArray()) {
      const auto at = IsPair(value) ? TimeIn(TextOf(value[0])) : std::nullopt;
      const auto up = at ? NumberIn(TextOf(value[1])) : std::nullopt;
      if (!up) return Fail(NoAnswer());
      samples.push_back({*at, *up != 0});
    }
  }
  std::ranges::stable_sort(samples, {}, &presence::Sample::at);
  return samples;
}

Result<std::optional<Time>> ParseNewest(std::string_view body) {
  const auto series = SeriesIn(body, "vector");
  if (!series) return Fail(series.error());
  std::optional<Time> newest;
  for (const JsonValue& one : series->list->GetArray()) {
    const JsonValue* value = Member(one, "value");
    const auto time =
        value != nullptr && IsPair(*value) ? TimeIn(TextOf((*value)[1])) : std::nullopt;
    if (!time) return Fail(NoAnswer());
    newest = std::max(newest.value_or(*time), *time);
  }
  return newest;
}

}  // namespace backup_monitor::prometheus
