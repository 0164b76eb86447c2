#pragma once

#include <string>
#include <string_view>

#include "base/descriptor.h"
#include "base/result.h"

namespace backup_monitor::process {

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

}  // namespace backup_monitor::process
