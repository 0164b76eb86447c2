#include "random/run_histories_check.h"

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <utility>

#include "random/run_histories_recovery.h"

namespace backup_monitor::testing {
namespace {

using Kind = Announcement::Kind;

/// What was told of one run of the daemon's books.
struct Reported {
  std::vector<Time> finals;
  std::vector<Time> early;
  std::vector<Time> updates;
  bool failure_sent_of(const ModuleId& module) const { return failures_sent.contains(module); }
  std::set<ModuleId> failures_sent;
  std::set<RecordKey> records;  ///< Its own.
  std::vector<Time> late;
  std::size_t sent_updates = 0;
  using MailSection = std::pair<const Mail*, Section>;
  std::optional<MailSection> first;  ///< The final report.
  std::optional<MailSection> last;   ///< As last corrected.
};

class Checker {
 public:
  Checker(const History& history, const Night& night, Figures& figures)
      : history_{history}, night_{night}, figures_{figures} {}

  std::vector<std::string> Run() {
    for (const Mail& mail : night_.told()) {
      for (const Section& section : mail.sections) Read(mail, section);
      for (std::string& fault : CrossingFaults(mail, history_, night_))
        faults_.push_back(std::move(fault));
      const bool of_runs = mail.crossings.empty() && mail.plans.empty() && mail.modules.empty();
      if (of_runs && mail.sections.empty() && !history_.alerts_without_plan && !history_.emptied)
        Fault("a mail about no run although there are plans", mail);
      Count(mail);
    }
    CheckOrder();
    CheckRecords();
    CheckMissed();
    CountExact();
    return std::move(faults_);
  }

 private:
  void Fault(const std::string& what, const Mail& mail) {
    faults_.push_back(what + ": " + Text(mail));
  }

  void Read(const Mail& mail, const Section& section) {
    Reported& told = told_[section.run];
    if (mail.kind == Kind::kEarlyNotice) told.early.push_back(mail.at);
    if (mail.kind == Kind::kLateNotice) told.late.push_back(mail.at);
    if (mail.kind == Kind::kFinal || mail.kind == Kind::kNoStatus) told.finals.push_back(mail.at);
    if (mail.kind == Kind::kUpdate) told.updates.push_back(mail.at);
    if (mail.kind == Kind::kUpdate && mail.sent) ++told.sent_updates;
    if (mail.kind == Kind::kFinal && !told.first) told.first.emplace(&mail, section);
    if (mail.kind == Kind::kFinal || mail.kind == Kind::kUpdate) told.last.emplace(&mail, section);
    if (section.due && !IsNotice(mail.kind)) dues_.emplace(section.plan.value(), *section.due);
    if (mail.kind == Kind::kFinal && section.outcome == Outcome::kMissed)
      return ReadMissed(mail, section);
    if (mail.kind == Kind::kFinal) CheckInTime(mail, section);
    for (const auto& [module, row] : section.rows) ReadRow(mail, section, module, row, told);
  }

  void ReadRow(const Mail& mail, const Section& section, const ModuleId& module, const Row& row,
               Reported& told) {
    if (!IsNotice(mail.kind) && mail.sent && row.verdict == Verdict::kFailed) {
      told.failures_sent.insert(module);
    }
    if (row.verdict == Verdict::kNeverRan && !IsNotice(mail.kind)) {
      for (const auto& [key, seen] : night_.first_seen()) {
        if (key.plan == section.plan && key.module == module && mail.Knows(seen) &&
            history_.watched_well) {
          Fault(module.value() + " never ran, though it has", mail);
        }
      }
    }
    if (!row.record) {
      if (row.verdict == Verdict::kSucceeded || row.verdict == Verdict::kFailed) {
        Fault("a verdict without a record", mail);
      }
      return;
    }
    const auto truth = history_.backups.find(*row.record);
    if (truth == history_.backups.end()) return Fault("a record that was never written", mail);
    const Verdict right = truth->second.saved ? Verdict::kSucceeded : Verdict::kFailed;
    if (row.verdict != right) Fault(module.value() + " told wrongly", mail);
    if (!row.of_other_run && !IsNotice(mail.kind)) told.records.insert(*row.record);
  }

