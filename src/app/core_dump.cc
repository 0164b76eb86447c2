#include "app/core_dump.h"

#include <sys/prctl.h>
#include <sys/resource.h>

namespace backup_monitor::app {

void ForbidCoreDumps() noexcept {
  // The limit alone does not bind a handler that core_pattern names; the flag alone is no clear word to people.
  const rlimit none{.rlim_cur = 0, .rlim_max = 0};
  (void)setrlimit(RLIMIT_CORE, &none);
  (void)prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

}  // namespace backup_monitor::app
