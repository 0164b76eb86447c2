#include <cstdio>
#include <string>

#include "adapters/sqlite/adopt.h"
#include "app/command_line.h"
#include "app/commands/commands.h"
#include "app/instance_lock.h"
#include "config/config.h"

namespace backup_monitor {
namespace {

std::string Counted(int count, const std::string& one, const std::string& more) {
  return std::to_string(count) + " " + (count == 1 ? one : more);
}

}  // namespace

int AdoptCopiedStore(const std::filesystem::path& file) {
  const auto config = LoadConfig(file);
  if (!config) {
    std::fprintf(stderr, "%s\n", config.error().message.c_str());
    return kExitConfig;
  }
  const std::filesystem::path& store = config->store.path;
  const auto lock = InstanceLock::Take(store);
  const SystemClock clock;
  const auto adopted = lock ? AdoptStore(store, clock.Now()) : Fail(lock.error());
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

}  // namespace backup_monitor
