#include "random/run_histories_check.h"

#include <algorithm>
#include <optional>

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
};

class Checker {
 public:
  Checker(const History& history, const Night& night, Figures& figures)
      : history_{history}, night_{night}, figures_{figures} {}

  std::vector<std::string> Run() {
    for (const Mail& mail : night_.told()) {
      for (const Section& section : mail.sections) Read(mail, section);
      if (mail.sections.empty() && !history_.alerts_without_plan)
        Fault("a mail about no run although there are plans", mail);
      Count(mail);
    }
    CheckOrder();
    CheckRecords();
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
    if (mail.kind == Kind::kFinal || mail.kind == Kind::kNoStatus) told.finals.push_back(mail.at);
    if (mail.kind == Kind::kUpdate) told.updates.push_back(mail.at);
    if (mail.kind == Kind::kFinal) CheckInTime(mail, section);
    for (const auto& [module, row] : section.rows) ReadRow(mail, section, module, row, told);
  }

  void ReadRow(const Mail& mail, const Section& section, const ModuleId& module, const Row& row,
               Reported& told) {
    if (mail.kind != Kind::kEarlyNotice && mail.sent && row.verdict == Verdict::kFailed) {
      told.failures_sent.insert(module);
    }
    if (row.verdict == Verdict::kNeverRan && mail.kind != Kind::kEarlyNotice) {
      for (const auto& [key, seen] : night_.first_seen()) {
        if (key.plan == section.plan && key.module == module && seen < mail.at &&
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
    if (!row.of_other_run && mail.kind != Kind::kEarlyNotice) told.records.insert(*row.record);
  }

  void CheckInTime(const Mail& mail, const Section& section) {
    // A record may be so late that it moves the begin back to more than the cap ago.
    Time due = std::max(section.begin + history_.rules.max_run, section.opened_at);
    for (const auto& [module, row] : section.rows) {
      const bool own = row.record && !row.of_other_run && night_.first_seen().contains(*row.record);
      if (own) due = std::max(due, night_.first_seen().at(*row.record));
    }
    const Time latest = due + history_.rules.reconcile + history_.slack +
                        (history_.alerts_without_plan ? run::RunRules::kGathering : seconds{0});
    if (mail.at > latest) Fault("later than " + Text(latest), mail);
  }

  void CheckOrder() {
    for (const auto& [id, told] : told_) {
      const std::string name = "run " + std::to_string(static_cast<std::int64_t>(id));
      if (told.finals.size() > 1) faults_.push_back(name + " was reported twice");
      if (told.early.size() > 1) faults_.push_back(name + " was announced early twice");
      if (told.finals.empty()) faults_.push_back(name + " was never reported");
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
      const bool may_not_count = !saved && history_.taken_out.contains({key.plan, key.module});
      const std::string name =
          key.module.value() + " of " + key.plan.value() + " from " + Text(key.start);
      if (runs > 1) faults_.push_back(name + " is told of two runs");
      if (runs == 0 && !may_not_count) faults_.push_back(name + " is told of no run");
      if (runs == 1 && !saved && !failure_sent)
        faults_.push_back(name + " failed and nobody was mailed");
    }
  }

  void CountExact() {
    std::map<std::size_t, std::set<RecordKey>> truth;
    for (const auto& [key, seen] : night_.first_seen()) {
      if (run_of_.contains(key)) truth[history_.backups.at(key).run].insert(key);
    }
    for (const auto& [run, keys] : truth) {
      const bool exact = told_.at(run_of_.at(*keys.begin())).records == keys;
      ++figures_.true_runs;
      figures_.told_exactly += exact ? 1 : 0;
      if (!history_.watched_well || history_.hourly) continue;
      ++figures_.true_runs_watched;
      figures_.told_exactly_watched += exact ? 1 : 0;
    }
    for (const auto& [id, told] : told_) CountNeighbours(told);
    ++figures_.histories;
  }

  void CountNeighbours(const Reported& told) {
    std::map<std::size_t, int> rows;
    for (const RecordKey& key : told.records) ++rows[history_.backups.at(key).run];
    const auto most = std::max_element(
        rows.begin(), rows.end(),
        [](const auto& left, const auto& right) { return left.second < right.second; });
    for (const RecordKey& key : told.records) {
      const TrueBackup& backup = history_.backups.at(key);
      if (!backup.saved || backup.run == most->first) continue;
      ++figures_.neighbours;
      if (!history_.watched_well || history_.hourly) continue;
      ++figures_.neighbours_watched;
    }
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
    if (mail.kind == Kind::kEarlyNotice) ++figures_.others["early notice"];
    if (mail.kind == Kind::kUpdate) ++figures_.others["update"];
    if (mail.kind == Kind::kNoStatus) ++figures_.others["no status"];
    if (mail.kind == Kind::kUnknownPlan) ++figures_.others["unknown plan"];
  }

  const History& history_;
  const Night& night_;
  Figures& figures_;
  std::map<RunId, Reported> told_;
  std::map<RecordKey, RunId> run_of_;
  std::vector<std::string> faults_;
};

}  // namespace

std::vector<std::string> Check(const History& history, const Night& night, Figures& figures) {
  return Checker{history, night, figures}.Run();
}

}  // namespace backup_monitor::testing
