#include "report/words/module_details.h"

#include "report/facts/standing.h"
#include "report/words/episode_words.h"
#include "report/words/finding_words.h"
#include "report/words/newest_data.h"
#include "text/fit_text.h"

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

// The sizes stand beside it, the numbers of files nowhere else.
std::string FallenWords(const Voice& voice, const ModuleLine& line) {
  if (!line.previous_file_count || !line.file_count) return voice.Say("fallen");
  return voice.Say(
      "fallen.files",
      {{"now", voice.Number(static_cast<std::int64_t>(*line.file_count))},
       {"before", voice.Number(static_cast<std::int64_t>(*line.previous_file_count))}});
}

}  // namespace

std::optional<seconds> DurationOf(const RunSection& run, const ModuleLine& line) {
  if (run.origin == RunOrigin::kCompact || !line.started || !line.ended) return std::nullopt;
  return *line.ended - *line.started;
}

std::vector<NamedValue> DetailsOf(const Voice& voice, const RunSection& run, const ModuleLine& line,
                                  bool quote) {
  std::vector<NamedValue> details = NewestDataOf(voice, line);
  const auto add = [&](std::string_view name, std::string value) {
    if (!value.empty()) details.push_back({voice.Say(name), std::move(value)});
  };
  if (line.failures_in_row() > 1) add("detail.in_a_row", InARow(voice, line.episode));
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
      numbers.took_before =
          voice.Say("before", {{"value", voice.Duration(*line.previous_duration)}});
    }
  } else if (line.ended && !line.from_other_run) {
    numbers.took = voice.Say("ended_at", {{"when", voice.When(*line.ended)}});
  }
  if (line.size_bytes) {
    numbers.size = voice.Size(*line.size_bytes);
    if (line.previous_size_bytes) {
      numbers.size_change = voice.SizeChange(*line.previous_size_bytes, *line.size_bytes);
    }
  }
  const auto note = [&numbers](const std::string& text) {
    numbers.note += (numbers.note.empty() ? "" : "; ") + text;
  };
  if (line.fixed_after() > 0) note(EndedAfter(voice, line.episode));
  if (line.from_other_run) {
    note(voice.Say("from_other_run"));
    if (line.ended) numbers.note += ", " + voice.When(*line.ended);
  }
  numbers.doubt = WordsOf(voice, run, line).cause;
  if (HasFallen(run, line))
    numbers.doubt += (numbers.doubt.empty() ? "" : " ") + FallenWords(voice, line);
  return numbers;
}

}  // namespace backup_monitor
