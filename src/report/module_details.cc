#include "report/module_details.h"

#include "report/finding_words.h"
#include "report/foreign_text.h"
#include "report/newest_data.h"

namespace backup_monitor {
namespace {

constexpr std::size_t kErrorTextCharacters = 300;
constexpr std::size_t kAnswerCharacters = 160;

std::string Attempt(const Voice& voice, const RunSection& run, const ModuleLine& line) {
  if (!line.started || !line.ended) return {};
  const auto took = DurationOf(run, line);
  if (!took) return voice.When(*line.ended);
  std::string attempt = voice.Span(*line.started, *line.ended, run.begin) + ", ";
  if (!line.previous_duration) return attempt + voice.Duration(*took);
  return attempt + voice.Say("fact.took_and_before_short",
                             {{"now", voice.Duration(*took)},
                              {"before", voice.Duration(*line.previous_duration)}});
}

}  // namespace

std::optional<seconds> DurationOf(const RunSection& run, const ModuleLine& line) {
  if (run.origin == RunOrigin::kCompact || !line.started || !line.ended) return std::nullopt;
  return *line.ended - *line.started;
}

std::vector<Fact> DetailsOf(const Voice& voice, const RunSection& run, const ModuleLine& line,
                            bool quote) {
  std::vector<Fact> details = NewestDataOf(voice, line);
  const auto add = [&](std::string_view name, std::string value) {
    if (!value.empty()) details.push_back({voice.Say(name), std::move(value)});
  };
  if (line.failures_in_row > 1) {
    add("detail.in_a_row", voice.Say("in_a_row", {{"nth", voice.Ordinal(line.failures_in_row)}}));
  }
  add("detail.attempt", Attempt(voice, run, line));
  if (line.error_count > 1) add("detail.errors", voice.Number(line.error_count));
  add("detail.error_text", ShowForeign(line.error_text, kErrorTextCharacters));
  if (quote && line.finding) {
    add("detail.answer", ShowForeign(line.finding->words, kAnswerCharacters));
  }
  if (line.from_other_run) add("detail.note", voice.Say("from_other_run"));
  return details;
}

GoodNumbers NumbersOf(const Voice& voice, const RunSection& run, const ModuleLine& line) {
  GoodNumbers numbers;
  if (const auto took = DurationOf(run, line)) {
    numbers.took = voice.Duration(*took);
    if (line.previous_duration) {
      numbers.took_before = voice.Say("before", {{"value", voice.Duration(*line.previous_duration)}});
    }
  }
  if (line.size_bytes) {
    numbers.size = voice.Size(*line.size_bytes);
    if (line.previous_size_bytes) {
      numbers.size_change = voice.SizeChange(*line.previous_size_bytes, *line.size_bytes);
    }
  }
  if (line.fixed_after > 0) numbers.note = voice.Count("fixed_after", line.fixed_after);
  if (line.from_other_run) {
    numbers.note += (numbers.note.empty() ? "" : "; ") + voice.Say("from_other_run");
    if (line.ended) numbers.note += ", " + voice.When(*line.ended);
  }
  numbers.doubt = WordsOf(voice, run, line).cause;
  return numbers;
}

}  // namespace backup_monitor
