#include "adapters/sqlite/read_history.h"

#include <unordered_set>

namespace backup_monitor {
namespace {

constexpr std::size_t kMostRunsBefore = 1000;

/// Every judged closed run of the plan that began before, newest first; without its modules.
Result<std::vector<PastRun>> ReadRunsBefore(Database& database, const Run& run) {
  std::vector<PastRun> runs;
  auto query = database.Prepare(
      "SELECT id, begin_at, end_at, outcome FROM run WHERE plan = ?1 AND begin_at < ?2 AND id <> "
      "?3 "
      "AND closed_at IS NOT NULL AND outcome IS NOT NULL ORDER BY begin_at DESC, id DESC");
  query.Bind(run.plan, run.begin, run.id);
  while (query.Next()) {
    PastRun& past = runs.emplace_back();
    query.Read(past.id, past.begin, past.end, past.outcome);
  }
  if (auto ran = query.Run(); !ran) return Fail(ran.error());
  return runs;
}

Result<void> ReadProblems(Database& database, PastRun& past) {
  auto query = database.Prepare(
      "SELECT module, verdict FROM run_module WHERE run = ?1 AND verdict <> 'succeeded' ORDER BY "
      "module");
  query.Bind(past.id);
  while (query.Next()) {
    ModuleId module;
    Verdict verdict{};
    query.Read(module, verdict);
    past.not_succeeded.emplace_hint(past.not_succeeded.end(), std::move(module), verdict);
  }
  return query.Run();
}

Result<void> ReadRecords(Database& database, const Run& run, const ModuleId& module,
                         ModuleHistory& history) {
  auto good = database.Prepare(
      "SELECT max(ended) FROM record WHERE plan = ?1 AND module = ?2 AND errors = 0");
  if (good.Bind(run.plan, module).Next()) good.Read(history.last_good);
  if (auto ran = good.Run(); !ran) return ran;

  // A look that could not read the repository says nothing of what it holds.
  auto found = database.Prepare(
      "SELECT newest_at FROM record WHERE plan = ?1 AND module = ?2 AND probed_at IS NOT NULL "
      "AND (probe_cause IS NULL OR newest_at IS NOT NULL) ORDER BY probed_at DESC LIMIT 1");
  if (found.Bind(run.plan, module).Next()) found.Read(history.newest_snapshot);
  if (auto ran = found.Run(); !ran) return ran;

  // Both from one index, newest first; the second rarely has to go further than the first.
  auto duration = database.Prepare(
      "SELECT ended - started FROM record WHERE plan = ?1 AND module = ?2 AND started < ?3 "
      "ORDER BY started DESC LIMIT 1");
  if (duration.Bind(run.plan, module, run.begin).Next()) duration.Read(history.previous_duration);
  if (auto ran = duration.Run(); !ran) return ran;

  auto size = database.Prepare(
      "SELECT restore_bytes FROM record WHERE plan = ?1 AND module = ?2 AND started < ?3 "
      "AND errors = 0 AND restore_bytes IS NOT NULL ORDER BY started DESC LIMIT 1");
  if (size.Bind(run.plan, module, run.begin).Next()) size.Read(history.previous_size_bytes);
  return size.Run();
}

Result<std::unordered_set<std::int64_t>> ReadProblemRuns(Database& database,
                                                         const ModuleId& module) {
  std::unordered_set<std::int64_t> runs;
  auto query =
      database.Prepare("SELECT run FROM run_module WHERE module = ?1 AND verdict <> 'succeeded'");
  query.Bind(module);
  while (query.Next()) {
    std::int64_t run = 0;
    query.Read(run);
    runs.insert(run);
  }
  if (auto ran = query.Run(); !ran) return Fail(ran.error());
  return runs;
}

/// False if the module did not count in that run.
Result<bool> SucceededIn(Database& database, RunId run, const ModuleId& module) {
  auto query = database.Prepare(
      "SELECT 1 FROM run_module WHERE run = ?1 AND module = ?2 AND verdict = 'succeeded'");
  const bool succeeded = query.Bind(run, module).Next();
  if (auto ran = query.Run(); !ran) return Fail(ran.error());
  return succeeded;
}

/// Most modules never had a problem: they cost one look into a small index. The others are followed
/// back through the runs until they succeeded.
Result<int> CountFailuresBefore(Database& database, const std::vector<PastRun>& runs,
                                const ModuleId& module) {
  const auto problems = ReadProblemRuns(database, module);
  if (!problems) return Fail(problems.error());
  std::size_t left = problems->size();  // of any plan: an upper bound that ends the search
  int failures = 0;
  for (const PastRun& run : runs) {
    if (left == 0) break;
    if (problems->contains(static_cast<std::int64_t>(run.id))) {
      ++failures;
      --left;
      continue;
    }
    const auto succeeded = SucceededIn(database, run.id, module);
    if (!succeeded) return Fail(succeeded.error());
    if (*succeeded) break;
  }
  return failures;
}

}  // namespace

Result<PlanHistory> ReadHistory(Database& database, const Run& run) {
  PlanHistory history;
  auto runs = ReadRunsBefore(database, run);
  if (!runs) return Fail(runs.error());
  for (const auto& [id, ignored] : run.modules) {
    ModuleHistory& module = history.modules[id];
    if (auto read = ReadRecords(database, run, id, module); !read) return Fail(read.error());
    const auto failures = CountFailuresBefore(database, *runs, id);
    if (!failures) return Fail(failures.error());
    module.failures_before = *failures;
  }
  for (PastRun& past : *runs) {
    if (history.runs_before.size() == kMostRunsBefore) break;
    if (auto read = ReadProblems(database, past); !read) return Fail(read.error());
    history.runs_before.push_back(std::move(past));
    if (history.runs_before.back().outcome == Outcome::kSuccess) break;
  }
  return history;
}

}  // namespace backup_monitor
