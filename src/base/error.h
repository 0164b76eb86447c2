#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace backup_monitor {

/// What a caller may do about a failure. A value exists only where some caller acts on it
/// differently; everything else belongs in Error::message.
enum class ErrorCode {
  kInvalidInput,  ///< The bytes we were given break their format. Retrying cannot help.
  kTooLarge,      ///< The peer's answer is longer than we take. Asking for less may help.
  kNotFound,      ///< The named object does not exist at its source.
  kDenied,        ///< Credentials were refused.
  kTimeout,       ///< The deadline passed before an answer.
  kUnavailable,  ///< The peer refused, reset or is overloaded; the disk is full. Retrying may help.
  kCorrupt,      ///< A file of ours is damaged. Only a person can help; do not touch it.
};

/// A failure, worded so that an administrator can act on it without reading the source.
struct Error {
  ErrorCode code;
  std::string message;  ///< Lower case, no full stop, no secrets: "label 'id' is missing".

  /// Puts what was being attempted in front: "read backup status 3: connection refused".
  [[nodiscard]] Error While(std::string_view attempt) && {
    message.insert(0, std::string{attempt} + ": ");
    return std::move(*this);
  }
};

/// True if the same call may succeed later without anyone changing anything.
[[nodiscard]] constexpr bool IsTransient(ErrorCode code) noexcept {
  return code == ErrorCode::kTimeout || code == ErrorCode::kUnavailable;
}

}  // namespace backup_monitor
