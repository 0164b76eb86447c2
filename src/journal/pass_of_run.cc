#include "journal/pass_of_run.h"

#include <algorithm>

namespace backup_monitor::journal {
namespace {

/// None: the run has no record of the node.
enum class Match : std::uint8_t { kNone, kMade, kNotMade };

bool Made(const LoggedPass& pass, const StatusRecord& record) {
  const LoggedBackup* backup = pass.BackupOf(record.module);
  return backup != nullptr && backup->began &&
         std::chrono::abs(*backup->began - record.start) <= kStartsApart;
}

Match MatchRecords(const LoggedPass& pass, const Run& run, NodeId node) {
  Match match = Match::kNone;
  for (const auto& [id, module] : run.modules) {
    if (!module.record || module.record->record.node != node) continue;
    if (Made(pass, module.record->record)) return Match::kMade;
    match = Match::kNotMade;
  }
  return match;
}

bool AnswersDueMoment(const LoggedPass& pass, const Run& run, NodeId node) {
  if (!pass.begin_is_known || !run.due) return false;
  const auto due = run.due->nodes.find(node);
  if (due == run.due->nodes.end()) return false;
  return pass.began >= due->second.at && pass.began <= due->second.at + kBeginsAfterDue;
}

/// nullptr if there is none, or more than one.
const LoggedPass* OnlyPass(const std::vector<LoggedPass>& passes, const Run& run, NodeId node,
                           bool through_agent) {
  const LoggedPass* only = nullptr;
  for (const LoggedPass& pass : passes) {
    if (pass.plan != run.plan || pass.node != node || pass.through_agent != through_agent) continue;
    const Match match = MatchRecords(pass, run, node);
    const bool is_it =
        match == Match::kMade || (match == Match::kNone && AnswersDueMoment(pass, run, node));
    if (!is_it) continue;
    if (only != nullptr) return nullptr;
    only = &pass;
  }
  return only;
}

}  // namespace

const LoggedPass* PassOfRun(const std::vector<LoggedPass>& passes, const Run& run, NodeId node) {
  const LoggedPass* of_timer = OnlyPass(passes, run, node, false);
  return of_timer != nullptr ? of_timer : OnlyPass(passes, run, node, true);
}

}  // namespace backup_monitor::journal
