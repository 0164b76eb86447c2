#include "presence/samples.h"

#include <cstddef>

namespace backup_monitor::presence {
namespace {

/// The end of the failed attempts that begin at `first`, of which each is known to follow the one before.
std::size_t EndOfFailed(const std::vector<Sample>& samples, std::size_t first) {
  std::size_t end = first + 1;
  while (end < samples.size() && !samples[end].reached &&
         samples[end].at - samples[end - 1].at <= kStillKnown)
    ++end;
  return end;
}

}  // namespace

std::vector<Absence> AbsencesIn(const std::vector<Sample>& samples, Time to) {
  std::vector<Absence> absences;
  for (std::size_t first = 0; first < samples.size();) {
    if (samples[first].reached) {
      ++first;
      continue;
    }
    const std::size_t end = EndOfFailed(samples, first);
    if (end - first >= 2) {
      Absence& absence = absences.emplace_back();
      absence.from = samples[first].at;
      const Sample& last = samples[end - 1];
      const bool is_followed = end < samples.size() && samples[end].at - last.at <= kStillKnown;
      if (is_followed) absence.until = samples[end].at;
      else if (end < samples.size() || to - last.at > kStillKnown) absence.until = last.at;
    }
    first = end;
  }
  if (absences.size() > NodePresence::kMostAbsences) {
    absences.erase(absences.begin(),
                   absences.end() - static_cast<std::ptrdiff_t>(NodePresence::kMostAbsences));
  }
  return absences;
}

}  // namespace backup_monitor::presence
