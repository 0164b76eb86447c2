#include "announcement/report_poster.h"

#include <algorithm>

#include "announcement/report_builder.h"
#include "notify/notify_policy.h"
#include "report/facts/derive_facts.h"
#include "run/reasons.h"
#include "run/verdicts.h"

namespace backup_monitor::announcement {
namespace {

using Kind = Announcement::Kind;

ReportKind KindOf(Kind kind) {
  switch (kind) {
    case Kind::kEarlyNotice: return ReportKind::kEarlyNotice;
    case Kind::kFinal: return ReportKind::kFinal;
    case Kind::kUpdate: return ReportKind::kUpdate;
    case Kind::kNoStatus: return ReportKind::kNoStatus;
    case Kind::kUnknownPlan: return ReportKind::kUnknownPlan;
    case Kind::kPlansSucceeded: return ReportKind::kOnRequest;
    case Kind::kAlertSummary: return ReportKind::kAlertSummary;
    case Kind::kLateNotice: return ReportKind::kLateNotice;
    case Kind::kNeverDue: return ReportKind::kNeverDue;
    case Kind::kRecoveryPoint: return ReportKind::kRecoveryPoint;
    case Kind::kUnprotected: return ReportKind::kUnprotected;
  }
  return ReportKind::kFinal;
}

bool HasChanged(const Run& before, const outcome::Judgement& now) {
  if (before.outcome != now.outcome) return true;
  return std::any_of(before.modules.begin(), before.modules.end(), [&](const auto& entry) {
    const auto verdict = now.verdicts.find(entry.first);
    const bool counts = verdict != now.verdicts.end();
    return entry.second.verdict != (counts ? std::optional{verdict->second} : std::nullopt);
  });
}

Report NewReport(const Announcement& announcement, const Moment& moment) {
  Report report;
  report.kind = KindOf(announcement.kind);
  report.created_at = moment.now;
  report.alert = announcement.alert;
  report.alert_summary = announcement.summary;
  report.watch.cluster_reachable = moment.view != nullptr;
  if (moment.view == nullptr) return report;
  report.cluster_name = moment.view->cluster_name;
  report.complaints = moment.view->complaints;
  report.watch = BuildWatchSummary(*moment.view);
  report.modules = announcement.modules;
  for (const RecoveryCrossing& crossing : announcement.crossings)
    report.recovery.push_back(BuildRecoveryLine(crossing, *moment.view));
  for (const PlanId& plan : announcement.plans) {
    const PlanStatus now{PlanState::kNever, {}, {}, moment.view->timings.at(plan).reason};
    report.plans.push_back({plan, moment.view->plans.at(plan).name, now});
  }
  return report;
}

/// What the report says of one run.
RunSection SectionOf(const JudgedRun& judged, Kind kind, const PlanHistory& history,
                     const Moment& moment) {
  Run run = judged.before;
  if (kind != Kind::kUpdate) run::ForgetVerdicts(run);  // none has been reported
  static const ClusterView kNothingSeen;
  const ClusterView& view = moment.view != nullptr ? *moment.view : kNothingSeen;
  RunSection section = BuildSection(run, judged.now, history, view);
  section.unprobed = judged.unprobed;
  section.being_checked = false;  // this is the report that waited, or it was not postponed at all
  return section;
}

/// The mail that this one goes on from: the last about one of its runs, else about the run before
/// in the same episode of failures.
Result<std::optional<PastMessage>> ThreadOf(const Report& report,
                                            const std::map<RunId, PlanHistory>& histories,
                                            store::RunStore::Transaction& transaction) {
  std::vector<RunId> related;
  for (const RunSection& section : report.runs) related.push_back(section.run);
  for (const RunSection& section : report.runs) {
    for (const PastRun& past : histories.at(section.run).runs_before) {
      if (past.outcome == Outcome::kSuccess) break;
      related.push_back(past.id);
    }
  }
  for (const RunId run : related) {
    auto messages = transaction.MessagesOf(run);
    if (!messages) return Fail(messages.error());
    if (!messages->empty()) return std::optional{messages->back()};
  }
  return std::nullopt;
}

std::vector<std::string> RecipientsOf(const std::vector<PastMessage>& messages) {
  std::vector<std::string> recipients;
  for (const PastMessage& message : messages) {
    for (const std::string& recipient : message.recipients) {
      if (std::find(recipients.begin(), recipients.end(), recipient) == recipients.end()) {
        recipients.push_back(recipient);
      }
    }
  }
  return recipients;
}

}  // namespace

bool ReportPoster::IsWorthAMail(const report::ReportFacts& facts, const Announcement& announcement,
                                const JudgedRuns& judged,
                                const std::map<RunId, PlanHistory>& histories) const {
  if (announcement.kind == Kind::kRecoveryPoint) {
    // Those that are back have been reported as over their target.
    return notify::WorthAMail(notify_on_, facts.report.worst(), Outcome::kIncomplete);
  }
  if (announcement.kind != Kind::kFinal && announcement.kind != Kind::kUpdate) return true;
  return std::any_of(facts.runs.begin(), facts.runs.end(), [&](const report::RunFacts& run) {
    const RunSection& section = run.section;
    const PlanHistory& history = histories.at(section.run);
    std::optional<Outcome> before;
    if (!history.runs_before.empty()) before = history.runs_before.front().outcome;
    // Who got a notice must hear how it ended. A success without a snapshot, one of which most of the data is gone, and
    // one without which the cluster cannot be rebuilt, is a problem, whatever the outcome is called.
    const Run& told = judged.at(section.run).before;
    return told.early_notice_given() || told.late_notice_given() ||
           run.tally.without_snapshot > 0 || run.tally.fallen > 0 || run.lacks_cluster_backup() ||
           notify::WorthAMail(notify_on_, section.outcome, before);
  });
}

Result<void> ReportPoster::Post(const Announcement& announcement, const JudgedRuns& judged,
                                const Moment& moment, store::RunStore::Transaction& transaction,
                                PostedReports& posted) const {
  Report report = NewReport(announcement, moment);
  std::map<RunId, PlanHistory> histories;
  MessageWriter::Address address;
  Kind kind = announcement.kind;
  for (const RunId id : announcement.runs) {
    const JudgedRun& run = judged.at(id);
    auto history = transaction.HistoryOf(run.before, moment.now);
    if (!history) return Fail(history.error());
    if (announcement.kind == Kind::kUpdate) {
      if (!HasChanged(run.before, run.now)) {
        posted.reasons.push_back(run::Named(run.before) + ": no update, no verdict has changed");
        return {};
      }
      auto corrected = transaction.MessagesOf(id);
      if (!corrected) return Fail(corrected.error());
      address.recipients = RecipientsOf(*corrected);
      if (corrected->empty()) {  // nobody has read what would be corrected
        kind = Kind::kFinal;
        report.kind = ReportKind::kFinal;
      }
    }
    report.runs.push_back(SectionOf(run, kind, *history, moment));
    report.runs.back().known_by = announcement.known_by;
    histories.emplace(id, *std::move(history));
  }
  WorstFirst(report.runs);
  const report::ReportFacts facts = report::FactsOf(report);
  if (announcement.kind == Kind::kFinal || announcement.kind == Kind::kNoStatus) {
    for (const RunSection& section : report.runs) posted.outcomes.push_back(section.outcome);
  }
  if (address.recipients.empty() && !IsWorthAMail(facts, announcement, judged, histories)) {
    ++posted.suppressed;
    for (const RunSection& section : report.runs) {
      posted.reasons.push_back(run::Named(judged.at(section.run).before) +
                               ": no mail, mail.notify_on does not want " +
                               std::string{Name(section.outcome)});
    }
    return {};
  }
  auto thread = ThreadOf(report, histories, transaction);
  if (!thread) return Fail(thread.error());
  address.in_reply_to = *thread;
  auto message = writer_.Write(facts, address);
  if (!message) return Fail(message.error());
  posted.subjects.push_back(message->subject);
  return transaction.Post(*message).map([](MessageId) {});
}

}  // namespace backup_monitor::announcement
