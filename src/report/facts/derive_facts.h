#pragma once

#include <vector>

#include "report/facts/report_facts.h"

namespace backup_monitor::report {

// Derives what follows from a report: once for each, by whoever has made it. Words, mail and the API are given the
// facts, and may not include this file (tests/architecture/check_includes.py).

[[nodiscard]] ReportFacts FactsOf(const Report& report);
ReportFacts FactsOf(const Report&& report) = delete;  // the facts refer to it

/// Of one run, for the order of the runs of a report that is being made.
[[nodiscard]] RunFacts FactsOf(const RunSection& section);
RunFacts FactsOf(const RunSection&& run) = delete;

/// The nodes of which it is known why something of them is missing in a run. It refers to the run.
[[nodiscard]] std::vector<NodeFacts> NodesOf(const RunSection& run);

/// Each node of which a module has no result could not be reached when the run was due. \pre NodesOf() is in it
[[nodiscard]] bool IsEveryNodeAwayAtDue(const RunFacts& run);

/// Of one module, for the order of the modules of a run that is being made.
[[nodiscard]] ModuleFacts FactsOf(const RunSection& run, const ModuleLine& line);

/// What to do, by everything else that is known.
[[nodiscard]] std::vector<Step> StepsOf(const ReportFacts& facts);

/// What a plan is called of whose schedule this is said.
[[nodiscard]] Phrase PhraseOf(Trouble trouble) noexcept;

/// \param shown  the outcome of the run that is shown of the plan; none if none is
[[nodiscard]] Trouble TroubleOf(const PlanStatus& status, std::optional<Outcome> shown);

}  // namespace backup_monitor::report
