#pragma once

namespace backup_monitor {

/// The language of reports: `mail.language`.
enum class Language { kEnglish, kItalian };

/// Which closed runs are worth a mail: `mail.notify_on`. A problem is an outcome that is not SUCCESS,
/// a recovery the first SUCCESS after one.
enum class NotifyOn { kEveryRun, kProblemsAndRecoveries, kProblems };

/// Whose repositories are checked after a run: `repo_check.mode`. Failed are those that NS8 reported
/// errors for.
enum class ProbeMode { kOff, kFailed, kAll };

}  // namespace backup_monitor
