#include "run/waiting.h"

#include <algorithm>
#include <vector>

#include "run/passes.h"
#include "run/restarts.h"

namespace backup_monitor::run {
namespace {

/// A late record keeps its run open for a time of its own.
Time CapOf(const Run& run, const RunRules& rules) {
  return run.reopened_until().value_or(run.begin + rules.max_run);
}

bool IsAnyoneSilent(const Run& run) {
  return std::ranges::any_of(run.modules, [](const auto& entry) {
    return entry.second.expected && !entry.second.left && !entry.second.record;
  });
}

/// The log cannot be read of it, now or later.
bool IsWithoutLog(const Run& run, NodeId node) {
  const auto log = run.log.find(node);
  return log != run.log.end() && log->second.trouble && !IsTransient(*log->second.trouble);
}

/// When a run of which nothing has come is over. An answer that has nothing of it ends no wait: what says that it has begun
/// may be on its way.
Time MissedAt(const Run& run, const RunRules& rules) {
  const bool no_log = std::ranges::all_of(
      run.due->nodes, [&](const auto& entry) { return IsWithoutLog(run, entry.first); });
  return run.opened_at + (rules.reads_log && !no_log ? RunRules::kWitnessPatience : seconds{0});
}

/// How long a run may still have to be waited for.
class Waits {
 public:
  Waits(const Run& run, const RunMemory& memory, const RunRules& rules)
      : run_{run}, memory_{memory}, rules_{rules}, cap_{CapOf(run, rules)} {}

  /// The last wait in a pass.
  void Follow(const Pass& pass, Deadline& last) const {
    const NodeLog* log = LogOf(pass);
    if (log != nullptr && log->is_over())
      return FollowEnd(pass, log->read_at, Deadline::Of::kLog, last);
    if (IsRestarted(pass))
      return FollowEnd(pass, PresenceOf(pass)->read_at, Deadline::Of::kRestarted, last);
    if (log == nullptr || !log->is_running()) return FollowRules(pass, last);
    for (const Turn& turn : pass.turns) {
      if (turn.silent()) Consider(turn, cap_, last);
    }
  }

  /// From when on a pass is late; none if it is not to be.
  [[nodiscard]] std::optional<Time> LateIn(const Pass& pass) const {
    const NodeLog* log = LogOf(pass);
    if ((log != nullptr && log->is_over()) || IsRestarted(pass)) return std::nullopt;
    const auto away = AwayIn(pass);
    const auto slow = SlowIn(pass);
    return away && slow ? std::min(*away, *slow) : away.has_value() ? away : slow;
  }

 private:
  /// What the log says of the node that a pass is of. A core without nodes' records has no such log.
  [[nodiscard]] const NodeLog* LogOf(const Pass& pass) const {
    if (!rules_.reads_log) return nullptr;
    const auto log = pass.node ? run_.log.find(*pass.node) : run_.log.end();
    return log == run_.log.end() ? nullptr : &log->second;
  }

  [[nodiscard]] const NodePresence* PresenceOf(const Pass& pass) const {
    if (!rules_.asks_for_nodes) return nullptr;
    const auto known = pass.node ? run_.presence.find(*pass.node) : run_.presence.end();
    return known == run_.presence.end() ? nullptr : &known->second;
  }

  /// When the module whose turn has come is later than it ever was; none if there is none.
  [[nodiscard]] std::optional<Time> SlowIn(const Pass& pass) const {
    if (AnswerBy(pass)) return std::nullopt;
    for (const Turn& next : NotPassed(pass)) {
      if (!next.silent()) continue;
      if (HasNeverComeBefore(next)) continue;
      const seconds longest = LongestDuration(run_.plan, *next.id, memory_).value_or(seconds{0});
      return NextTurnOf(pass) + std::max(longest + longest / 2, rules_.quiet);
    }
    return std::nullopt;
  }

  [[nodiscard]] bool IsRestarted(const Pass& pass) const {
    return rules_.asks_for_nodes && IsEndedByRestart(run_, pass, memory_);
  }

  /// When the node of a pass that is waited for has been away for long; none if it is not known to be away. A record that
  /// has come since says that it is there.
  [[nodiscard]] std::optional<Time> AwayIn(const Pass& pass) const {
    const NodePresence* presence = PresenceOf(pass);
    if (presence == nullptr || presence->absences.empty()) return std::nullopt;
    const Absence& last = presence->absences.back();
    if (last.until || !last.from || std::ranges::none_of(pass.turns, &Turn::silent))
      return std::nullopt;
    if (pass.free_at && *pass.free_at > *last.from) return std::nullopt;
    return std::max(AfterAsking(presence->read_at), *last.from + RunRules::kAwayLong);
  }

