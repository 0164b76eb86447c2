#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "presence/samples.h"

namespace backup_monitor::prometheus {

/// The samples of an answer to a query for `up` over a time: `data.result[].values[]`, [<seconds>, "0"|"1"] each, a list
/// for each series. In the order of their times; of two series of one node, as after its address changed, all.
///
/// \return kInvalidInput if it is no such answer
[[nodiscard]] Result<std::vector<presence::Sample>> ParseSamples(std::string_view body);

/// The newest time in an answer to a query for a value in seconds since 1970: `data.result[].value`; none if there is no
/// series.
///
/// \return kInvalidInput if it is no such answer
[[nodiscard]] Result<std::optional<Time>> ParseNewest(std::string_view body);

}  // namespace backup_monitor::prometheus
