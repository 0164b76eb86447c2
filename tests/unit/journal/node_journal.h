#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "journal/read_passes.h"
#include "model/run.h"

namespace backup_monitor::testing {

/// The journal of node 2 as the cluster's log gives it: each entry as the JSON text that NS8 ships.
class NodeJournal {
 public:
  /// Who writes.
  struct Writer {
    std::string unit = "backup1.service";
    std::string process = "100";
    std::string uid = "0";
    std::string module{};  ///< The label; empty: none.
    std::string identifier = "runagent";
    std::string boot = "b1";
  };

  static Writer RunBackup(const std::string& plan = "1", const std::string& process = "100") {
    return {.unit = "backup" + plan + ".service", .process = process};
  }
  /// What "run now" began: the agent writes it all.
  static Writer Agent() {
    return {.unit = "agent@node.service", .process = "50", .identifier = "agent@node"};
  }
  /// The module's own user, in a session of its own or in the unit whose output it has inherited.
  static Writer User(const std::string& module, const std::string& unit = "session-c7.scope") {
    return {.unit = unit, .process = "200", .uid = "1001", .module = module};
  }

  /// `at`: seconds after the beginning of the night.
  NodeJournal& Says(int at, const Writer& writer, std::string_view message);
  /// systemd itself, of a unit.
  NodeJournal& SystemdSays(int at, const std::string& unit, std::string_view message,
                           const std::string& process = "1");
  /// The node has started: the kernel's first entry.
  NodeJournal& Boots(int at, const std::string& boot);
  NodeJournal& TimerStarts(int at, const std::string& plan = "1") {
    return SystemdSays(at, "backup" + plan + ".service",
                       "Started backup" + plan + ".service - Backup " + plan + " schedule.");
  }

  [[nodiscard]] std::vector<LoggedPass> Passes() const;
  [[nodiscard]] static Time At(int seconds_after) {
    return Time{seconds{1'795'737'600 + seconds_after}};
  }

  std::vector<journal::JournalEntry> entries;

 private:
  NodeJournal& Add(int at, const std::string& module, const std::string& json);
};

inline const NodeId kNode = *NodeId::Parse("2");
inline const ModuleId kMail{"mail1"};
inline const ModuleId kWeb{"web1"};
inline const NodeJournal::Writer kRun = NodeJournal::RunBackup();

inline const NodeJournal::Writer kMailUser = NodeJournal::User("mail1");

/// Of plan 1; `start` as in NodeJournal::At().
[[nodiscard]] SeenRecord RecordOf(const ModuleId& module, int start, std::uint32_t errors,
                                  NodeId node = kNode);

/// Plan 1 has begun with mail1, at second 5.
[[nodiscard]] NodeJournal MailBegun(const NodeJournal::Writer& writer = kRun);
/// The only pass of a night. \throws if there is another number of them
[[nodiscard]] LoggedPass OnlyPassOf(const NodeJournal& night);

/// The only step of mail1 that failed in the only pass. \throws if there is another number of them
[[nodiscard]] FailedStep StepOf(const NodeJournal& night);

/// A JSON text of these members: {"MESSAGE", "text"}…
[[nodiscard]] std::string JsonOf(const std::vector<std::pair<std::string, std::string>>& members);

}  // namespace backup_monitor::testing
