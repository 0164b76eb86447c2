#pragma once

#include <string_view>

namespace backup_monitor::app {

/// Tells systemd (or Podman with --sdnotify=container) how we are: "READY=1", "STOPPING=1",
/// "STATUS=...", "WATCHDOG=1". Does nothing without NOTIFY_SOCKET. Protocol: sd_notify(3), systemd 252.
void TellServiceManager(std::string_view state);

}  // namespace backup_monitor::app
