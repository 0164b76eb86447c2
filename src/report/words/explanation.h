#pragma once

#include <string>
#include <vector>

#include "model/preferences.h"
#include "report/facts/report_facts.h"
#include "report/words/advice.h"

namespace backup_monitor::report::words {

/// What is said of one module.
struct ModuleWords {
  std::string name;  ///< "Mail server"; the id where it has no name.
  std::vector<std::string>
      says;  ///< Whole sentences, most specific first. Empty: nothing but its verdict.
};

/// The sentences of a report, for a page that shows the numbers itself.
struct Explanation {
  std::vector<ModuleWords> modules;    ///< As in the report's only run.
  std::vector<Advice> advice;          ///< What to do next; empty where there is nothing to do.
  std::vector<std::string> not_known;  ///< What the report cannot say.
};

/// Explains a report of one run, in the words of its mail.
[[nodiscard]] Explanation Explain(const ReportFacts& facts, Language language);

}  // namespace backup_monitor::report::words
