#include "unit/journal/node_journal.h"

#include <stdexcept>

#include "base/json/json_writer.h"

namespace backup_monitor::testing {

std::string JsonOf(const std::vector<std::pair<std::string, std::string>>& members) {
  JsonWriter json;
  json.BeginObject();
  for (const auto& [name, value] : members) json.Text(name, value);
  json.EndObject();
  return json.Written();
}

NodeJournal& NodeJournal::Add(int at, const std::string& module, const std::string& json) {
  auto entry = journal::ReadEntry(
      At(at), module.empty() ? std::nullopt : std::optional{ModuleId{module}}, json);
  if (!entry) throw std::runtime_error(entry.error().message);
  entries.push_back(*std::move(entry));
  return *this;
}

NodeJournal& NodeJournal::Says(int at, const Writer& writer, std::string_view message) {
  return Add(at, writer.module,
             JsonOf({{"MESSAGE", std::string{message}},
                     {"_UID", writer.uid},
                     {"_PID", writer.process},
                     {"_BOOT_ID", writer.boot},
                     {"_SYSTEMD_UNIT", writer.unit},
                     {"SYSLOG_IDENTIFIER", writer.identifier}}));
}

NodeJournal& NodeJournal::SystemdSays(int at, const std::string& unit, std::string_view message,
                                      const std::string& process) {
  return Add(at, "",
             JsonOf({{"MESSAGE", std::string{message}},
                     {"_UID", "0"},
                     {"_PID", process},
                     {"_BOOT_ID", "b1"},
                     {"_SYSTEMD_UNIT", "init.scope"},
                     {"SYSLOG_IDENTIFIER", "systemd"},
                     {"UNIT", unit}}));
}

NodeJournal& NodeJournal::Boots(int at, const std::string& boot) {
  return Add(at, "",
             JsonOf({{"MESSAGE", "Linux version 6.1.0-18-amd64"},
                     {"_TRANSPORT", "kernel"},
                     {"_BOOT_ID", boot},
                     {"SYSLOG_IDENTIFIER", "kernel"}}));
}

SeenRecord RecordOf(const ModuleId& module, int start, std::uint32_t errors, NodeId node) {
  SeenRecord seen;
  seen.record.plan = PlanId{"1"};
  seen.record.module = module;
  seen.record.node = node;
  seen.record.start = NodeJournal::At(start);
  seen.record.error_count = errors;
  return seen;
}

NodeJournal MailBegun(const NodeJournal::Writer& writer) {
  NodeJournal night;
  night.Says(5, writer, "mail1: starting backup 1 at Thu Nov 26 02:00:05 2026");
  return night;
}

LoggedPass OnlyPassOf(const NodeJournal& night) {
  auto passes = night.Passes();
  if (passes.size() != 1) throw std::runtime_error(std::to_string(passes.size()) + " passes");
  return std::move(passes.front());
}

FailedStep StepOf(const NodeJournal& night) {
  const LoggedPass pass = OnlyPassOf(night);
  const LoggedBackup* mail = pass.BackupOf(kMail);
  if (mail == nullptr || mail->failed.size() != 1) throw std::runtime_error("not one failed step");
  return mail->failed.front();
}

std::vector<LoggedPass> NodeJournal::Passes() const {
  return journal::ReadPasses(entries, *NodeId::Parse("2"));
}

}  // namespace backup_monitor::testing
