#include "unit/run/mail.h"

#include "unit/run/day_time.h"

namespace backup_monitor::testing {
namespace {

std::string RowsText(const Section& section, bool only_with_record) {
  std::string text;
  for (const auto& [module, row] : section.rows) {
    if (only_with_record && !row.record) continue;
    text += text.empty() ? ": " : ", ";
    text += module.value() + ' ' + std::string{Name(row.verdict)};
    if (row.of_other_run) text += " (other run)";
  }
  return text;
}

}  // namespace

std::string KindText(Announcement::Kind kind) {
  switch (kind) {
    case Announcement::Kind::kEarlyNotice: return "early";
    case Announcement::Kind::kFinal: return "final";
    case Announcement::Kind::kUpdate: return "update";
    case Announcement::Kind::kNoStatus: return "no status";
    case Announcement::Kind::kUnknownPlan: return "unknown plan";
    case Announcement::Kind::kPlansSucceeded: return "plans succeeded";
    case Announcement::Kind::kAlertSummary: return "alert summary";
    case Announcement::Kind::kLateNotice: return "late";
    case Announcement::Kind::kNeverDue: return "never due";
    case Announcement::Kind::kRecoveryPoint: return "recovery point";
    case Announcement::Kind::kUnprotected: return "unprotected";
  }
  return "?";
}

std::string Text(const Mail& mail) {
  const bool early = IsNotice(mail.kind);
  std::string text = Text(mail.at) + ' ' + KindText(mail.kind);
  const char* separator = " ";
  for (const Section& section : mail.sections) {
    text += separator + section.plan.value();
    if (!early) text += ' ' + std::string{Name(section.outcome)};
    if (section.after_a_gap) text += " (after a gap)";
    text += RowsText(section, early);
    separator = " + ";
  }
  for (const PlanId& plan : mail.plans) text += ' ' + plan.value();
  for (const ModuleId& module : mail.modules) text += ' ' + module.value();
  for (const RecoveryCrossing& crossing : mail.crossings)
    text += ' ' + crossing.module.value() + (crossing.over ? " over" : " back");
  return text;
}

}  // namespace backup_monitor::testing
