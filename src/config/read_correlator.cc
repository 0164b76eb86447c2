#include <string>

#include "config/read_sections.h"

namespace backup_monitor::config {

void ReadCorrelator(Section section, CorrelatorConfig& correlator) {
  section.Seconds("wait_seconds", correlator.wait, {0, 3600});
  section.Seconds("recent_window", correlator.recent_window, {60, 604'800});
  section.Seconds("early_notice_seconds", correlator.early_notice, {0, 604'800});
  section.Seconds("reconcile_seconds", correlator.reconcile, {1, 86'400});
  section.Seconds("quiet_seconds", correlator.quiet, {1, 86'400});
  section.Hours("max_run_hours", correlator.max_run, {360, 604'800});
  section.Texts("alert_names", correlator.alert_names, NonEmptyLine, {.distinct = true});

  if (correlator.quiet >= correlator.max_run) {
    // A run that may last no longer than the wait for silent modules would always end at its cap.
    section.Blame(section.Gives("quiet_seconds") ? "quiet_seconds" : "max_run_hours",
                  "quiet_seconds (" + std::to_string(correlator.quiet.count()) +
                      ") must be shorter than max_run_hours (" +
                      std::to_string(correlator.max_run.count()) + " seconds)");
  }
  section.Finish();
}

}  // namespace backup_monitor::config
