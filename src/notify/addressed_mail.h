#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace backup_monitor::notify {

/// A mail of ours as one recipient gets it: with `To: recipient` before its Subject. The same bytes each
/// time. A mail that has a To already (the store may hold one of an earlier version) stays as it is.
///
/// \param recipient  passes IsMailAddress()
[[nodiscard]] std::string AddressedTo(std::string_view mail, std::string_view recipient);

/// A mail for people to look at: the copy of its recipient where it has one only, else without To, since
/// each recipient's copy names that recipient alone.
[[nodiscard]] std::string ForReading(std::string_view mail,
                                     const std::vector<std::string>& recipients);

}  // namespace backup_monitor::notify
