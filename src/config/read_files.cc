#include "config/read_sections.h"

namespace backup_monitor::config {
namespace {

constexpr Words<LogLevel, 4> kLevels{{{"DEBUG", LogLevel::kDebug},
                                      {"INFO", LogLevel::kInfo},
                                      {"WARNING", LogLevel::kWarning},
                                      {"ERROR", LogLevel::kError}}};

}  // namespace

void ReadStore(Section section, StoreConfig& store) {
  section.Path("path", store.path, NonEmptyLine);
  section.Number("keep_days", store.keep_days, {1, 3650});
  section.Finish();
}

void ReadLogging(Section section, LogSettings& logging) {
  section.Choice("level", logging.level, kLevels);
  section.Path("file", logging.file);
  section.Finish();
}

}  // namespace backup_monitor::config
