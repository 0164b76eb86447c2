#include "text/url_path.h"

#include <algorithm>
#include <cstddef>

#include "text/ascii.h"

namespace backup_monitor {

bool IsUrlPath(std::string_view text) {
  constexpr std::size_t kLongest = 100;
  return text.size() <= kLongest && std::ranges::all_of(text, [](char c) {
           return IsAlphanumeric(c) || c == '-' || c == '_' || c == '/';
         });
}

}  // namespace backup_monitor
