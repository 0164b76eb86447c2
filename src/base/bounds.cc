#include "base/bounds.h"

#include <map>
#include <optional>

#include "base/log.h"
#include "base/mutex.h"

namespace backup_monitor {
namespace {

constexpr seconds kBetweenLines = std::chrono::hours{1};

struct Reached {
  ReachedBound bound;
  std::optional<seconds> logged_at;
};

struct Book {
  Mutex mutex;
  std::map<std::string, Reached, std::less<>> reached GUARDED_BY(mutex);
};

Book& TheBook() {
  static Book book;
  return book;
}

/// \return whether this time is worth a line.
bool Count(std::string_view name, std::string_view sentence, std::uint64_t times) {
  const SystemClock clock;
  Book& book = TheBook();
  const MutexLock lock{book.mutex};
  Reached& entry = book.reached[std::string{name}];
  entry.bound.name = name;
  entry.bound.times += times;
  entry.bound.last = clock.Now();
  entry.bound.sentence = sentence;
  const seconds now = clock.Steady();
  if (entry.logged_at && now - *entry.logged_at < kBetweenLines) return false;
  entry.logged_at = now;
  return true;
}

}  // namespace

void NoteBoundReached(std::string_view name, std::string_view sentence, std::uint64_t times) {
  if (Count(name, sentence, times)) {
    LogWarning("bound " + std::string{name} + " reached: " + std::string{sentence});
  }
}

std::vector<ReachedBound> ReachedBounds() {
  Book& book = TheBook();
  const MutexLock lock{book.mutex};
  std::vector<ReachedBound> all;
  for (const auto& [name, entry] : book.reached) all.push_back(entry.bound);
  return all;
}

}  // namespace backup_monitor
