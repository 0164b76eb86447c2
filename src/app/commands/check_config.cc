#include <cstdio>

#include "app/command_line.h"
#include "app/commands/commands.h"
#include "app/secrets.h"
#include "config/config.h"

namespace backup_monitor {

int CheckConfig(const std::filesystem::path& config) {
  const auto loaded = LoadConfig(config);
  if (!loaded) {
    std::fprintf(stderr, "%s\n", loaded.error().message.c_str());
    return kExitConfig;
  }
  if (const auto token = ReadWebhookToken(*loaded); !token) {
    std::fprintf(stderr, "%s\n", token.error().message.c_str());
    return kExitConfig;
  }
  std::printf("%s is good\n", config.c_str());
  return 0;
}

}  // namespace backup_monitor
