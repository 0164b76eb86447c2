#include "adapters/process/child.h"

#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/eventfd.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>
#include <thread>

#include "adapters/process/child_files.h"

namespace backup_monitor::process {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds kLeftAfter{1'000};
constexpr milliseconds kGroupPause{10};  // nothing reports the end of another process's child

/// posix_spawn's attributes and file actions, freed together.
class SpawnSettings {
 public:
  SpawnSettings() {
    ::posix_spawn_file_actions_init(&actions_);
    ::posix_spawnattr_init(&attributes_);
  }
  ~SpawnSettings() {
    ::posix_spawnattr_destroy(&attributes_);
    ::posix_spawn_file_actions_destroy(&actions_);
  }
  SpawnSettings(const SpawnSettings&) = delete;
  SpawnSettings& operator=(const SpawnSettings&) = delete;

  void Connect(int input, int output, int errors) {
    ::posix_spawn_file_actions_adddup2(&actions_, input, STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions_, output, STDOUT_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions_, errors, STDERR_FILENO);
    // Not every library opens with close-on-exec: a command that goes on in the background must not
    // keep our listening socket.
    ::posix_spawn_file_actions_addclosefrom_np(&actions_, STDERR_FILENO + 1);
  }

  void Isolate() {
    sigset_t none;
    sigset_t all;
    ::sigemptyset(&none);
    ::sigfillset(&all);
    ::posix_spawnattr_setsigmask(&attributes_, &none);
    ::posix_spawnattr_setsigdefault(&attributes_, &all);
    ::posix_spawnattr_setpgroup(&attributes_, 0);
    ::posix_spawnattr_setflags(
        &attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
  }

  Result<pid_t> Spawn(const std::vector<std::string>& arguments) {
    std::vector<char*> words;
    words.reserve(arguments.size() + 1);
    for (const auto& word : arguments) words.push_back(const_cast<char*>(word.c_str()));
    words.push_back(nullptr);
    pid_t child = 0;
    const int fault =
        ::posix_spawnp(&child, words.front(), &actions_, &attributes_, words.data(), ::environ);
    if (fault == 0) return child;
    const auto code = fault == ENOENT   ? ErrorCode::kNotFound
                      : fault == EACCES ? ErrorCode::kDenied
                                        : ErrorCode::kUnavailable;
    return Fail(code, "run " + arguments.front() + ": " + std::generic_category().message(fault));
  }

 private:
  posix_spawn_file_actions_t actions_{};
  posix_spawnattr_t attributes_{};
};

/// By system call: glibc 2.36 declares pidfd_open without C linkage.
int OpenHandle(pid_t child) { return static_cast<int>(::syscall(SYS_pidfd_open, child, 0)); }

/// One running child, its outputs and its end.
class Watch {
 public:
  Watch(pid_t child, Pipe output, Pipe errors, const ChildCommand& command)
      : child_{child},
        handle_{OpenHandle(child)},
        woken_{::eventfd(0, EFD_CLOEXEC)},
        output_{std::move(output.read)},
        errors_{std::move(errors.read)},
        command_{command} {}

  ChildResult UntilEnd(const std::stop_token& stop) {
    const std::stop_callback wake{stop, [this] { ::eventfd_write(woken_.get(), 1); }};
    deadline_ = steady_clock::now() + command_.time_limit;
    while (!Reap()) {
      if (stop.stop_requested() && !stopping_) Stop();
      else if (steady_clock::now() >= deadline_ && !SignalAgain()) return std::move(result_);
      Wait();
      Read();
    }
    if (asked_) EndGroup(stop);
    Read();
    return std::move(result_);
  }

 private:
  bool Reap() {
    int status = 0;
    if (::waitpid(child_, &status, WNOHANG) != child_) return false;
    const bool ours = result_.end != ChildEnd::kExited;
    if (WIFEXITED(status)) result_.status = WEXITSTATUS(status);
    if (WIFSIGNALED(status)) {
      result_.status = WTERMSIG(status);
      if (!ours) result_.end = ChildEnd::kSignalled;
    }
    return true;
  }

