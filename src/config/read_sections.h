#pragma once

#include "config/config.h"
#include "config/section.h"

namespace backup_monitor::config {

// One function per section of the file: the keys it has, what each may be, and what holds between
// them. A new key is one line here, one in config.h and one in config/config.yml.example.

void ReadMail(Section section, MailConfig& mail);
void ReadReceiver(Section section, ReceiverConfig& receiver);
void ReadCorrelator(Section section, CorrelatorConfig& correlator);
void ReadProtection(Section section, ProtectionConfig& protection);
void ReadSchedule(Section section, ScheduleConfig& schedule);
void ReadRedis(Section section, RedisConfig& redis);
void ReadAlertmanager(Section section, AlertmanagerConfig& alertmanager);
void ReadClusterLog(Section section, ClusterLogConfig& log);
void ReadNodes(Section section, NodesConfig& nodes);
void ReadRepoCheck(Section section, RepoCheckConfig& repo_check);
void ReadStore(Section section, StoreConfig& store);
void ReadLogging(Section section, LogSettings& logging);

}  // namespace backup_monitor::config
