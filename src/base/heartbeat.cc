#include "base/heartbeat.h"

#include <pthread.h>

namespace backup_monitor {

void NameThread(const char* name) noexcept { (void)pthread_setname_np(pthread_self(), name); }

}  // namespace backup_monitor
