#include "notify/notify_policy.h"

namespace backup_monitor::notify {

bool WorthAMail(NotifyOn notify_on, Outcome now, std::optional<Outcome> before) noexcept {
  const bool problem = now != Outcome::kSuccess;
  const bool recovery = !problem && before.value_or(Outcome::kSuccess) != Outcome::kSuccess;
  switch (notify_on) {
    case NotifyOn::kEveryRun: return true;
    case NotifyOn::kProblemsAndRecoveries: return problem || recovery;
    case NotifyOn::kProblems: return problem;
  }
  return true;
}

}  // namespace backup_monitor::notify
