#include "report/words/recovery_words.h"

#include <algorithm>

#include "report/words/names.h"
#include "text/fit_text.h"

namespace backup_monitor::report::words {
namespace {

constexpr std::size_t kLinesShown = 10;
constexpr std::size_t kOverNamed = 20;

void AddLines(const Voice& voice, const std::vector<RecoveryLine>& lines, bool over,
              std::vector<std::string>& sentences) {
  const std::string_view key = over ? "opening.over_target" : "opening.back_in_target";
  const std::string_view more = over ? "opening.over_target_more" : "opening.back_in_target_more";
  std::size_t count = 0;
  for (const RecoveryLine& line : lines) {
    if (line.over != over || ++count > kLinesShown) continue;
    sentences.push_back(voice.Say(key, {{"module", ShowForeign(line.module.value())},
                                        {"when", voice.WhenAndAge(line.newest)},
                                        {"target", voice.Duration(line.target)}}));
  }
  if (count > kLinesShown)
    sentences.push_back(voice.Count(more, static_cast<std::int64_t>(count - kLinesShown)));
}

void AddModules(const Voice& voice, std::string_view key, const std::vector<ModuleId>& modules,
                std::vector<std::string>& sentences) {
  if (modules.empty()) return;
  sentences.push_back(voice.Count(key, static_cast<std::int64_t>(modules.size()),
                                  {{"modules", ModuleIds(voice, modules, kOverNamed)}}));
}

}  // namespace

std::vector<std::string> RecoverySentences(const Voice& voice,
                                           const std::vector<RecoveryLine>& lines) {
  std::vector<std::string> sentences;
  AddLines(voice, lines, true, sentences);
  AddLines(voice, lines, false, sentences);
  return sentences;
}

std::string ExemptSentence(const Voice& voice, const std::map<ModuleId, Exemption>& exempt) {
  std::vector<std::string> names;
  names.reserve(exempt.size());
  for (const auto& [module, exemption] : exempt) {
    names.push_back(voice.Say("exempt.one", {{"module", ShowForeign(module.value())},
                                             {"until", voice.When(exemption.until)},
                                             {"reason", ShowForeign(exemption.reason)}}));
  }
  return voice.Say("exempt", {{"modules", Joined(voice, names, kLinesShown)}});
}

void AddRecovery(const Voice& voice, const RunFacts& run, std::vector<std::string>& sentences) {
  AddModules(voice, "lead.over_target", run.OverTarget(), sentences);
  AddModules(voice, "lead.back_in_target", run.BackInTarget(), sentences);
}

}  // namespace backup_monitor::report::words
