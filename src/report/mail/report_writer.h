#pragma once

#include <string>

#include "model/preferences.h"
#include "report/facts/report_facts.h"
#include "report/words/catalog.h"
#include "report/words/local_time.h"

namespace backup_monitor::report::mail {

/// Puts reports into words. Pure; one writer may be used by several threads at once.
class ReportWriter {
 public:
  /// `subject_prefix` may be empty. Times are shown in `zone`.
  ReportWriter(Language language, std::string subject_prefix,
               words::Zone zone = words::SystemZone());

  /// Any report, of any size and with any text in it. The subject is one line of at most 200 bytes;
  /// text and HTML of 2,000 modules stay below 300 kB together. Lines end in "\n".
  [[nodiscard]] RenderedReport Render(const ReportFacts& facts) const;

 private:
  words::Catalog catalog_;
  std::string subject_prefix_;
  words::Zone zone_;
};

}  // namespace backup_monitor::report::mail
