// What restic, or NS8's action, says: a list of snapshots with messages beside it, or the words of a failure. Besides
// not crashing, what is told is one short line without a known secret, and an incomplete list has a cause.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "probe/list_answer.h"
#include "probe/restic_failure.h"
#include "probe/snapshot_list.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace backup_monitor;
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  const KnownSecrets known{Secret{"shoe43"}};
  const auto check = [](const probe::ProbeFailure& failure) {
    if (failure.words.size() > probe::kMostWords) std::abort();
    if (failure.words.find('\n') != std::string::npos) std::abort();
    if (failure.words.find("shoe43") != std::string::npos) std::abort();
  };
  for (const auto& list : {probe::ParseResticSnapshots(text), probe::ParseActionSnapshots(text)}) {
    if (list && list->snapshots.size() + list->not_understood > size) std::abort();
    const probe::ProbeAnswer answer = probe::AnswerOfList(list, {text}, known);
    if (answer.complete == answer.failure.has_value()) std::abort();
    if (answer.failure) check(*answer.failure);
  }
  check(probe::ReadResticFailure(size == 0 ? 1 : data[0], text, known));
  check({ProbeCause::kTimeout, probe::LastWords(text, known)});
  return 0;
}