  /// The leader has ended, its children may still clean up: a shell dies of SIGTERM at once, the restic
  /// that it runs removes its lock first.
  void EndGroup(const std::stop_token& stop) {
    while (::kill(-child_, 0) == 0) {
      if (stop.stop_requested() && !stopping_) Stop();
      if (steady_clock::now() >= deadline_) {
        if (!stopping_ || !command_.left_at_stop) ::kill(-child_, SIGKILL);
        return;
      }
      std::this_thread::sleep_for(kGroupPause);
      Read();
    }
  }

  void Ask(ChildEnd why) {
    if (asked_) return;
    asked_ = true;
    result_.end = why;
    ::kill(-child_, SIGTERM);
    deadline_ = steady_clock::now() + command_.grace;
  }

  void Stop() {
    stopping_ = true;
    Ask(ChildEnd::kStopped);
    if (command_.left_at_stop) deadline_ = std::min(deadline_, steady_clock::now() + kLeftAfter);
  }

  /// The time is over. False if the child is left to itself.
  bool SignalAgain() {
    if (!asked_) {
      Ask(ChildEnd::kTimedOut);
    } else if (stopping_ && command_.left_at_stop) {
      // Somebody has to fetch its status, or it stays a zombie for as long as we live.
      std::thread{[child = child_] { ::waitpid(child, nullptr, 0); }}.detach();
      return false;
    } else {
      ::kill(-child_, SIGKILL);
      deadline_ = steady_clock::now() + command_.grace;
    }
    return true;
  }

  void Wait() {
    const auto left = std::chrono::ceil<milliseconds>(deadline_ - steady_clock::now()).count();
    // Closed or missing descriptors are negative, which poll ignores. Without a pidfd (an old
    // kernel) the end is noticed at the next look.
    const auto longest = handle_.open() ? 3'600'000L : 50L;
    std::array<pollfd, 4> watched{{{handle_.get(), POLLIN, 0},
                                   {stopping_ ? -1 : woken_.get(), POLLIN, 0},
                                   {output_.get(), POLLIN, 0},
                                   {errors_.get(), POLLIN, 0}}};
    ::poll(watched.data(), watched.size(), static_cast<int>(std::clamp<long>(left, 0, longest)));
  }

  void Read() {
    result_.cut |=
        ReadAvailable(output_, result_.output, command_.output_limit_bytes, Keep::kBegin);
    result_.errors_cut |=
        ReadAvailable(errors_, result_.errors, command_.errors_limit_bytes, Keep::kEnd);
  }

  const pid_t child_;
  const Descriptor handle_;
  const Descriptor woken_;
  Descriptor output_;
  Descriptor errors_;
  const ChildCommand& command_;
  ChildResult result_;
  steady_clock::time_point deadline_;  ///< Of what is being waited for.
  bool asked_ = false;                 ///< SIGTERM was sent.
  bool stopping_ = false;
};

}  // namespace

Result<ChildResult> RunChild(const ChildCommand& command, const std::stop_token& stop) {
  if (command.arguments.empty()) return Fail(ErrorCode::kNotFound, "no command is given");
  const auto input = HoldInMemory(command.input);
  if (!input) return Fail(input.error());
  auto output = OpenPipe();
  if (!output) return Fail(output.error());
  auto errors = OpenPipe();
  if (!errors) return Fail(errors.error());

  SpawnSettings settings;
  settings.Connect(input->get(), output->write.get(), errors->write.get());
  settings.Isolate();
  const auto child = settings.Spawn(command.arguments);
  if (!child) return Fail(child.error());
  output->write.Close();
  errors->write.Close();
  return Watch{*child, std::move(*output), std::move(*errors), command}.UntilEnd(stop);
}

}  // namespace backup_monitor::process
