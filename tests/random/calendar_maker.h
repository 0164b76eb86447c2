#pragma once

#include <string>

#include "random/chance.h"

namespace backup_monitor::testing {

/// A calendar expression: half of them in odd spellings, one in ten not of the language. Of at most 64 bytes, without
/// single quotes and control characters.
[[nodiscard]] std::string MakeExpression(Chance& chance);

}  // namespace backup_monitor::testing
