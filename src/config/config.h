#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/log.h"
#include "base/result.h"
#include "model/exemption.h"
#include "model/preferences.h"
#include "model/smarthost.h"

namespace backup_monitor::config {

enum class Transport { kSmarthost, kSmtp, kSendmail };

/// Where `smtp` mail goes: `mail.smtp.*`. The password comes from `password_file`.
struct SmtpConfig {
  std::string helo_name;  ///< For EHLO, to the smarthost too. Empty: see SmtpManner::helo_name.
  std::string host;       ///< Required with `mail.transport: smtp`.
  std::uint16_t port = 25;
  Encryption encryption = Encryption::kNone;  ///< none, starttls, tls
  bool tls_verify = true;
  std::string username;
  std::filesystem::path password_file;  ///< Read at each delivery; its last line end is no part.
};

/// Who gets the mail, and how.
struct MailConfig {
  std::string from;             ///< Required, one address.
  std::vector<std::string> to;  ///< Required, at least one address.
  std::string subject_prefix = "[NS8 Backup]";
  Language language = Language::kEnglish;
  NotifyOn notify_on = NotifyOn::kEveryRun;
  Transport transport = Transport::kSmarthost;
  bool hold = false;                 ///< Nothing is sent, everything waits in the outbox.
  std::chrono::seconds timeout{60};  ///< For one delivery to one recipient.
  SmtpConfig smtp;
  std::vector<std::string> sendmail_command{"ns8-sendmail"};
};

/// Where the webhook is offered.
struct ReceiverConfig {
  std::string host = "127.0.0.1";  ///< An address, not a name.
  std::uint16_t port = 9099;
  std::vector<std::string> host_names;  ///< Further names that callers may use for this receiver.
  bool loopback = true;  ///< Nobody but this machine can connect to `host`. Follows from it.
  std::filesystem::path token_file;  ///< Empty: no authentication.
  bool alert_token = true;           ///< False: `/alert` is open on loopback all the same.
  std::uint32_t max_body_bytes = 1'048'576;
};

/// How triggers become runs; DESIGN of each in docs/architecture.md.
struct CorrelatorConfig {
  std::chrono::seconds wait{30};             ///< `wait_seconds`
  std::chrono::seconds recent_window{3600};  ///< `recent_window`
  std::chrono::seconds early_notice{900};    ///< `early_notice_seconds`
  std::chrono::seconds reconcile{300};       ///< `reconcile_seconds`
  std::chrono::seconds quiet{4200};          ///< `quiet_seconds`
  std::chrono::seconds max_run{72'000};      ///< `max_run_hours`, fractions allowed
  /// What NS8 and those who write such rules themselves call them.
  std::vector<std::string> alert_names{"NethServerBackupFailed", "BackupFailed",
                                       "backup_failed",          "backup_missing",
                                       "NsBackupFailed",         "NsBackupMissing"};
};

/// How a plan's schedule is read, and when what was due is missed.
struct ScheduleConfig {
  std::chrono::seconds grace{1800};          ///< `grace_minutes`
  std::map<std::string, std::string> zones;  ///< By number of the node, IANA names.
};

/// How old good data may be, and which applications need none.
struct ProtectionConfig {
  std::map<std::string, std::chrono::seconds> targets;  ///< `target_hours`, by id of the plan.
  std::map<std::string, Exemption> exempt;              ///< By UUID of the application.
};

/// The cluster Redis. The socket where it exists and opens, else the address.
struct RedisConfig {
  std::filesystem::path socket{"/var/lib/nethserver/cluster/state/redis.sock"};
  std::string address = "127.0.0.1:6379";  ///< host:port
  std::string username = "default";
  std::filesystem::path password_file;  ///< Empty: the password `default`, which NS8 ignores.
};

/// The Alertmanager that is asked what fires.
struct AlertmanagerConfig {
  std::string address = "127.0.0.1:9093";  ///< host:port. Empty: none is asked.
};

/// The cluster's log, a Loki.
struct ClusterLogConfig {
  bool read = true;
  std::string address;   ///< host:port. Empty: where NS8's Redis says, with the login that it says.
  std::string username;  ///< Of `address`. Empty: none.
  std::filesystem::path password_file;  ///< Of `username`.
};

/// Who is asked whether a node could be reached.
struct NodesConfig {
  bool read = true;
  std::string prometheus = "127.0.0.1:9091";  ///< host:port. Empty: no Prometheus is asked.
  std::string path;  ///< Of it, as in "/path/api/v1/query"; "/": none. Empty: as NS8's Redis says.
};

/// How repositories are checked: by the cluster's own action through its API, or by a command.
enum class ProbeMethod { kNone, kCluster, kCommand };

/// The checks of repositories.
struct RepoCheckConfig {
  ProbeMode mode = ProbeMode::kOff;  ///< kFailed where a method is given and no mode is.
  /// Required with another mode than `off`. Where the section says anything else and no method, it is
  /// kCommand if there is the program of `command`.
  ProbeMethod method = ProbeMethod::kNone;
  /// REDIS_USER=… and REDIS_PASSWORD=…, for the cluster's API. Required with `cluster`; used for alerts and nodes, too.
  std::filesystem::path credentials_file;
  std::chrono::seconds timeout{60};  ///< One repository.
  std::chrono::seconds run_timeout{
      600};  ///< All of one report; 10 s more than `timeout`, or longer.
  /// `command`: prints `restic snapshots --json`; {module}, {plan}, {repository}, {path} are filled in.
  std::vector<std::string> command{
      "runagent",       "-m",        "{module}", "restic-wrapper", "--backup", "{plan}",
      "{restic_flags}", "snapshots", "--json",   "--latest",       "1"};
  std::vector<std::string> restic_flags;  ///< Takes the place of the argument {restic_flags}.
};

struct StoreConfig {
  std::filesystem::path path{"/var/lib/backup-monitor/backup-monitor.db"};
  int keep_days = 400;
};

/// The whole configuration. Built once, then passed by const reference: each stage gets its own part,
/// none gets the whole. The defaults above are those of the settings; the parameters of a stage have defaults of
/// their own, which its tests use.
struct Config {
  MailConfig mail;
  ReceiverConfig receiver;
  CorrelatorConfig correlator;
  ScheduleConfig schedule;
  ProtectionConfig protection;
  RedisConfig redis;
  AlertmanagerConfig alertmanager;
  ClusterLogConfig cluster_log;
  NodesConfig nodes;
  RepoCheckConfig repo_check;
  StoreConfig store;
  LogSettings logging;
  /// What can be used but is most likely not what was meant: "warning: config.yml:7: …".
  std::vector<std::string> warnings;
};

/// Reads and validates `text`, which came from a file called `name` in messages.
///
/// \return kInvalidInput. Every fault is reported at once, one line each, in line order:
///         "config.yml:7: receiver.port: 70000 is not between 1 and 65535".
[[nodiscard]] Result<Config> ParseConfig(std::string_view text, std::string_view name);

/// The same for a file. \return kNotFound if it cannot be read, else as ParseConfig.
[[nodiscard]] Result<Config> LoadConfig(const std::filesystem::path& file);

}  // namespace backup_monitor::config
