# Warnings are a usage requirement of our own targets only; third-party headers come in as SYSTEM.
add_library(backup_monitor_warnings INTERFACE)
target_compile_options(backup_monitor_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wnon-virtual-dtor -Wold-style-cast
  -Woverloaded-virtual -Wnull-dereference -Wimplicit-fallthrough -Wformat=2
  $<$<CXX_COMPILER_ID:Clang>:-Wthread-safety>  # base/mutex.h
  $<$<BOOL:${BACKUP_MONITOR_WARNINGS_AS_ERRORS}>:-Werror>)

# With optimisation g++ 12 warns about code that is right, inside std::string, std::optional and
# std::expected's like (GCC bugs 105329, 105651, 80635, 104475). clang checks the same and is silent.
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 14)
  target_compile_options(backup_monitor_warnings INTERFACE
    -Wno-restrict -Wno-maybe-uninitialized -Wno-free-nonheap-object -Wno-null-dereference)
endif()
