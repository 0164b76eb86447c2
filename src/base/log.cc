#include "base/log.h"

#include <fcntl.h>
#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <sys/stat.h>

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "base/descriptor.h"
#include "base/library_version.h"
#include "base/mutex.h"
#include "text/fit_text.h"

namespace backup_monitor {
namespace {

constexpr std::size_t kFileBytes = 5UL * 1024 * 1024;
constexpr std::size_t kOldFiles = 3;  // beside the one being written
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
    const MutexLock lock{mutex_};
    return logger_;
  }
  void Set(LoggerPointer logger) {
    const MutexLock lock{mutex_};
    logger_ = std::move(logger);
  }

 private:
  Mutex mutex_;
  LoggerPointer logger_ GUARDED_BY(mutex_) =
      MakeLogger({std::make_shared<spdlog::sinks::stdout_sink_mt>()}, LogLevel::kInfo);
};

Current& TheCurrent() {
  static Current current;
  return current;
}

/// Takes what others may do with a log file away. Devices are not ours to change.
void Tighten(int file) {
  struct stat status {};
  if (fstat(file, &status) != 0 || !S_ISREG(status.st_mode)) return;
  if ((status.st_mode & 077) != 0) (void)fchmod(file, status.st_mode & 0700);
}

/// A new file is nobody else's from its first moment on, at each rotation too: spdlog 1.10 opens with fopen(3),
/// which leaves the mode to the umask.
spdlog::file_event_handlers OwnersOnly() {
  spdlog::file_event_handlers handlers;
  handlers.before_open = [](const spdlog::filename_t& name) {
    const Descriptor file{
        open(name.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, 0600)};
  };
  handlers.after_open = [](const spdlog::filename_t&, std::FILE* stream) {
    Tighten(fileno(stream));
  };
  return handlers;
}

/// What an earlier version has left behind.
void TightenOldFiles(const std::filesystem::path& current) {
  for (std::size_t i = 1; i <= kOldFiles; ++i) {
    const std::string name =
        spdlog::sinks::rotating_file_sink_mt::calc_filename(current.string(), i);
    const Descriptor file{open(name.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW)};
    if (file.open()) Tighten(file.get());
  }
}

bool OthersMayRead(const std::filesystem::path& file) {
  struct stat status {};
  return stat(file.c_str(), &status) == 0 && S_ISREG(status.st_mode) && (status.st_mode & 044) != 0;
}

void Write(spdlog::level::level_enum level, std::string_view message) {
  // The text is an argument, never a format.
  TheCurrent().Get()->log(level, "{}", EscapedLine(message));
}

}  // namespace

Result<void> ConfigureLog(const LogSettings& settings) {
  auto output = std::make_shared<spdlog::sinks::stdout_sink_mt>();
  if (settings.file.empty()) {
    TheCurrent().Set(MakeLogger({output}, settings.level));
    return {};
  }
  try {
    auto file = std::make_shared<spdlog::sinks::rotating_file_sink_mt>(
        settings.file.string(), kFileBytes, kOldFiles, false, OwnersOnly());
    TheCurrent().Set(MakeLogger({output, file}, settings.level));
    TightenOldFiles(settings.file);
    if (OthersMayRead(settings.file)) {
      LogWarning("others can read the log file " + settings.file.string() +
                 " and its mode cannot be changed: give it to the daemon's user");
    }
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
