#include "report/words/explanation.h"

#include "report/facts/standing.h"
#include "report/words/alert_words.h"
#include "report/words/catalog.h"
#include "report/words/finding_words.h"
#include "report/words/local_time.h"
#include "report/words/module_details.h"
#include "report/words/names.h"
#include "report/words/unknowns.h"
#include "report/words/voice.h"
#include "text/fit_text.h"

namespace backup_monitor {
namespace {

/// What is said of every module with that verdict, where nobody has looked into its repository.
std::string OfVerdict(const Voice& voice, const RunSection& run, const ModuleLine& line) {
  if (SucceededWithoutSnapshot(run, line)) {
    const bool counted = StandingInRepository(run, line) == Standing::kNoneCounted;
    return voice.Say(counted ? "explain.none_counted" : "explain.no_snapshot");
  }
  if (!line.verdict) return PendingWords(voice, run);
  if (line.verdict == Verdict::kSucceeded) return {};
  return voice.Say("explain." + std::string{Name(*line.verdict)});
}

ModuleWords WordsOfModule(const Voice& voice, const RunSection& run, const ModuleLine& line) {
  ModuleWords words{ModuleName(line), {}};
  const FindingWords found = WordsOf(voice, run, line);
  const auto add = [&words](std::string sentence) {
    if (!sentence.empty()) words.says.push_back(std::move(sentence));
  };
  if (found.standing.empty() || line.verdict == Verdict::kSucceeded)
    add(OfVerdict(voice, run, line));
  add(found.standing);
  add(found.cause);
  if (HasFallen(run, line)) add(NumbersOf(voice, run, line).doubt);
  if (line.from_other_run) add(voice.Say("from_other_run"));
  return words;
}

}  // namespace

Explanation Explain(const Report& report, Language language) {
  const Catalog catalog = Catalog::Of(language);
  const Zone zone = SystemZone();
  const Voice voice{catalog, zone, report.created_at};
  Explanation explanation;
  for (const RunSection& run : report.runs) {
    for (const ModuleLine& line : run.modules) {
      explanation.modules.push_back(WordsOfModule(voice, run, line));
    }
  }
  explanation.advice = WhatToDo(voice, report);
  explanation.not_known = WhatIsNotKnown(voice, report);
  return explanation;
}

}  // namespace backup_monitor
