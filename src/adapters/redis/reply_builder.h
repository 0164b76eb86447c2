#pragma once

#include <hiredis/read.h>

#include <cstddef>
#include <memory_resource>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cluster/reply.h"

namespace backup_monitor::redis {

/// Lets hiredis' reader build our Reply trees in one reused piece of memory, in place of its own
/// objects with two allocations for each string (hiredis 0.14.1, read.h redisReplyObjectFunctions).
/// The reader of hiredis 1 calls two functions more, and counts arrays in another type (1.2.0, read.h).
class ReplyBuilder {
 public:
  /// What one reply may take. The largest we ask for, 50,000 names of a SCAN, is about 6 MB.
  static constexpr std::size_t kMostBytes = 32 * 1024 * 1024;

  ReplyBuilder() = default;
  ReplyBuilder(const ReplyBuilder&) = delete;
  ReplyBuilder& operator=(const ReplyBuilder&) = delete;

  /// The table of functions that hiredis' reader calls. All of its members are set: where one is null, the reader
  /// of hiredis 1 takes the number of the reply's type for a pointer to it (1.2.0, read.c processLineItem()).
  template <typename Functions>
  [[nodiscard]] static Functions FunctionsFor() noexcept {
    Functions functions{};
    functions.createString = MakeString;
    functions.createArray = MakeArray;
    functions.createInteger = MakeInteger;
    functions.createNil = MakeNil;
    functions.freeObject = Free;
    if constexpr (requires { functions.createDouble; }) functions.createDouble = MakeDouble;
    if constexpr (requires { functions.createBool; }) functions.createBool = MakeBool;
    return functions;
  }

  /// From now on `reader` builds here. It must not be used after this is gone.
  void Attach(redisReader& reader);

  /// The error that the last complete reply was, WRONGTYPE excepted.
  [[nodiscard]] const std::optional<std::string>& error() const noexcept { return error_; }

  /// Forgets the last reply.
  void Release();

 private:
  // Called from C: nothing may be thrown. Null means "out of memory" to hiredis.
  static void* MakeString(const redisReadTask* task, char* text, std::size_t length) noexcept;
  template <typename Length>
  static void* MakeArray(const redisReadTask* task, Length length) noexcept {
    return std::cmp_less(length, 0) ? nullptr : MakeList(task, static_cast<std::size_t>(length));
  }
  static void* MakeList(const redisReadTask* task, std::size_t length) noexcept;
  static void* MakeInteger(const redisReadTask* task, long long value) noexcept;
  static void* MakeNil(const redisReadTask* task) noexcept;
  // Of RESP 3, which we do not ask for: as the text and the number that they are in RESP 2.
  static void* MakeDouble(const redisReadTask* task, double value, char* text,
                          std::size_t length) noexcept;
  static void* MakeBool(const redisReadTask* task, int value) noexcept;
  static void Free(void*) noexcept {}  // All at once, in Release().

  static ReplyBuilder& Of(const redisReadTask* task);
  // The place for what `task` reads: in its list, or a new root. Null if memory is used up.
  cluster::Reply* Place(const redisReadTask* task);
  void* Allocate(std::size_t bytes, std::size_t alignment);

  static redisReplyObjectFunctions reply_functions;
  std::vector<std::byte> first_block_ = std::vector<std::byte>(64 * 1024);
  std::pmr::monotonic_buffer_resource memory_{first_block_.data(), first_block_.size()};
  std::size_t used_ = 0;
  std::optional<std::string> error_;
};

}  // namespace backup_monitor::redis
