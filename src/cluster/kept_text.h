#pragma once

#include <cstddef>
#include <string>

#include "cluster/reply.h"
#include "text/fit_text.h"

namespace backup_monitor::cluster {

/// The longest foreign text that is kept. What nobody can read must not fill memory, store and mail.
inline constexpr std::size_t kMostKeptBytes = 1000;

/// The text of an answer as it is kept; empty for every other kind.
[[nodiscard]] inline std::string KeptText(const Reply& reply) {
  return std::string{BeginningOf(reply.text_or_empty(), kMostKeptBytes)};
}

}  // namespace backup_monitor::cluster
