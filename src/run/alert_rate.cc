#include "run/alert_rate.h"

#include <algorithm>
#include <utility>

#include "run/reasons.h"

namespace backup_monitor::run {
namespace {

constexpr int kSingly = 3;
constexpr seconds kHour = std::chrono::hours{1};
constexpr std::size_t kMostNames = 10;
constexpr std::size_t kMostNameBytes = 200;

bool IsOver(const AlertRate& rate, Time now) { return rate.since && now - *rate.since >= kHour; }

/// True if one more may be sent singly; counts it.
bool CountOne(AlertRate& rate, Time now) {
  if (!rate.since) rate.since = now;
  if (rate.singly >= kSingly) return false;
  ++rate.singly;
  return true;
}

void AddName(const Announcement& announcement, AlertRate& rate) {
  const auto plan = announcement.alert ? announcement.alert->plan() : std::nullopt;
  if (!plan || rate.names.size() >= kMostNames || plan->text.size() > kMostNameBytes) return;
  const auto known = std::find(rate.names.begin(), rate.names.end(), plan->text);
  if (known == rate.names.end()) rate.names.push_back(plan->text);
}

}  // namespace

void EndAlertHour(RunBook& book) {
  AlertRates rates = book.memory().alert_rates;
  AlertRate& rate = rates.unmatched;
  if (!IsOver(rate, book.now())) return;
  if (rate.summarized > 0) {
    Announcement summary{Announcement::Kind::kAlertSummary, {}, std::nullopt};
    summary.summary = {*rate.since, book.now(), rate.summarized, std::move(rate.names)};
    book.Announce(std::move(summary));
  }
  rate = {};
  book.SetAlertRates(std::move(rates));
}

AlertAnswer::Kind ReportAlert(Announcement announcement, RunBook& book) {
  AlertRates rates = book.memory().alert_rates;
  const bool singly = CountOne(rates.unmatched, book.now());
  if (!singly) {
    ++rates.unmatched.summarized;
    AddName(announcement, rates.unmatched);
  }
  book.SetAlertRates(std::move(rates));
  if (!singly) return AlertAnswer::Kind::kSummarized;
  book.Announce(std::move(announcement));
  return AlertAnswer::Kind::kReported;
}

void AnnounceRestingOnAlerts(std::vector<Announcement> runs, RunBook& book) {
  AlertRates rates = book.memory().alert_rates;
  const bool together = IsOver(rates.runs, book.now());
  if (together) rates.runs = {};
  if (together && runs.size() > 1) {
    Announcement all{Announcement::Kind::kFinal, {}, std::nullopt};
    for (const Announcement& one : runs) all.runs.push_back(one.runs.front());
    runs = {std::move(all)};
  }
  for (Announcement& one : runs) {
    const RunId id = one.runs.front();
    const Run& run = book.memory().runs.at(id);
    if (CountOne(rates.runs, book.now())) {
      book.Announce(std::move(one));
    } else if (run.closed_at() == book.now()) {
      book.NoteWaitingRun();
      book.Reason(Named(run) + " rests on an alert: its report waits for the end of the hour");
    }
  }
  book.SetAlertRates(std::move(rates));
}

std::optional<Time> NextAlertHourEnd(const RunMemory& memory) {
  std::optional<Time> next;
  const auto consider = [&next](const AlertRate& rate) {
    if (rate.since && (!next || *rate.since + kHour < *next)) next = *rate.since + kHour;
  };
  if (memory.alert_rates.unmatched.summarized > 0) consider(memory.alert_rates.unmatched);
  const bool waiting = std::any_of(memory.runs.begin(), memory.runs.end(), [](const auto& entry) {
    const Run& run = entry.second;
    return !run.open() && !run.announced() && run.rests_on_alert();
  });
  if (waiting) consider(memory.alert_rates.runs);
  return next;
}

}  // namespace backup_monitor::run
