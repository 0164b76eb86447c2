// Memory that cannot be had ends the process, with one line, wherever it is asked for: RapidJSON and others
// go on with a null pointer. The service manager starts it again, and nothing accepted is lost.
//
// The executables that want it are linked with --wrap for these functions (ld(1)), and with this file: the
// calls of every static library, C++'s operator new among them, then end here.

#include <unistd.h>

#include <cstddef>
#include <cstdlib>

namespace {

constexpr int kExitOutOfMemory =
    71;  // EX_OSERR of sysexits.h; unlike 78 it lets the service be restarted

[[noreturn]] void End() noexcept {
  static constexpr char kLine[] =
      "backup-monitor: out of memory; it ends here and has to be started again\n";
  [[maybe_unused]] const auto written = ::write(STDERR_FILENO, kLine, sizeof kLine - 1);
  ::_exit(kExitOutOfMemory);
}

void* OrEnd(void* memory, std::size_t wanted) noexcept {
  if (memory == nullptr && wanted != 0) End();
  return memory;
}

}  // namespace

// The linker's names. NOLINTBEGIN(bugprone-reserved-identifier,readability-identifier-naming)
extern "C" {
void* __real_malloc(std::size_t size);
void* __real_calloc(std::size_t count, std::size_t size);
void* __real_realloc(void* old, std::size_t size);

void* __wrap_malloc(std::size_t size) { return OrEnd(__real_malloc(size), size); }
void* __wrap_calloc(std::size_t count, std::size_t size) {
  return OrEnd(__real_calloc(count, size), count == 0 ? 0 : size);
}
void* __wrap_realloc(void* old, std::size_t size) { return OrEnd(__real_realloc(old, size), size); }
}
// NOLINTEND(bugprone-reserved-identifier,readability-identifier-naming)