  void ReadMissed(const Mail& mail, const Section& section) {
    const auto truth = std::ranges::find_if(history_.runs, [&](const TrueRun& run) {
      return run.plan == section.plan.value() && !run.by_hand && run.began == section.due;
    });
    if (truth == history_.runs.end()) {
      if (history_.watched_well) Fault("missed, and it was not due", mail);
      return;
    }
    RunFigures& figures = FiguresOf(*truth);
    ++figures.missed;
    bool any_stored = false;
    bool any_ran = false;
    bool any_seen = false;
    for (const auto& [module, state] : truth->modules) {
      any_stored |= state.fate == Fate::kStored;
      any_ran |= state.fate != Fate::kNodeOff && state.fate != Fate::kPassedBy;
      any_seen |= Knew(mail, *truth, ModuleId{module});
    }
    if (any_seen) {
      ++figures.missed_falsely;
      if (IsTimed(figures)) Fault("missed, though a look had a record of it", mail);
    } else if (any_stored) {
      const bool first =
          std::ranges::any_of(truth->modules, [](const auto& entry) { return entry.second.first; });
      ++(first ? figures.missed_first : figures.missed_early);
    } else if (any_ran) {
      ++figures.missed_no_result;
    }
  }

  /// What every node missed is in a report.
  void CheckMissed() {
    for (const TrueRun& run : history_.runs) {
      const auto plan = history_.scheduled.find(run.plan);
      if (run.by_hand || plan == history_.scheduled.end() || plan->second <= run::RunRules::kOften)
        continue;
      const bool off =
          !run.modules.empty() && std::ranges::all_of(run.modules, [](const auto& entry) {
            return entry.second.fate == Fate::kNodeOff;
          });
      if (!off || dues_.contains({run.plan, run.began})) continue;
      if (run.began <= night_.first_look().value_or(Time::max())) continue;  // not ours to tell
      // As long as a backup takes, or longer, nobody can tell.
      const bool decided = std::ranges::any_of(history_.runs, [&](const TrueRun& later) {
        return later.plan == run.plan && !later.by_hand && later.began > run.began + plan->second;
      });
      if (!decided) continue;
      RunFigures& figures = FiguresOf(run);
      ++figures.missed_untold;
      if (IsTimed(figures))
        faults_.push_back("the run of " + run.plan + " due " + Text(run.began) +
                          " was missed, and nobody was told");
    }
  }

  void CheckInTime(const Mail& mail, const Section& section) {
    // A record may be so late that it moves the begin back to more than the cap ago; so does history, which joins
    // when the run closes.
    std::optional<Time> begin;
    Time due = section.opened_at;
    for (const auto& [module, row] : section.rows) {
      const bool own = row.record && !row.of_other_run && night_.first_seen().contains(*row.record);
      if (!own) continue;
      const Time seen = night_.first_seen().at(*row.record).at;
      due = std::max(due, seen);
      if (seen != night_.first_look()) {
        begin = std::min(begin.value_or(row.record->start), row.record->start);
      }
    }
    const Time cap = begin.value_or(section.begin) + history_.rules.max_run;
    // What comes after the cap may reopen the run before it has been reported.
    const auto came_late = [&](const auto& entry) {
      const auto& record = entry.second.record;
      return record && !entry.second.of_other_run && night_.first_seen().contains(*record) &&
             night_.first_seen().at(*record).at > cap;
    };
    if (std::ranges::count_if(section.rows, came_late) > 1) due += run::RunRules::kReopened;
    due = std::max(due, cap);
    const Time latest = due + history_.rules.reconcile + history_.slack +
                        (history_.alerts_without_plan ? run::RunRules::kGathering : seconds{0});
    if (mail.at > latest) Fault("later than " + Text(latest), mail);
  }

  void CheckOrder() {
    for (const auto& [id, told] : told_) {
      const std::string name = "run " + std::to_string(static_cast<std::int64_t>(id));
      if (told.finals.size() > 1) faults_.push_back(name + " was reported twice");
      if (told.early.size() > 1) faults_.push_back(name + " was announced early twice");
      if (told.late.size() > 1) faults_.push_back(name + " was called late twice");
      // A plan that Redis has lost counts as removed; if it comes back, what its run was is an update.
      const bool was_dismissed = history_.emptied && !told.updates.empty();
      if (told.finals.empty() && !was_dismissed) faults_.push_back(name + " was never reported");
    }
    for (const auto& [id, run] : night_.tracker().memory().runs) {
      if (run.open())
        faults_.push_back("run " + std::to_string(static_cast<std::int64_t>(id)) +
                          " is still open");
    }
  }

