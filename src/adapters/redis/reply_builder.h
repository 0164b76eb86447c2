#pragma once

#include <hiredis/read.h>

#include <cstddef>
#include <memory_resource>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cluster/reply.h"

namespace backup_monitor {

/// Lets hiredis' reader build our Reply trees in one reused piece of memory, in place of its own
/// objects with two allocations for each string (hiredis 0.14.1, read.h redisReplyObjectFunctions).
class ReplyBuilder {
 public:
  /// What one reply may take. The largest we ask for, 50,000 names of a SCAN, is about 6 MB.
  static constexpr std::size_t kMostBytes = 32 * 1024 * 1024;

  ReplyBuilder() = default;
  ReplyBuilder(const ReplyBuilder&) = delete;
  ReplyBuilder& operator=(const ReplyBuilder&) = delete;

  /// From now on `reader` builds here. It must not be used after this is gone.
  void Attach(redisReader& reader);

  /// The error that the last complete reply was, WRONGTYPE excepted.
  [[nodiscard]] const std::optional<std::string>& error() const noexcept { return error_; }

  /// Forgets the last reply.
  void Release();

 private:
  // Called from C: nothing may be thrown. Null means "out of memory" to hiredis.
  static void* MakeString(const redisReadTask* task, char* text, std::size_t length) noexcept;
  static void* MakeArray(const redisReadTask* task, int length) noexcept;
  static void* MakeInteger(const redisReadTask* task, long long value) noexcept;
  static void* MakeNil(const redisReadTask* task) noexcept;
  static void Free(void*) noexcept {}  // All at once, in Release().

  static ReplyBuilder& Of(const redisReadTask* task);
  // The place for what `task` reads: in its list, or a new root. Null if memory is used up.
  Reply* Place(const redisReadTask* task);
  void* Allocate(std::size_t bytes, std::size_t alignment);

  static redisReplyObjectFunctions functions_;
  std::vector<std::byte> first_block_ = std::vector<std::byte>(64 * 1024);
  std::pmr::monotonic_buffer_resource memory_{first_block_.data(), first_block_.size()};
  std::size_t used_ = 0;
  std::optional<std::string> error_;
};

}  // namespace backup_monitor
