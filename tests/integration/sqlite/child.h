#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <functional>

namespace backup_monitor::testing {

/// Runs `work` in a forked process; its result becomes the exit status. Fork while no other thread
/// of the test runs. The child leaves without destructors, as after a crash.
[[nodiscard]] inline pid_t StartChild(const std::function<int()>& work) {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(work());
  return child;
}

/// Exit status, or minus the signal that ended it.
[[nodiscard]] inline int WaitForChild(pid_t child) {
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

}  // namespace backup_monitor::testing
