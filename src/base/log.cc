#include "base/log.h"

#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/library_version.h"

namespace backup_monitor {
namespace {

constexpr std::size_t kFileBytes = 5UL * 1024 * 1024;
constexpr std::size_t kOldFiles = 2;  // three with the one being written
constexpr const char* kPattern = "%Y-%m-%dT%H:%M:%S%z %l %v";

spdlog::level::level_enum ToSpdlog(LogLevel level) {
  switch (level) {
    case LogLevel::kDebug: return spdlog::level::debug;
    case LogLevel::kInfo: return spdlog::level::info;
    case LogLevel::kWarning: return spdlog::level::warn;
    case LogLevel::kError: return spdlog::level::err;
  }
  return spdlog::level::info;
}

using LoggerPointer = std::shared_ptr<spdlog::logger>;

LoggerPointer MakeLogger(const std::vector<spdlog::sink_ptr>& sinks, LogLevel level) {
  auto logger = std::make_shared<spdlog::logger>("backup-monitor", sinks.begin(), sinks.end());
  logger->set_pattern(kPattern);
  logger->set_level(ToSpdlog(level));
  logger->flush_on(spdlog::level::debug);
  return logger;
}

/// The logger in use. Not spdlog's default one: replacing that while others write is a race.
class Current {
 public:
  LoggerPointer Get() {
    const std::lock_guard lock{mutex_};
    return logger_;
  }
  void Set(LoggerPointer logger) {
    const std::lock_guard lock{mutex_};
    logger_ = std::move(logger);
  }

 private:
  std::mutex mutex_;
  LoggerPointer logger_ =
      MakeLogger({std::make_shared<spdlog::sinks::stdout_sink_mt>()}, LogLevel::kInfo);
};

Current& TheCurrent() {
  static Current current;
  return current;
}

/// One line, whatever the text holds: control characters (and DEL) become \xNN.
std::string OneLine(std::string_view text) {
  static constexpr char kHex[] = "0123456789abcdef";
  std::string line;
  line.reserve(text.size());
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && byte != 0x7f) {
      line += c;
      continue;
    }
    line += "\\x";
    line += kHex[byte >> 4];
    line += kHex[byte & 0xf];
  }
  return line;
}

void Write(spdlog::level::level_enum level, std::string_view message) {
  // The text is an argument, never a format.
  TheCurrent().Get()->log(level, "{}", OneLine(message));
}

}  // namespace

Result<void> ConfigureLog(const LogSettings& settings) {
  auto output = std::make_shared<spdlog::sinks::stdout_sink_mt>();
  if (settings.file.empty()) {
    TheCurrent().Set(MakeLogger({output}, settings.level));
    return {};
  }
  try {
    auto file = std::make_shared<spdlog::sinks::rotating_file_sink_mt>(settings.file.string(),
                                                                       kFileBytes, kOldFiles);
    TheCurrent().Set(MakeLogger({output, file}, settings.level));
    return {};
  } catch (const spdlog::spdlog_ex& failure) {
    TheCurrent().Set(MakeLogger({output}, settings.level));
    return Fail(ErrorCode::kUnavailable,
                "open log file " + settings.file.string() + ": " + failure.what());
  }
}

void LogDebug(std::string_view message) { Write(spdlog::level::debug, message); }
void LogInfo(std::string_view message) { Write(spdlog::level::info, message); }
void LogWarning(std::string_view message) { Write(spdlog::level::warn, message); }
void LogError(std::string_view message) { Write(spdlog::level::err, message); }

LibraryVersions LogLibraries() {
  constexpr int kFmt = FMT_VERSION;  // 90100 is 9.1.0
  return {{"spdlog", std::to_string(SPDLOG_VER_MAJOR) + "." + std::to_string(SPDLOG_VER_MINOR) +
                         "." + std::to_string(SPDLOG_VER_PATCH)},
          {"fmt", std::to_string(kFmt / 10000) + "." + std::to_string(kFmt / 100 % 100) + "." +
                      std::to_string(kFmt % 100)}};
}

}  // namespace backup_monitor
