// The cluster's log: an answer of Loki, the JSON of an entry, and what a node's journal comes to. Besides not crashing,
// every module is once in a pass, times are in order, and what is quoted is one short line.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/loki/loki_answer.h"
#include "journal/read_passes.h"

namespace {

using namespace backup_monitor;

void CheckWords(const std::string& words) {
  if (words.size() > 300 || words.find('\n') != std::string::npos) std::abort();
}

void Check(const LoggedPass& pass) {
  if (pass.last < pass.began) std::abort();
  if (pass.ended.has_value() != (pass.end != LoggedPass::End::kUnknown)) std::abort();
  std::set<ModuleId> modules;
  for (const LoggedBackup& backup : pass.backups) {
    if (!modules.insert(backup.module).second) std::abort();
    if (backup.ended.has_value() != (backup.end != LoggedBackup::End::kUnknown)) std::abort();
    for (const FailedStep& step : backup.failed) {
      CheckWords(step.words);
      if (step.unread.size() > FailedStep::kMostUnread) std::abort();
      for (const std::string& unread : step.unread) CheckWords(unread);
    }
  }
}

/// A line of the input: who writes it by its first byte, then the message.
journal::JournalEntry EntryOf(std::string_view line, int second) {
  journal::JournalEntry entry;
  entry.at = Time{seconds{second}};
  const auto writer = static_cast<unsigned char>(line.front());
  entry.of_root = (writer & 1U) == 0;
  if ((writer & 2U) != 0) entry.module = ModuleId{"mail1"};
  entry.unit = (writer & 4U) != 0 ? "agent@node.service" : "backup1.service";
  entry.process = (writer & 8U) != 0 ? "1" : "100";
  entry.boot = (writer & 32U) != 0 ? "b2" : "b1";
  entry.identifier = "systemd";
  entry.subject_unit = "backup1.service";
  entry.message = line.substr(1);
  return entry;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  if (const auto lines = loki::ParseStreams(text); lines && lines->size() > size) std::abort();
  (void)journal::ReadEntry({}, {}, text);
  std::vector<journal::JournalEntry> entries;
  for (std::string_view rest = text; !rest.empty();) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    if (!line.empty()) entries.push_back(EntryOf(line, static_cast<int>(entries.size())));
  }
  for (const LoggedPass& pass : journal::ReadPasses(std::move(entries), *NodeId::Parse("2")))
    Check(pass);
  return 0;
}
