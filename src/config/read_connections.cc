#include "config/address_rules.h"
#include "config/read_sections.h"

namespace backup_monitor::config {
namespace {

Complaint HostAndPortOrNone(const std::string& text) {
  return text.empty() ? Complaint{} : HostAndPort(text);
}

}  // namespace

void ReadRedis(Section section, RedisConfig& redis) {
  section.Path("socket", redis.socket, SocketPath);
  section.Text("address", redis.address, HostAndPort);
  section.Text("username", redis.username, NonEmptyLine);
  section.Path("password_file", redis.password_file);
  section.Finish();
}

void ReadAlertmanager(Section section, AlertmanagerConfig& alertmanager) {
  section.Text("address", alertmanager.address, HostAndPortOrNone);
  section.Finish();
}

void ReadNodes(Section section, NodesConfig& nodes) {
  section.Flag("read", nodes.read);
  section.Text("prometheus", nodes.prometheus, HostAndPortOrNone);
  section.Text("path", nodes.path, UrlPathOrNone);
  section.Finish();
}

void ReadClusterLog(Section section, ClusterLogConfig& log) {
  section.Flag("read", log.read);
  section.Text("address", log.address, HostAndPortOrNone);
  section.Text("username", log.username);
  section.Path("password_file", log.password_file);
  if (!log.username.empty() && !section.Gives("password_file"))
    section.Blame("username", "needs cluster_log.password_file too");
  if (!log.password_file.empty() && !section.Gives("username"))
    section.Blame("password_file", "needs cluster_log.username too");
  if (!log.username.empty() && log.address.empty())
    section.Blame("username", "needs cluster_log.address too: NS8's own log has the login of NS8");
  section.Finish();
}

}  // namespace backup_monitor::config