  /// Every record that a look saw is in exactly one run, and every failure was mailed.
  void CheckRecords() {
    for (const auto& [key, seen] : night_.first_seen()) {
      int runs = 0;
      bool failure_sent = false;
      for (const auto& [id, told] : told_) {
        if (!told.records.contains(key)) continue;
        ++runs;
        failure_sent |= told.failure_sent_of(key.module);
        run_of_[key] = id;
      }
      const bool saved = history_.backups.at(key).saved;
      if (runs == 0 && seen.at == night_.first_look()) continue;  // history
      if (runs == 0 && history_.emptied)
        continue;  // its run ended with its plan, which Redis had lost
      const bool may_not_count = !saved && history_.taken_out.contains({key.plan, key.module});
      const std::string name =
          key.module.value() + " of " + key.plan.value() + " from " + Text(key.start);
      if (runs > 1) faults_.push_back(name + " is told of two runs");
      if (runs == 0 && !may_not_count) faults_.push_back(name + " is told of no run");
      if (runs == 1 && !saved && !failure_sent)
        faults_.push_back(name + " failed and nobody was mailed");
    }
  }

  [[nodiscard]] RunFigures& FiguresOf(const TrueRun& run) {
    if (!history_.watched_well) return figures_.hindered;
    const bool unclear = history_.hourly || run.overlaps;
    if (history_.logged && !unclear) return figures_.logged;
    if (history_.scheduled.contains(run.plan))
      return unclear ? figures_.unclear_timed : figures_.clear_timed;
    return unclear ? figures_.unclear : figures_.clear;
  }

  [[nodiscard]] bool IsTimed(const RunFigures& figures) const {
    return &figures == &figures_.clear_timed || &figures == &figures_.logged;
  }

  void CountExact() {
    std::map<std::size_t, std::set<RecordKey>> truth;
    for (const auto& [key, seen] : night_.first_seen()) {
      if (run_of_.contains(key)) truth[history_.backups.at(key).run].insert(key);
    }
    for (const auto& [run, keys] : truth) {
      RunFigures& figures = FiguresOf(history_.runs[run]);
      const bool exact = told_.at(run_of_.at(*keys.begin())).records == keys;
      ++figures.true_runs;
      figures.told_exactly += exact ? 1 : 0;
    }
    for (const auto& [id, told] : told_) CountLines(told);
    ++figures_.histories;
  }

  /// The true run that most of its records are of; none without records.
  [[nodiscard]] const TrueRun* TruthOf(const Reported& told, std::size_t& index) const {
    std::map<std::size_t, int> rows;
    for (const RecordKey& key : told.records) ++rows[history_.backups.at(key).run];
    const auto most = std::max_element(
        rows.begin(), rows.end(),
        [](const auto& left, const auto& right) { return left.second < right.second; });
    if (most == rows.end()) return nullptr;
    index = most->first;
    return &history_.runs[most->first];
  }

  void CountLines(const Reported& told) {
    std::size_t index = 0;
    const TrueRun* truth = TruthOf(told, index);
    if (truth == nullptr || !told.first) return;
    RunFigures& figures = FiguresOf(*truth);
    figures.updates += static_cast<int>(told.sent_updates);
    figures.twice_updated += told.sent_updates > 1 ? 1 : 0;
    const WrongLines before = figures.lines;
    for (const auto& [module, row] : told.last->second.rows) {
      CountLine(*truth, index, told, module, row, figures.lines);
    }
    for (const auto& [module, row] : told.first->second.rows) {
      const auto fate = truth->modules.find(module.value());
      if (row.record || fate == truth->modules.end() || fate->second.fate != Fate::kStored)
        continue;
      if (told.first->first->at < fate->second.at + history_.leader_offset) {
        ++figures.lines.premature;
      }
    }
    CountDelays(*truth, told, figures);
    if (IsShown(figures)) Show(before, figures.lines, told);
  }

  void CountLine(const TrueRun& truth, std::size_t index, const Reported& told,
                 const ModuleId& module, const Row& row, WrongLines& lines) const {
    const auto fate = truth.modules.find(module.value());
    const bool is_of_it = fate != truth.modules.end();
    if (row.record && !row.of_other_run) {
      const TrueBackup& backup = history_.backups.at(*row.record);
      if (backup.run == index) return;
      const bool saved = is_of_it && fate->second.fate == Fate::kStored && fate->second.saved;
      if (backup.saved && !saved) ++lines.false_saved;
      else if (!backup.saved && saved) ++lines.false_failed;
      else ++lines.mixed;
    } else if (!row.record) {
      if (!is_of_it) ++lines.not_of_it;
      else if (Knew(*told.last->first, truth, module)) ++lines.absent;
    }
  }

