#include "config/near_word.h"

#include <algorithm>

#include "text/ascii.h"

namespace backup_monitor::config {
namespace {

constexpr std::size_t kMostSlips = 2;
constexpr std::size_t kLongestTyped = 64;  // bounds the table below

std::string Folded(std::string_view word) {
  std::string folded = LowerCase(word);
  std::replace(folded.begin(), folded.end(), '-', '_');
  return folded;
}

/// The optimal string alignment distance, by the usual table.
std::size_t Slips(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> cost(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) cost[i][0] = i;
  for (std::size_t j = 0; j <= b.size(); ++j) cost[0][j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t wrong = a[i - 1] == b[j - 1] ? 0 : 1;
      cost[i][j] = std::min({cost[i - 1][j] + 1, cost[i][j - 1] + 1, cost[i - 1][j - 1] + wrong});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
      }
    }
  }
  return cost[a.size()][b.size()];
}

}  // namespace

std::string NearWord(std::string_view typed, const std::vector<std::string>& words) {
  if (typed.size() > kLongestTyped) return {};
  std::string nearest;
  std::size_t fewest = kMostSlips + 1;
  for (const std::string& word : words) {
    const std::size_t slips = Slips(Folded(typed), Folded(word));
    if (slips < fewest && slips * 3 < std::max<std::size_t>(word.size(), 1)) {
      fewest = slips;
      nearest = word;
    }
  }
  return nearest;
}

}  // namespace backup_monitor::config
