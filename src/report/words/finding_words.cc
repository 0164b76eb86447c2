#include "report/words/finding_words.h"

#include "report/facts/standing.h"
#include "report/words/causes.h"

namespace backup_monitor {
namespace {

std::string Made(const Voice& voice, const RunSection& run, Time at) {
  if (const auto clock = voice.ClockOn(at, run.begin)) {
    return voice.Say("finding.made_at", {{"clock", *clock}});
  }
  return voice.Say("finding.made_on", {{"when", voice.When(at)}});
}

std::string UndecidedWords(const Voice& voice, const RunSection& run, const ModuleLine& line) {
  switch (WhyUndecided(run, line)) {
    case Undecided::kNone: break;
    case Undecided::kNoTimes:
      if (line.from_other_run) return voice.Say("finding.undecided_other_run");
      if (run.origin == RunOrigin::kCompact) return voice.Say("finding.undecided_compact");
      return voice.Say("finding.undecided_no_times");
    case Undecided::kOddTimes: return voice.Say("finding.undecided_odd_times");
    case Undecided::kLaterSnapshot: return voice.Say("finding.undecided_later");
    case Undecided::kClockStep: return voice.Say("finding.undecided_clock");
  }
  return voice.Say("finding.undecided");
}

std::string StandingWords(const Voice& voice, const RunSection& run, const ModuleLine& line) {
  const Standing standing = StandingInRepository(run, line);
  if (line.verdict == Verdict::kSucceeded) {
    return standing == Standing::kEmpty ? voice.Say("finding.empty") : "";
  }
  switch (standing) {
    case Standing::kNotLooked: return {};
    case Standing::kUnread: return voice.Say("finding.unread");
    case Standing::kMade: return Made(voice, run, *MadeAt(line));
    case Standing::kNotSaved: return voice.Say("finding.not_saved");
    case Standing::kEmpty: return voice.Say("finding.not_saved") + " " + voice.Say("finding.empty");
    case Standing::kUndecided: return UndecidedWords(voice, run, line);
    case Standing::kNoneCounted: return {};  // only of a success
  }
  return {};
}

}  // namespace

FindingWords WordsOf(const Voice& voice, const RunSection& run, const ModuleLine& line) {
  FindingWords words;
  words.standing = StandingWords(voice, run, line);
  if (line.finding && line.finding->cause) {
    words.cause = voice.Say(CauseOf(*line.finding->cause).sentence);
  } else if (line.error_cause && !line.finding) {
    words.cause = voice.Say(CauseOf(*line.error_cause).sentence);
  }
  return words;
}

}  // namespace backup_monitor