  [[nodiscard]] bool Knew(const Mail& mail, const TrueRun& truth, const ModuleId& module) const {
    return std::ranges::any_of(night_.first_seen(), [&](const auto& entry) {
      const auto& [key, seen] = entry;
      return key.module == module && key.plan.value() == truth.plan && mail.Knows(seen) &&
             &history_.runs[history_.backups.at(key).run] == &truth;
    });
  }

  void CountDelays(const TrueRun& truth, const Reported& told, RunFigures& figures) const {
    Time end = truth.began;
    Fate worst = Fate::kStored;
    bool all_saved = true;
    bool any_first = false;
    for (const auto& [module, state] : truth.modules) {
      end = std::max(end, state.at);
      any_first |= state.first;
      if (state.fate == Fate::kPassedBy) continue;
      all_saved &= state.fate == Fate::kStored && state.saved;
      if (state.fate != Fate::kStored) worst = state.fate;
    }
    const seconds delay = told.first->first->at - (end + history_.leader_offset);
    if (history_.events_lost) return;
    figures.delays[Name(worst)].push_back(std::max(delay, seconds{0}));
    const Time late = told.late.empty() ? Time::max() : told.late.front();
    const Time word = std::min(late, told.first->first->at);
    figures.words[Name(worst)].push_back(
        std::max<seconds>(word - (end + history_.leader_offset), seconds{0}));
    if (!all_saved) return;
    ++figures.all_saved;
    figures.false_alarms += told.first->second.outcome != Outcome::kSuccess ? 1 : 0;
    figures.late_notices += told.late.empty() ? 0 : 1;
    if (any_first) return;
    ++figures.all_known;
    figures.late_known += told.late.empty() ? 0 : 1;
  }

  /// With BACKUP_MONITOR_SHOW=clear, or another kind, each wrong line of such a run is a fault: its history is shown.
  [[nodiscard]] bool IsShown(const RunFigures& figures) const {
    const char* wanted = std::getenv("BACKUP_MONITOR_SHOW");
    if (wanted == nullptr) return false;
    const std::map<std::string, const RunFigures*> kinds{{"clear", &figures_.clear},
                                                         {"unclear", &figures_.unclear},
                                                         {"clear_timed", &figures_.clear_timed},
                                                         {"unclear_timed", &figures_.unclear_timed},
                                                         {"logged", &figures_.logged},
                                                         {"hindered", &figures_.hindered}};
    const auto kind = kinds.find(wanted);
    return kind != kinds.end() && kind->second == &figures;
  }

  void Show(const WrongLines& before, const WrongLines& after, const Reported& told) {
    const auto show = [&](const char* what, int was, int is) {
      if (is > was) faults_.push_back(std::string{what} + ": " + Text(*told.last->first));
    };
    show("false saved", before.false_saved, after.false_saved);
    show("false failed", before.false_failed, after.false_failed);
    show("mixed", before.mixed, after.mixed);
    show("absent", before.absent, after.absent);
    show("not of it", before.not_of_it, after.not_of_it);
  }

  void Count(const Mail& mail) {
    if (!mail.sent) {
      ++figures_.updates_without_change;
      return;
    }
    ++figures_.mails;
    for (const Section& section : mail.sections) {
      const std::string outcome{Name(section.outcome)};
      if (mail.kind == Kind::kFinal) {
        ++figures_.finals[outcome];
        const bool records =
            std::any_of(section.rows.begin(), section.rows.end(), [](const auto& row) {
              return row.second.record.has_value() && !row.second.of_other_run;
            });
        figures_.without_records += records ? 0 : 1;
      }
    }
    if (mail.kind != Kind::kFinal) ++figures_.others[KindText(mail.kind)];
  }

  const History& history_;
  const Night& night_;
  Figures& figures_;
  std::map<RunId, Reported> told_;
  std::map<RecordKey, RunId> run_of_;
  std::set<std::pair<std::string, Time>> dues_;  ///< Plan and due moment of every report.
  std::vector<std::string> faults_;
};

}  // namespace

std::vector<std::string> Check(const History& history, const Night& night, Figures& figures) {
  return Checker{history, night, figures}.Run();
}

}  // namespace backup_monitor::testing
