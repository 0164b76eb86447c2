#include "config/config.h"

#include <cerrno>
#include <fstream>
#include <iterator>
#include <system_error>

#include "config/file_text.h"
#include "config/known_keys.h"
#include "config/read_sections.h"
#include "config/strangers.h"

namespace backup_monitor::config {
namespace {

Config ReadSections(const YamlNode& root, Reading& reading) {
  Config config;
  Section file = Section::Root(root, reading);
  ReadMail(file.Inner("mail"), config.mail);
  ReadReceiver(file.Inner("receiver"), config.receiver);
  ReadCorrelator(file.Inner("correlator"), config.correlator);
  ReadSchedule(file.Inner("schedule"), config.schedule);
  ReadProtection(file.Inner("protection"), config.protection);
  ReadRedis(file.Inner("redis"), config.redis);
  ReadAlertmanager(file.Inner("alertmanager"), config.alertmanager);
  ReadClusterLog(file.Inner("cluster_log"), config.cluster_log);
  ReadNodes(file.Inner("nodes"), config.nodes);
  ReadRepoCheck(file.Inner("repo_check"), config.repo_check);
  ReadStore(file.Inner("store"), config.store);
  ReadLogging(file.Inner("logging"), config.logging);
  file.Finish();
  BlameStrangers(reading);
  return config;
}

/// At most one byte more than ParseConfig accepts: enough for it to say so.
std::string ReadStart(std::istream& stream) {
  std::string text(kMostConfigBytes + 1, '\0');
  stream.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(stream.gcount()));
  return text;
}

}  // namespace

Result<Config> ParseConfig(std::string_view text, std::string_view name) {
  Reading reading;
  if (!CheckFileText(text, reading.faults)) return Fail(std::move(reading.faults).ToError(name));
  const auto root = ReadYaml(text, reading.faults);
  if (!root) return Fail(std::move(reading.faults).ToError(name));
  Config config = ReadSections(*root, reading);
  if (!reading.faults.empty()) return Fail(std::move(reading.faults).ToError(name));
  config.warnings = reading.faults.Warnings(name);
  return config;
}

Result<Config> LoadConfig(const std::filesystem::path& file) {
  const auto unreadable = [&file](const std::string& why) {
    return Fail(ErrorCode::kNotFound, "read configuration " + file.string() + ": " + why);
  };
  std::error_code ignored;
  if (std::filesystem::is_directory(file, ignored)) return unreadable("it is a directory");
  errno = 0;
  std::ifstream stream{file, std::ios::binary};
  if (!stream) return unreadable(std::generic_category().message(errno));
  const std::string text = ReadStart(stream);
  if (stream.bad()) return unreadable("it cannot be read to its end");
  return ParseConfig(text, file.filename().string());
}

std::vector<std::string> KnownConfigKeys() {
  Reading reading;
  ReadSections(YamlNode{}, reading);
  return reading.known_keys;
}

}  // namespace backup_monitor::config
