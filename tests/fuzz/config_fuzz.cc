// The configuration parser: whatever the bytes, it answers with a configuration that holds what its
// header promises, or with faults that each name a line.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "config/config.h"

namespace {

void Require(bool holds) {
  if (!holds) std::abort();
}

void CheckFaults(std::string_view message) {
  constexpr std::string_view kStart = "config.yml:";
  Require(!message.empty());
  while (!message.empty()) {
    Require(message.substr(0, kStart.size()) == kStart);
    Require(message.size() > kStart.size());
    const char digit = message[kStart.size()];
    Require(digit >= '1' && digit <= '9');
    const std::size_t end = message.find('\n');
    message.remove_prefix(end == std::string_view::npos ? message.size() : end + 1);
  }
}

void CheckConfig(const backup_monitor::config::Config& config) {
  Require(!config.mail.from.empty() && !config.mail.to.empty());
  for (const auto& address : config.mail.to) {
    Require(address.find_first_of("\r\n ,<>") == std::string_view::npos);
  }
  Require(config.mail.subject_prefix.find_first_of("\r\n") == std::string_view::npos);
  Require(!config.mail.sendmail_command.empty() && !config.correlator.alert_names.empty());
  Require(config.receiver.port != 0 && config.store.keep_days > 0);
  Require(config.correlator.quiet < config.correlator.max_run);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  const auto config = backup_monitor::config::ParseConfig(text, "config.yml");
  if (config) {
    CheckConfig(*config);
  } else {
    Require(config.error().code == backup_monitor::ErrorCode::kInvalidInput);
    CheckFaults(config.error().message);
  }
  return 0;
}
