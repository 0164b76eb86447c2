#include "adapters/sqlite/read_history.h"

#include <string>
#include <unordered_map>

#include "adapters/sqlite/record_rows.h"
#include "model/checked_backup.h"

namespace backup_monitor::sqlite {
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

/// Other plans with runs to the same destination: each module's repository there is one. A record without a run
/// does not say where it went.
Result<std::vector<PlanId>> PlansSharing(Database& database, const Run& run) {
  std::vector<PlanId> plans;
  if (run.destination_id.empty()) return plans;
  auto query =
      database.Prepare("SELECT DISTINCT plan FROM run WHERE destination_id = ?1 AND plan <> ?2");
  query.Bind(run.destination_id, run.plan);
  while (query.Next()) query.Read(plans.emplace_back());
  if (auto ran = query.Run(); !ran) return Fail(ran.error());
  return plans;
}

/// What of the past is wanted: up to `as_of`, of `plan`, which is the run's own or one that shares its
/// destination.
struct Scope {
  const Run& run;
  const PlanId& plan;
  Time as_of;
  [[nodiscard]] bool own() const { return plan == run.plan; }
};

/// Takes the newest good backup of the scope if it is newer than what is known.
Result<void> ReadLastGood(Database& database, const Scope& scope, const ModuleId& module,
                          ModuleHistory& history) {
  static const std::string kSelect =
      "SELECT w.destination_id, w.plan_name, " + RecordColumns("r") +
      " FROM record r LEFT JOIN run w ON w.id = r.run WHERE r.plan = ?1 AND r.module = ?2 "
      "AND r.errors = 0 AND r.ended <= ?3 ORDER BY r.ended DESC";
  constexpr int kRecord = 2;
  auto query = database.Prepare(kSelect);
  query.Bind(scope.plan, module, scope.as_of);
  while (query.Next()) {
    std::optional<std::string> destination;
    std::optional<std::string> plan_name;
    query.Read(destination, plan_name);
    if (!scope.own() && destination != scope.run.destination_id) continue;
    const SeenRecord seen = ReadRecord(query, kRecord, scope.plan, module);
    if (history.last_good && seen.ended <= *history.last_good) break;
    if (!IsGoodBackup(seen)) continue;
    history.last_good = seen.ended;
    if (!scope.own())
      history.last_good_plan = plan_name.value_or("").empty() ? scope.plan.value() : *plan_name;
    break;
  }
  return query.Leave();
}

/// Takes what the last look of the scope that could read the repository found, if it is newer than `looked`.
/// A look that could not read it says nothing of what it holds.
Result<void> ReadNewestSnapshot(Database& database, const Scope& scope, const ModuleId& module,
                                std::optional<Time>& looked, ModuleHistory& history) {
  auto query = database.Prepare(
      "SELECT r.newest_at, r.probed_at FROM record r LEFT JOIN run w ON w.id = r.run "
      "WHERE r.plan = ?1 AND r.module = ?2 AND r.probed_at IS NOT NULL AND r.probed_at <= ?3 "
      "AND (r.probe_cause IS NULL OR r.newest_at IS NOT NULL) AND (?4 OR w.destination_id = ?5) "
      "ORDER BY r.probed_at DESC LIMIT 1");
  query.Bind(scope.plan, module, scope.as_of, scope.own(), scope.run.destination_id);
  if (query.Next()) {
    std::optional<Time> newest;
    Time probed;
    query.Read(newest, probed);
    if (!looked || *looked < probed) {
      looked = probed;
      history.newest_snapshot = newest;
    }
  }
  return query.Run();
}

/// The newest record before the run, and the newest ones that have a size and a number of files.
Result<void> ReadPrevious(Database& database, const Run& run, const ModuleId& module,
                          ModuleHistory& history) {
  // All from one index, newest first; those with a member rarely have to go further than the first.
  auto duration = database.Prepare(
      "SELECT ended - started FROM record WHERE plan = ?1 AND module = ?2 AND started < ?3 "
      "ORDER BY started DESC LIMIT 1");
  if (duration.Bind(run.plan, module, run.begin).Next()) duration.Read(history.previous_duration);
  if (auto ran = duration.Run(); !ran) return ran;

  auto size = database.Prepare(
      "SELECT restore_bytes FROM record WHERE plan = ?1 AND module = ?2 AND started < ?3 "
      "AND errors = 0 AND restore_bytes IS NOT NULL ORDER BY started DESC LIMIT 1");
  if (size.Bind(run.plan, module, run.begin).Next()) size.Read(history.previous_size_bytes);
  if (auto ran = size.Run(); !ran) return ran;

  auto files = database.Prepare(
      "SELECT file_count FROM record WHERE plan = ?1 AND module = ?2 AND started < ?3 "
      "AND errors = 0 AND file_count IS NOT NULL ORDER BY started DESC LIMIT 1");
  if (files.Bind(run.plan, module, run.begin).Next()) files.Read(history.previous_file_count);
  return files.Run();
}

Result<void> ReadRecords(Database& database, const Run& run, const std::vector<PlanId>& sharing,
                         Time as_of, const ModuleId& module, ModuleHistory& history) {
  std::optional<Time> looked;
  const auto read = [&](const PlanId& plan) -> Result<void> {
    const Scope scope{run, plan, as_of};
    if (auto good = ReadLastGood(database, scope, module, history); !good) return good;
    return ReadNewestSnapshot(database, scope, module, looked, history);
  };
  if (auto own = read(run.plan); !own) return own;
  for (const PlanId& plan : sharing) {
    if (auto other = read(plan); !other) return other;
  }
  return ReadPrevious(database, run, module, history);
}

Result<std::unordered_map<std::int64_t, Verdict>> ReadProblemRuns(Database& database,
                                                                  const ModuleId& module) {
  std::unordered_map<std::int64_t, Verdict> runs;
  auto query = database.Prepare(
      "SELECT run, verdict FROM run_module WHERE module = ?1 AND verdict <> 'succeeded'");
  query.Bind(module);
  while (query.Next()) {
    std::int64_t run = 0;
    Verdict verdict{};
    query.Read(run, verdict);
    runs.emplace(run, verdict);
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

/// Most modules never had a problem: they cost one search in a small index. The others are followed
/// back through the runs until they succeeded.
Result<Episode> ReadEpisodeBefore(Database& database, const std::vector<PastRun>& runs,
                                  const ModuleId& module) {
  const auto problems = ReadProblemRuns(database, module);
  if (!problems) return Fail(problems.error());
  std::size_t left = problems->size();  // of any plan: an upper bound that ends the search
  Episode before;
  for (const PastRun& run : runs) {
    if (left == 0) break;
    if (const auto problem = problems->find(static_cast<std::int64_t>(run.id));
        problem != problems->end()) {
      before.Add(problem->second);
      --left;
      continue;
    }
    const auto succeeded = SucceededIn(database, run.id, module);
    if (!succeeded) return Fail(succeeded.error());
    if (*succeeded) break;
  }
  return before;
}

Result<bool> IsBeingChecked(Database& database, RunId run) {
  auto query = database.Prepare("SELECT 1 FROM held_report_run WHERE run = ?1 LIMIT 1");
  const bool postponed = query.Bind(run).Next();
  if (auto ran = query.Run(); !ran) return Fail(ran.error());
  return postponed;
}

}  // namespace

Result<PlanHistory> ReadHistory(Database& database, const Run& run, Time as_of) {
  PlanHistory history;
  auto runs = ReadRunsBefore(database, run);
  if (!runs) return Fail(runs.error());
  const auto sharing = PlansSharing(database, run);
  if (!sharing) return Fail(sharing.error());
  const auto checked = IsBeingChecked(database, run.id);
  if (!checked) return Fail(checked.error());
  history.being_checked = *checked;
  for (const auto& [id, ignored] : run.modules) {
    ModuleHistory& module = history.modules[id];
    if (auto read = ReadRecords(database, run, *sharing, as_of, id, module); !read)
      return Fail(read.error());
    auto before = ReadEpisodeBefore(database, *runs, id);
    if (!before) return Fail(before.error());
    module.before = *before;
  }
  for (PastRun& past : *runs) {
    if (history.runs_before.size() == kMostRunsBefore) break;
    if (auto read = ReadProblems(database, past); !read) return Fail(read.error());
    history.runs_before.push_back(std::move(past));
    if (history.runs_before.back().outcome == Outcome::kSuccess) break;
  }
  return history;
}

}  // namespace backup_monitor::sqlite
