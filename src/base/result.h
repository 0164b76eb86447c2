#pragma once

#include <tl/expected.hpp>
#include <utility>

#include "base/error.h"

namespace backup_monitor {

/// The value, or why there is none. The one place that names the implementation: when the
/// toolchain floor reaches C++23 this becomes std::expected and nothing else changes.
template <typename T>
using Result = tl::expected<T, Error>;

/// Passes a failure on.
[[nodiscard]] inline tl::unexpected<Error> Fail(Error error) {
  return tl::unexpected<Error>{std::move(error)};
}

/// Starts a failure.
[[nodiscard]] inline tl::unexpected<Error> Fail(ErrorCode code, std::string message) {
  return Fail(Error{code, std::move(message)});
}

}  // namespace backup_monitor
