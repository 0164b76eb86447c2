#include <cstdio>
#include <string>
#include <vector>

#include "app/command_line.h"
#include "app/commands/commands.h"
#include "app/secrets.h"
#include "config/config.h"

namespace backup_monitor::app::commands {
namespace {

void Print(const std::vector<std::string>& warnings) {
  for (const std::string& warning : warnings) std::fprintf(stderr, "%s\n", warning.c_str());
}

}  // namespace

int CheckConfig(const std::filesystem::path& config) {
  const auto loaded = config::LoadConfig(config);
  if (!loaded) {
    std::fprintf(stderr, "%s\n", loaded.error().message.c_str());
    return kExitConfig;
  }
  const auto secrets = ReadSecrets(*loaded);
  if (!secrets) {
    std::fprintf(stderr, "%s\n", secrets.error().message.c_str());
    Print(loaded->warnings);
    return kExitConfig;
  }
  Print(loaded->warnings);
  Print(secrets->warnings);
  std::printf("%s is good\n", config.c_str());
  return 0;
}

}  // namespace backup_monitor::app::commands
