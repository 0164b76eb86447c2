#include "report/words/log_words.h"

#include "text/fit_text.h"

namespace backup_monitor::report::words {
namespace {

constexpr std::size_t kWordsCharacters = 200;
constexpr std::size_t kFileCharacters = 120;
constexpr std::size_t kSignalCharacters = 40;

/// "02:31, log of node 2", with the day where it is not that of the run.
std::string Place(const Voice& voice, const RunFacts& run, const ModuleFacts& module, Time at) {
  const auto& node = module.line.node;
  const std::string clock = voice.ClockOn(at, run.section.begin).value_or(voice.When(at));
  if (!node) return voice.Say("log.place_unknown", {{"clock", clock}});
  return voice.Say("log.place", {{"clock", clock}, {"number", std::to_string(node->value())}});
}

std::string Files(const FailedStep& step) {
  std::string files;
  for (const std::string& file : step.unread)
    files += (files.empty() ? "" : "; ") + ShowForeign(file, kFileCharacters);
  return files;
}

std::string StepWords(const Voice& voice, const RunFacts& run, const ModuleFacts& module,
                      const FailedStep& step) {
  std::string quoted;
  if (step.some_unread()) quoted = Files(step);
  else quoted = ShowForeign(step.words, kWordsCharacters);
  if (!quoted.empty()) quoted = voice.Say("log.quoted", {{"words", quoted}});
  const std::string key =
      step.some_unread() ? "log.unread" : "log.step." + std::string{Name(step.step)};
  return voice.Say(key, {{"words", quoted}, {"at", Place(voice, run, module, step.at)}});
}

/// Whether the module's turn had come when its pass was ended from outside.
std::string Ended(const Voice& voice, const RunFacts& run, const ModuleFacts& module,
                  std::string_view how, Time at) {
  const LoggedModule& logged = *module.line.logged;
  const std::string signal = ShowForeign(logged.signal, kSignalCharacters);
  const std::string ended =
      voice.Say("log." + std::string{how} + (signal.empty() || how != "killed" ? "" : "_by"),
                {{"at", Place(voice, run, module, at)}, {"signal", signal}});
  // module-backup runs in a session of its own, which is no part of the unit (docs/log.md).
  const bool may_go_on = logged.silence->why != Silence::kRebooted;
  if (logged.silence->was_begun)
    return ended + " " + voice.Say("log.during") +
           (may_go_on ? " " + voice.Say("log.goes_on") : "");
  return logged.begin_is_known ? ended + " " + voice.Say("log.before") : ended;
}

/// By which plan it was busy.
std::string GaveUpWith(const Voice& voice, const RunFacts& run, const ModuleFacts& module) {
  const LoggedModule& logged = *module.line.logged;
  return voice.Say("log.gave_up_with", {{"plan", ShowForeign(logged.busy_plan_name)},
                                        {"at", Place(voice, run, module, logged.silence->at)}});
}

std::string SilenceWords(const Voice& voice, const RunFacts& run, const ModuleFacts& module) {
  const SilentModule& silence = *module.line.logged->silence;
  const auto say = [&](std::string_view key) {
    return voice.Say(key, {{"at", Place(voice, run, module, silence.at)}});
  };
  switch (silence.why) {
    case Silence::kGaveUp:
      return silence.busy_with ? GaveUpWith(voice, run, module) : say("log.gave_up");
    case Silence::kNotStored: return silence.completed ? voice.Say("log.completed") : "";
    case Silence::kStopped: return Ended(voice, run, module, "stopped", silence.at);
    case Silence::kKilled: return Ended(voice, run, module, "killed", silence.at);
    case Silence::kRebooted: return Ended(voice, run, module, "rebooted", silence.at);
    case Silence::kEnded: return say("log.ended");
    case Silence::kNotEnded: return say(silence.was_begun ? "log.begun" : "log.not_begun");
  }
  return {};
}

}  // namespace

std::string LogWords(const Voice& voice, const RunFacts& run, const ModuleFacts& module) {
  if (!module.line.logged) return {};
  const LoggedModule& logged = *module.line.logged;
  std::string words;
  const auto add = [&words](const std::string& sentence) {
    if (sentence.empty()) return;
    words += (words.empty() ? "" : " ") + sentence;
  };
  const bool known =
      module.snapshot_state == SnapshotState::kMade || IsNotSaved(module.snapshot_state);
  if (logged.failed_after_restic() && !logged.silence && !known) add(voice.Say("log.restic_ended"));
  for (const FailedStep& step : logged.failed) add(StepWords(voice, run, module, step));
  if (logged.silence) add(SilenceWords(voice, run, module));
  const bool open = module.snapshot_state == SnapshotState::kNotLooked;
  if (open && module.line.verdict == Verdict::kFailed && !logged.failed_after_restic())
    add(voice.Say("finding.unread"));
  return words;
}

}  // namespace backup_monitor::report::words
