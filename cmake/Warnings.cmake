# Warnings are a usage requirement of our own targets only; third-party headers come in as SYSTEM.
add_library(backup_monitor_warnings INTERFACE)
target_compile_options(backup_monitor_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wnon-virtual-dtor -Wold-style-cast
  -Woverloaded-virtual -Wnull-dereference -Wimplicit-fallthrough -Wformat=2
  $<$<BOOL:${BACKUP_MONITOR_WARNINGS_AS_ERRORS}>:-Werror>)
