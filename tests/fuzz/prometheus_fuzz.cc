// Answers of Prometheus. Besides not crashing, times are in order, and absences are apart from each other.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "adapters/prometheus/prometheus_answer.h"

namespace {

using namespace backup_monitor;

void Check(const std::vector<Absence>& absences) {
  if (absences.size() > NodePresence::kMostAbsences) std::abort();
  for (std::size_t i = 0; i < absences.size(); ++i) {
    const Absence& absence = absences[i];
    if (absence.from && absence.until && *absence.until < *absence.from) std::abort();
    if (i > 0 &&
        (!absence.from || !absences[i - 1].until || *absence.from < *absences[i - 1].until))
      std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view body{reinterpret_cast<const char*>(data), size};
  (void)prometheus::ParseNewest(body);
  const auto samples = prometheus::ParseSamples(body);
  if (!samples) return 0;
  if (samples->size() > size) std::abort();
  for (std::size_t i = 1; i < samples->size(); ++i) {
    if ((*samples)[i].at < (*samples)[i - 1].at) std::abort();
  }
  Check(presence::AbsencesIn(*samples, Time{seconds{1'795'399'200}}));
  return 0;
}
