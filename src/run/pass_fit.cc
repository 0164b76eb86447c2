#include "run/pass_fit.h"

#include <algorithm>

#include "run/passes.h"

namespace backup_monitor::run {
namespace {

/// Start and end by the node's own clock, which two of its records have in common; as reckoned where that is nonsense.
struct Span {
  explicit Span(const SeenRecord& record) : from{record.started}, to{record.ended} {
    const StatusRecord& raw = record.record;
    if (raw.end - raw.start != to - from) return;
    from = raw.start;
    to = raw.end;
  }
  Time from;
  Time to;
};

/// One after the other, although the node's clock may have been set back meanwhile.
bool IsAfter(const Span& later, const Span& earlier) {
  return earlier.from <= later.from && earlier.to <= later.to &&
         earlier.to - later.from <= RunRules::kSetBack;
}

bool Overlap(const Span& a, const Span& b) { return !IsAfter(a, b) && !IsAfter(b, a); }

}  // namespace

PassFit::PassFit(const Run& run, NodeId node, const RunMemory& memory, const RunRules& rules)
    : run_{run}, memory_{memory}, rules_{rules} {
  for (const auto& [id, module] : run.modules) {
    if (module.record && module.record->record.node == node) records_.push_back(&*module.record);
  }
}

std::optional<seconds> PassFit::IdleBefore(const SeenRecord& record,
                                           std::optional<seconds> interval) const {
  const Span span{record};
  const SeenRecord* before = nullptr;
  const SeenRecord* after = nullptr;
  for (const SeenRecord* other : records_) {
    if (other->ended > record.seen_at) continue;  // our clock was ahead when it was found
    const Span its{*other};
    if (Overlap(its, span)) return std::nullopt;
    if (IsAfter(span, its)) {
      if (before == nullptr || Span{*before}.to < its.to) before = other;
    } else if (after == nullptr || its.from < Span{*after}.from) {
      after = other;
    }
  }
  if (before == nullptr && after == nullptr) return rules_.quiet;
  const auto idle = before != nullptr ? Idle(*before, record) : Idle(record, *after);
  // A node that went on at once is at work for the same run, however late it is.
  if (!idle || *idle <= RunRules::kAtOnce || !interval) return idle;
  const bool is_next = record.started >= Begin() + *interval - RunRules::kSameBegin;
  return is_next ? std::nullopt : idle;
}

std::optional<seconds> PassFit::Idle(const SeenRecord& before, const SeenRecord& after) const {
  const seconds gap =
      std::max(Span{after}.from - Span{before}.to - (FreeAt(before) - before.ended), seconds{0});
  if (gap <= rules_.quiet) return gap;
  if (after.started > run_.begin + rules_.max_run) return std::nullopt;
  // If nobody looked, the clean-up after a good backup may have taken any time.
  if (!before.stored_by && before.record.succeeded()) return gap;
  return gap <= rules_.quiet + Silent(before, after) ? std::optional{gap} : std::nullopt;
}

/// When the pass began, if what is silent before its first record took as long as usual.
Time PassFit::Begin() const {
  const SeenRecord* first = *std::ranges::min_element(
      records_, {}, [](const SeenRecord* record) { return record->started; });
  const std::size_t place = PlaceOf(run_.plan, first->record.module, memory_);
  Time begin = first->started;
  for (const auto& [id, module] : run_.modules) {
    if (module.record || !module.expected || module.node != first->record.node) continue;
    if (PlaceOf(run_.plan, id, memory_) >= place) continue;
    begin -= UsualDuration(run_.plan, id, memory_).value_or(seconds{0});
  }
  return begin;
}

/// The time that silent modules can have taken between two records: those between them in the plan's order, or all
/// after the first if the second is of a later round.
seconds PassFit::Silent(const SeenRecord& before, const SeenRecord& after) const {
  const std::size_t from = PlaceOf(run_.plan, before.record.module, memory_);
  const std::size_t place = PlaceOf(run_.plan, after.record.module, memory_);
  const std::size_t to = place > from ? place : Turn::kNoPlace;
  seconds sum{0};
  for (const auto& [id, module] : run_.modules) {
    if (module.record || !module.expected || module.node != before.record.node) continue;
    const std::size_t its = PlaceOf(run_.plan, id, memory_);
    if (its <= from || its >= to) continue;
    const auto usual = UsualDuration(run_.plan, id, memory_);
    if (!usual) return rules_.max_run;  // a first backup may take as long as it likes
    sum += 2 * *usual;
  }
  return sum;
}

}  // namespace backup_monitor::run
