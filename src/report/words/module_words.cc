#include "report/words/module_words.h"

#include "report/words/cause_words.h"
#include "report/words/episode_words.h"
#include "report/words/log_words.h"
#include "text/fit_text.h"

namespace backup_monitor::report::words {
namespace {

constexpr std::size_t kErrorTextCharacters = 300;
constexpr std::size_t kAnswerCharacters = 160;

/// With what may have failed then, unless the log says what did.
std::string Made(const Voice& voice, const RunFacts& run, const ModuleFacts& module) {
  const Time at = *module.made_at;
  const bool logged = module.line.logged && !module.line.logged->failed.empty();
  if (const auto clock = voice.ClockOn(at, run.section.begin))
    return voice.Say(logged ? "finding.data_saved_at" : "finding.made_at", {{"clock", *clock}});
  return voice.Say(logged ? "finding.data_saved_on" : "finding.made_on",
                   {{"when", voice.When(at)}});
}

std::string UndecidedWords(const Voice& voice, const RunFacts& run, const ModuleFacts& module) {
  switch (module.undecided) {
    case Undecided::kNone: break;
    case Undecided::kNoTimes:
      if (module.line.from_other_run) return voice.Say("finding.undecided_other_run");
      if (run.section.origin == RunOrigin::kCompact) return voice.Say("finding.undecided_compact");
      return voice.Say("finding.undecided_no_times");
    case Undecided::kOddTimes: return voice.Say("finding.undecided_odd_times");
    case Undecided::kLaterSnapshot: return voice.Say("finding.undecided_later");
    case Undecided::kClockStep: return voice.Say("finding.undecided_clock");
  }
  return voice.Say("finding.undecided");
}

std::string SnapshotWords(const Voice& voice, const RunFacts& run, const ModuleFacts& module) {
  if (module.line.verdict == Verdict::kSucceeded) {
    return module.snapshot_state == SnapshotState::kEmpty ? voice.Say("finding.empty") : "";
  }
  switch (module.snapshot_state) {
    case SnapshotState::kNotLooked: return {};
    case SnapshotState::kUnread: return voice.Say("finding.unread");
    case SnapshotState::kMade: return Made(voice, run, module);
    case SnapshotState::kLogged:
    case SnapshotState::kNotSaved: return voice.Say("finding.not_saved");
    case SnapshotState::kEmpty:
      return voice.Say("finding.not_saved") + " " + voice.Say("finding.empty");
    case SnapshotState::kUndecided: return UndecidedWords(voice, run, module);
    case SnapshotState::kNoneCounted: return {};  // only of a success
  }
  return {};
}

NamedValue LastGood(const Voice& voice, const ModuleLine& line) {
  if (!line.last_good) return {voice.Say("detail.last_good"), voice.Say("detail.no_last_good")};
  const std::string when = voice.WhenAndAge(*line.last_good);
  const std::string plan = ShowForeign(line.last_good_plan);
  return {voice.Say("detail.last_good"),
          plan.empty() ? when : voice.Say("detail.by_plan", {{"when", when}, {"plan", plan}})};
}

std::string AgeOfNewest(const Voice& voice, const NewestData& newest) {
  if (!newest.at) return voice.Say("detail.no_data");
  const std::string old = voice.Old(*newest.at);
  return newest.later ? voice.Say("detail.later_backup", {{"data", old}}) : old;
}

std::string Attempt(const Voice& voice, const RunFacts& run, const ModuleFacts& module) {
  const ModuleLine& line = module.line;
  if (!line.started || !line.ended) return {};
  if (!module.took) return voice.When(*line.ended);
  std::string attempt = voice.Span(*line.started, *line.ended, run.section.begin) + ", ";
  if (!line.previous_duration) return attempt + voice.Duration(*module.took);
  return attempt + voice.Say("fact.took_and_before_short",
                             {{"now", voice.Duration(*module.took)},
                              {"before", voice.Duration(*line.previous_duration)}});
}

// The sizes are beside it, the numbers of files nowhere else.
std::string FallenWords(const Voice& voice, const ModuleLine& line) {
  if (!line.previous_file_count || !line.file_count) return voice.Say("fallen");
  return voice.Say(
      "fallen.files",
      {{"now", voice.Number(static_cast<std::int64_t>(*line.file_count))},
       {"before", voice.Number(static_cast<std::int64_t>(*line.previous_file_count))}});
}

}  // namespace

FindingWords WordsOf(const Voice& voice, const RunFacts& run, const ModuleFacts& module) {
  FindingWords words;
  words.finding = SnapshotWords(voice, run, module);
  if (module.refusal) words.cause = voice.Say(WordsOf(*module.refusal).sentence);
  words.log = LogWords(voice, run, module);
  return words;
}

std::string WithoutSnapshotWords(const Voice& voice, const ModuleFacts& module) {
  return voice.Say(module.snapshot_state == SnapshotState::kNoneCounted ? "explain.none_counted"
                                                                        : "explain.no_snapshot");
}

std::string PendingWords(const Voice& voice, const RunFacts& run) {
  return voice.Say(run.only_alerted ? "explain.pending_alert" : "explain.pending");
}

std::vector<NamedValue> NewestDataOf(const Voice& voice, const ModuleFacts& module) {
  const NewestData& newest = module.newest;
  if (newest.only_last_good) return {LastGood(voice, module.line)};
  std::vector<NamedValue> values{
      {voice.Say(newest.read ? "detail.newest_data" : "detail.newest_data_known"),
       AgeOfNewest(voice, newest)}};
  if (module.line.last_good && !newest.of_last_good) values.push_back(LastGood(voice, module.line));
  return values;
}

std::vector<NamedValue> DetailsOf(const Voice& voice, const RunFacts& run,
                                  const ModuleFacts& module, bool quote) {
  const ModuleLine& line = module.line;
  std::vector<NamedValue> details = NewestDataOf(voice, module);
  const auto add = [&](std::string_view name, std::string value) {
    if (!value.empty()) details.push_back({voice.Say(name), std::move(value)});
  };
  if (module.over_target)
    add("detail.target",
        voice.Say("detail.target_over", {{"target", voice.Duration(*line.target)}}));
  if (line.failures_in_row() > 1) add("detail.in_a_row", InARow(voice, line.episode));
  add("detail.attempt", Attempt(voice, run, module));
  if (line.error_count > 1) add("detail.errors", voice.Number(line.error_count));
  add("detail.error_text", ShowForeign(line.error_text, kErrorTextCharacters));
  if (quote && line.finding) {
    add("detail.answer", ShowForeign(line.finding->words, kAnswerCharacters));
  }
  if (line.from_other_run) add("detail.note", voice.Say("from_other_run"));
  return details;
}

GoodNumbers NumbersOf(const Voice& voice, const RunFacts& run, const ModuleFacts& module) {
  const ModuleLine& line = module.line;
  GoodNumbers numbers;
  if (module.took) {
    numbers.took = voice.Duration(*module.took);
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
  numbers.doubt = WordsOf(voice, run, module).cause;
  if (module.fallen) numbers.doubt += (numbers.doubt.empty() ? "" : " ") + FallenWords(voice, line);
  return numbers;
}

}  // namespace backup_monitor::report::words
