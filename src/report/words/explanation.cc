#include "report/words/explanation.h"

#include "report/words/catalog.h"
#include "report/words/local_time.h"
#include "report/words/module_words.h"
#include "report/words/names.h"
#include "report/words/unknowns.h"
#include "report/words/voice.h"

namespace backup_monitor::report::words {
namespace {

/// What is said of every module with that verdict, where its repository was not checked.
std::string OfVerdict(const Voice& voice, const RunFacts& run, const ModuleFacts& module) {
  if (module.without_snapshot) return WithoutSnapshotWords(voice, module);
  if (!module.line.verdict) return PendingWords(voice, run);
  if (module.line.verdict == Verdict::kSucceeded) return {};
  if (run.section.outcome == Outcome::kMissed) return voice.Say("explain.missed");
  return voice.Say("explain." + std::string{Name(*module.line.verdict)} +
                   (module.silence_explained ? "_logged" : ""));
}

/// "Which step failed is unknown" would contradict it.
bool SaysWhichStep(const ModuleFacts& module) {
  return module.line.verdict == Verdict::kFailed && module.line.logged;
}

ModuleWords WordsOfModule(const Voice& voice, const RunFacts& run, const ModuleFacts& module) {
  ModuleWords words{ModuleName(module.line), {}};
  const FindingWords found = WordsOf(voice, run, module);
  const auto add = [&words](std::string sentence) {
    if (!sentence.empty()) words.says.push_back(std::move(sentence));
  };
  const bool says_itself = !found.finding.empty() || SaysWhichStep(module);
  if (!says_itself || module.line.verdict == Verdict::kSucceeded)
    add(OfVerdict(voice, run, module));
  add(found.finding);
  add(found.log);
  add(found.cause);
  if (module.fallen) add(NumbersOf(voice, run, module).doubt);
  if (module.line.from_other_run) add(voice.Say("from_other_run"));
  return words;
}

}  // namespace

Explanation Explain(const ReportFacts& facts, Language language) {
  const Catalog catalog = Catalog::Of(language);
  const Zone zone = SystemZone();
  const Voice voice{catalog, zone, facts.report.created_at};
  Explanation explanation;
  for (const RunFacts& run : facts.runs) {
    for (const ModuleFacts& module : run.modules) {
      explanation.modules.push_back(WordsOfModule(voice, run, module));
    }
  }
  explanation.advice = WhatToDo(voice, facts);
  explanation.not_known = WhatIsNotKnown(voice, facts);
  return explanation;
}

}  // namespace backup_monitor::report::words
