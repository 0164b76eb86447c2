#pragma once

#include <mutex>

// What a mutex guards, so that clang checks it (-Wthread-safety, Clang 14 documentation, "Thread Safety Analysis");
// other compilers skip it.
#if defined(__clang__)
#define BACKUP_MONITOR_THREAD(attribute) __attribute__((attribute))
#else
#define BACKUP_MONITOR_THREAD(attribute)
#endif
/// A member that may only be touched while `mutex` is locked.
#define GUARDED_BY(mutex) BACKUP_MONITOR_THREAD(guarded_by(mutex))
/// A function that may only be called while they are locked; also behind the parameters of a lambda.
#define REQUIRES(...) BACKUP_MONITOR_THREAD(requires_capability(__VA_ARGS__))
/// A function that must not be called while they are locked, since it locks them itself.
#define EXCLUDES(...) BACKUP_MONITOR_THREAD(locks_excluded(__VA_ARGS__))

namespace backup_monitor {

/// A std::mutex that clang can follow.
class BACKUP_MONITOR_THREAD(capability("mutex")) Mutex {
 public:
  Mutex() = default;
  Mutex(const Mutex&) = delete;
  Mutex& operator=(const Mutex&) = delete;

 private:
  friend class MutexLock;
  friend class MutexUnlock;
  std::mutex mutex_;
};

/// Holds a mutex from here to the end of the block.
class BACKUP_MONITOR_THREAD(scoped_lockable) MutexLock {
 public:
  explicit MutexLock(Mutex& mutex) BACKUP_MONITOR_THREAD(acquire_capability(mutex))
      : lock_{mutex.mutex_} {}
  ~MutexLock() BACKUP_MONITOR_THREAD(release_capability()) = default;
  MutexLock(const MutexLock&) = delete;
  MutexLock& operator=(const MutexLock&) = delete;

  /// For a condition variable, which gives the mutex back locked.
  [[nodiscard]] std::unique_lock<std::mutex>& native() noexcept { return lock_; }

 private:
  std::unique_lock<std::mutex> lock_;
};

/// Lets go of a mutex that somebody further out holds, from here to the end of the block.
class BACKUP_MONITOR_THREAD(scoped_lockable) MutexUnlock {
 public:
  explicit MutexUnlock(Mutex& mutex) BACKUP_MONITOR_THREAD(release_capability(mutex))
      : mutex_{mutex.mutex_} {
    mutex_.unlock();
  }
  ~MutexUnlock() BACKUP_MONITOR_THREAD(release_capability()) { mutex_.lock(); }
  MutexUnlock(const MutexUnlock&) = delete;
  MutexUnlock& operator=(const MutexUnlock&) = delete;

 private:
  std::mutex& mutex_;
};

}  // namespace backup_monitor
