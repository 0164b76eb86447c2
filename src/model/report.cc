#include "model/report.h"

#include <algorithm>

namespace backup_monitor {

std::string_view Name(ReportKind kind) noexcept {
  switch (kind) {
    case ReportKind::kEarlyNotice: return "early_notice";
    case ReportKind::kFinal: return "final";
    case ReportKind::kUpdate: return "update";
    case ReportKind::kNoStatus: return "no_status";
    case ReportKind::kUnknownPlan: return "unknown_plan";
    case ReportKind::kOnRequest: return "on_request";
    case ReportKind::kTest: return "test";
    case ReportKind::kUndelivered: return "undelivered";
    case ReportKind::kAlertSummary: return "alert_summary";
    case ReportKind::kLateNotice: return "late_notice";
    case ReportKind::kNeverDue: return "never_due";
    case ReportKind::kUnprotected: return "unprotected";
    case ReportKind::kRecoveryPoint: return "recovery_point";
  }
  return "final";
}

std::string_view Name(Unprobed unprobed) noexcept {
  switch (unprobed) {
    case Unprobed::kNone: return "";
    case Unprobed::kDestinationBusy: return "destination_busy";
    case Unprobed::kTimeOver: return "time_over";
    case Unprobed::kReopened: return "reopened";
    case Unprobed::kEarlierCheck: return "earlier_check";
  }
  return "";
}

Outcome Report::worst() const {
  if (kind == ReportKind::kNoStatus || kind == ReportKind::kUnknownPlan ||
      kind == ReportKind::kAlertSummary) {
    return Outcome::kRepoFailure;
  }
  if (kind == ReportKind::kNeverDue) return Outcome::kMissed;
  if (kind == ReportKind::kUnprotected) return Outcome::kIncomplete;
  Outcome worst =
      kind == ReportKind::kOnRequest && alert ? Outcome::kIncomplete : Outcome::kSuccess;
  for (const RunSection& run : runs) worst = std::max(worst, run.outcome);
  if (has_old_data()) worst = std::max(worst, Outcome::kIncomplete);
  return worst;
}

bool Report::has_old_data() const { return std::ranges::any_of(recovery, &RecoveryLine::over); }

bool LoggedModule::says_not_saved() const {
  if (through_agent || failed.empty()) return false;
  const FailedStep& first = failed.front();
  if (first.step < BackupStep::kSnapshot) return true;
  return first.step == BackupStep::kSnapshot && !first.some_unread() &&
         first.words.starts_with("Fatal: ");
}

bool LoggedModule::failed_after_restic() const {
  return restic_ended && !failed.empty() && failed.front().step > BackupStep::kSnapshot;
}

bool LoggedModule::left_out_files() const {
  return std::ranges::any_of(failed, &FailedStep::some_unread);
}

bool LoggedModule::failed_in_application() const {
  return !failed.empty() && std::ranges::all_of(failed, [](const FailedStep& step) {
    return step.step == BackupStep::kDump || step.step == BackupStep::kModuleCleanUp;
  });
}

}  // namespace backup_monitor
