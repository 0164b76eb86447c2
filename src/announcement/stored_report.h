#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "base/clock.h"
#include "base/result.h"
#include "model/cluster_view.h"
#include "model/preferences.h"
#include "model/report.h"
#include "model/run.h"
#include "report/facts/derive_facts.h"
#include "report/words/explanation.h"
#include "store/run_archive.h"

namespace backup_monitor::announcement {

/// A stored run as its report describes it: with names, with what was before, and in words if they were asked for.
class StoredReport {
 public:
  /// `report` is of one run, and of the moment that it was created at.
  explicit StoredReport(Report report);

  /// Every column and sentence is of this moment.
  [[nodiscard]] Time as_of() const noexcept { return report_->created_at; }
  [[nodiscard]] const RunSection& section() const noexcept { return report_->runs.front(); }
  [[nodiscard]] const report::ReportFacts& facts() const noexcept { return facts_; }
  [[nodiscard]] const report::RunFacts& run() const noexcept { return facts_.runs.front(); }

  std::optional<report::words::Explanation> words;  ///< None unless a language was asked for.

 private:
  std::unique_ptr<const Report> report_;  ///< By itself, since the facts refer to it.
  report::ReportFacts facts_;
};

/// \return the store's error. Any thread.
using DescribeRun = std::function<Result<StoredReport>(const Run&, std::optional<Language>)>;

/// The moment that the report of a stored run is of: when it ended and its repositories had been checked;
/// now, if it goes on.
[[nodiscard]] Time ReportMomentOf(const Run& run, Time now);

/// Describes a stored run as its mail would have at `as_of`: what came later takes no part in it.
///
/// \param language  of its words; none: it is not put into words
/// \param view  the cluster as it was seen last, for names; nullptr before the first look
/// \return the error of `archive`
[[nodiscard]] Result<StoredReport> ReportOnStored(const Run& run, std::optional<Language> language,
                                                  store::RunArchive& archive,
                                                  const ClusterView* view, Time as_of);

}  // namespace backup_monitor::announcement
