#include "config/address_rules.h"
#include "config/read_sections.h"

namespace backup_monitor::config {

void ReadRedis(Section section, RedisConfig& redis) {
  section.Path("socket", redis.socket, SocketPath);
  section.Text("address", redis.address, HostAndPort);
  section.Text("username", redis.username, NonEmptyLine);
  section.Path("password_file", redis.password_file);
  section.Finish();
}

void ReadAlertmanager(Section section, AlertmanagerConfig& alertmanager) {
  section.Text("address", alertmanager.address, [](const std::string& text) {
    return text.empty() ? Complaint{} : HostAndPort(text);
  });
  section.Finish();
}

}  // namespace backup_monitor::config
