#include "model/node_presence.h"

#include <algorithm>
#include <utility>

namespace backup_monitor {
namespace {

/// What `before` knows of the time before `now` does; what went on then ended no later than that.
std::vector<Absence> EarlierAbsences(const NodePresence& before, Time now_known_from) {
  std::vector<Absence> earlier;
  for (Absence absence : before.absences) {
    if (absence.from.value_or(*before.known_from) >= now_known_from) continue;
    absence.until = std::min(absence.until.value_or(now_known_from), now_known_from);
    earlier.push_back(absence);
  }
  return earlier;
}

}  // namespace

NodePresence WithEarlier(NodePresence now, const NodePresence& before) {
  if (now.trouble) {
    NodePresence known = before;
    known.read_at = now.read_at;
    known.trouble = now.trouble;
    return known;
  }
  if (before.booted) now.booted = std::max(now.booted.value_or(*before.booted), *before.booted);
  if (!now.known_from || !before.known_from || *before.known_from >= *now.known_from) return now;
  std::vector<Absence> absences = EarlierAbsences(before, *now.known_from);
  for (Absence& absence : now.absences) {
    const bool goes_on =
        !absence.from && !absences.empty() && absences.back().until == now.known_from;
    if (goes_on) absences.back().until = absence.until;
    else absences.push_back(absence);
  }
  const std::size_t most = NodePresence::kMostAbsences;
  if (absences.size() > most)
    absences.erase(absences.begin(), absences.end() - static_cast<std::ptrdiff_t>(most));
  now.absences = std::move(absences);
  now.known_from = before.known_from;
  return now;
}

}  // namespace backup_monitor
