#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"

namespace backup_monitor {

/// A file descriptor that closes itself. Opened with close-on-exec everywhere.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) noexcept : number_{number} {}
  Descriptor(Descriptor&& other) noexcept : number_{std::exchange(other.number_, -1)} {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { Close(); }

  void Close() noexcept;
  [[nodiscard]] int get() const noexcept { return number_; }
  [[nodiscard]] bool open() const noexcept { return number_ >= 0; }

 private:
  int number_ = -1;
};

/// A file without a name that holds `bytes`, to be read from its start. A child that reads it can
/// neither block its writer nor raise SIGPIPE.
///
/// \return kUnavailable if there is no memory or no descriptor
[[nodiscard]] Result<Descriptor> HoldInMemory(std::string_view bytes);

/// A pipe whose reading end does not block.
struct Pipe {
  Descriptor read;
  Descriptor write;
};

/// \return kUnavailable
[[nodiscard]] Result<Pipe> OpenPipe();

/// Which part of an output is kept that is longer than its limit.
enum class Keep { kBegin, kEnd };

/// Appends what can be read now to `text`, which grows to at most `limit` bytes; the rest is thrown
/// away. Closes `from` at its end.
///
/// \return true if something had to be thrown away
bool ReadAvailable(Descriptor& from, std::string& text, std::size_t limit, Keep keep);

}  // namespace backup_monitor
