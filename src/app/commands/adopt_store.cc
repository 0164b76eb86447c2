#include <cstdio>
#include <string>

#include "adapters/sqlite/adopt.h"
#include "adapters/sqlite/sqlite_store.h"
#include "app/command_line.h"
#include "app/commands/commands.h"
#include "app/instance_lock.h"
#include "config/config.h"
#include "outcome/judge.h"
#include "run/run_tracker.h"

namespace backup_monitor::app::commands {
namespace {

std::string Counted(int count, const std::string& one, const std::string& more) {
  return std::to_string(count) + " " + (count == 1 ? one : more);
}

/// A report that waited for the checks of repositories is the original's to send; what its run has come to,
/// as far as is known, belongs to the history.
Result<void> JudgeWhatWaited(const std::filesystem::path& file, Time now) {
  auto store = sqlite::OpenStore(file);
  if (!store) return Fail(store.error());
  auto memory = (*store)->runs().Load(now);
  if (!memory) return Fail(memory.error());
  run::RunTracker tracker{run::RunRules{}, *std::move(memory)};
  RunChanges changes;
  for (const auto& [id, run] : tracker.memory().runs) {
    if (run.open() || run.outcome) continue;
    const outcome::Judgement judgement = outcome::Judge(run);
    tracker.Judged(id, judgement.outcome, judgement.verdicts);
    changes.runs.emplace(id, *tracker.Find(id));
  }
  auto transaction = (*store)->runs().Begin();
  if (!transaction) return Fail(transaction.error());
  if (auto saved = (*transaction)->Save(changes); !saved) return saved;
  return (*transaction)->Commit();
}

Result<sqlite::Adoption> Adopt(const std::filesystem::path& store, Time now) {
  auto adopted = sqlite::AdoptStore(store, now);
  if (!adopted) return adopted;
  if (auto judged = JudgeWhatWaited(store, now); !judged) return Fail(judged.error());
  return adopted;
}

}  // namespace

int AdoptCopiedStore(const std::filesystem::path& file) {
  const auto config = config::LoadConfig(file);
  if (!config) {
    std::fprintf(stderr, "%s\n", config.error().message.c_str());
    return kExitConfig;
  }
  const std::filesystem::path& store = config->store.path;
  const auto lock = InstanceLock::Acquire(store);
  const SystemClock clock;
  const auto adopted = lock ? Adopt(store, clock.Now()) : Fail(lock.error());
  if (!adopted) {
    std::fprintf(stderr, "%s\n", adopted.error().message.c_str());
    return adopted.error().code == ErrorCode::kCorrupt ? kExitData : kExitUnavailable;
  }
  std::printf("adopted %s: %s and %s left to the original, %s kept\n", store.c_str(),
              Counted(adopted->messages_left, "message", "messages").c_str(),
              Counted(adopted->runs_left, "unfinished run", "unfinished runs").c_str(),
              Counted(adopted->runs_kept, "run of history", "runs of history").c_str());
  return 0;
}

}  // namespace backup_monitor::app::commands