  /// A look within the second in which a witness was asked may have come before what it said.
  [[nodiscard]] static Time AfterAsking(Time read_at) noexcept { return read_at + seconds{1}; }

  static void FollowEnd(const Pass& pass, Time read_at, Deadline::Of why, Deadline& last) {
    const Time at = AfterAsking(read_at);
    for (const Turn& turn : pass.turns) {
      if (turn.silent() && at > last.at) last = {at, why, turn.id};
    }
  }

  void FollowRules(const Pass& pass, Deadline& last) const {
    if (const auto answer_by = AnswerBy(pass)) {
      for (const Turn& next : pass.turns) Consider(next, *answer_by, last);
      return;
    }
    Time turn = NextTurnOf(pass);
    for (const Turn& next : NotPassed(pass)) {
      if (!next.silent()) continue;
      const auto took = UsualDuration(run_.plan, *next.id, memory_);
      const Time from = std::max(turn, run_.begin + UsualEnd(run_.plan, *next.id, memory_));
      if (took) turn += *took;
      else if (!HasNeverComeBefore(next)) turn = cap_;
      Consider(next, took ? from + 2 * *took + rules_.quiet : EndWithoutPast(next), last);
    }
    // Busy ones: tried for 3600 s after the first round, in rounds that may take their time.
    const Time first_round_end = pass.first_round_over ? pass.first_round_end : turn;
    const Time from = std::max(first_round_end + rules_.quiet, pass.free_at.value_or(Time::min()));
    for (std::size_t i = 0; i < pass.passed; ++i) {
      const Turn& busy = pass.turns[i];
      if (!busy.silent()) continue;
      Consider(busy, from + UsualDuration(run_.plan, *busy.id, memory_).value_or(seconds{0}), last);
    }
  }

  /// Of a node that was due and has sent nothing: until when something is waited for.
  [[nodiscard]] std::optional<Time> AnswerBy(const Pass& pass) const {
    if (!run_.due || pass.free_at) return std::nullopt;
    const auto& node = pass.turns.front().module->node;
    const auto due = node ? run_.due->nodes.find(*node) : run_.due->nodes.end();
    return due == run_.due->nodes.end() ? std::nullopt : std::optional{due->second.answer_by};
  }

  /// Those that the first round has still to come to.
  [[nodiscard]] static std::vector<Turn> NotPassed(const Pass& pass) {
    if (pass.first_round_over) return {};
    return {pass.turns.begin() + static_cast<std::ptrdiff_t>(pass.passed), pass.turns.end()};
  }

  /// When the module after the last record could begin; without records as long after the run's begin as usual.
  [[nodiscard]] Time NextTurnOf(const Pass& pass) const {
    if (pass.free_at) return *pass.free_at;
    return run_.begin + UsualBegin(run_, pass, memory_).value_or(seconds{0});
  }

  [[nodiscard]] bool HasNeverComeBefore(const Turn& turn) const {
    const auto past = memory_.modules.find({run_.plan, *turn.id});
    return past != memory_.modules.end() && !past->second.has_record &&
           past->second.reported_never_ran;
  }

  /// A first backup may take as long as it likes; one that has never come must not hold up every run.
  [[nodiscard]] Time EndWithoutPast(const Turn& turn) const {
    if (!HasNeverComeBefore(turn)) return cap_;
    return run_.last_end().value_or(run_.begin) + rules_.quiet;
  }

  static void Consider(const Turn& turn, Time at, Deadline& last) {
    if (at > last.at) last = {at, Deadline::Of::kModule, turn.id};
  }

  const Run& run_;
  const RunMemory& memory_;
  const RunRules& rules_;
  Time cap_;
};

}  // namespace

Outlook OutlookOf(const Run& run, const RunMemory& memory, const RunRules& rules) {
  using Of = Deadline::Of;
  if (run.origin == RunOrigin::kCompact) return {{run.opened_at + rules.wait, Of::kCompact}, {}};
  if (!IsAnyoneSilent(run)) return {{Time::min()}, {}};
  if (run.is_missed() && run.due) return {{MissedAt(run, rules), Of::kMissed}, {}};
  const Waits waits{run, memory, rules};
  Outlook outlook{{Time::min()}, {}};
  for (const Pass& pass : PassesOf(run, memory)) {
    waits.Follow(pass, outlook.deadline);
    const auto late = waits.LateIn(pass);
    if (late) outlook.late_from = std::min(outlook.late_from.value_or(*late), *late);
  }
  const Time cap = CapOf(run, rules);
  if (outlook.deadline.at >= cap) {
    outlook.deadline = {cap, run.reopened_until() ? Of::kReopened : Of::kLongestRun};
  }
  return outlook;
}

}  // namespace backup_monitor::run
