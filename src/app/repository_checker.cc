#include "app/repository_checker.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "base/log.h"
#include "probe/conclusion.h"
#include "text/utc_time.h"

namespace backup_monitor::app {
namespace {

using probe::ProbeOrder;

constexpr std::chrono::seconds kBusyPause{5};

std::string Named(const ProbeOrder& order) {
  return "repository check of " + order.record.module.value() + ", plan " +
         order.record.plan.value() + ", destination " + order.destination_id + ",";
}

std::string Said(const ProbeOrder& order, const Finding& finding) {
  std::string said = "checked the repository of " + order.record.module.value() + ", plan " +
                     order.record.plan.value() + ": ";
  if (finding.cause) said += std::string{Name(*finding.cause)};
  if (finding.cause && !finding.words.empty()) said += " (" + finding.words + ")";
  if (finding.cause && !finding.newest) return said;
  if (finding.cause) said += ", ";
  if (!finding.newest) return said + "no snapshot";
  return said + (finding.complete ? "newest snapshot " : "newest snapshot that could be read ") +
         IsoTime(finding.newest->at) +
         (finding.of_run ? ", one of this run" : ", none of this run");
}

/// Why a repository could not be asked; none: it, or restic for it, has answered, whatever that was.
std::optional<ErrorCode> TroubleOf(const Finding& finding) {
  if (!finding.cause) return std::nullopt;
  switch (*finding.cause) {
    case ProbeCause::kUnreachable:
    case ProbeCause::kNotStarted: return ErrorCode::kUnavailable;
    case ProbeCause::kTimeout: return ErrorCode::kTimeout;
    case ProbeCause::kDenied:
    case ProbeCause::kCertificate:
    case ProbeCause::kHostKey: return ErrorCode::kDenied;
    case ProbeCause::kUnknown: return ErrorCode::kInvalidInput;
    case ProbeCause::kLocked:
    case ProbeCause::kWrongKey:
    case ProbeCause::kNoRepository:
    case ProbeCause::kDamaged:
    case ProbeCause::kFull:
    case ProbeCause::kDamagedLock:
    case ProbeCause::kIncomplete: break;
  }
  return std::nullopt;
}

}  // namespace

void RepositoryChecker::DeclareMetrics(Metrics& metrics) {
  metrics.DeclareCounter("backup_monitor_probes_total",
                         "Looks into backup repositories, by result.");
  metrics.DeclareCounter("backup_monitor_probe_seconds_total", "Time spent in these looks.");
  metrics.Add("backup_monitor_probes_total", {{"result", "read"}}, 0);
  metrics.Add("backup_monitor_probe_seconds_total", {}, 0);
}

RepositoryChecker::~RepositoryChecker() { Stop(); }

void RepositoryChecker::Start(std::function<void()> wake) {
  wake_ = std::move(wake);
  thread_ = std::jthread{[this](const std::stop_token& stop) { Run(stop); }};
}

void RepositoryChecker::Stop() {
  if (!thread_.joinable()) return;
  thread_.request_stop();
  thread_.join();
}

void RepositoryChecker::Request(const announcement::ProbeJob& job) {
  const MutexLock lock{mutex_};
  Work& work = work_[job.report];
  work.begin_before = job.begin_before;
  work.waiting.clear();
  work.wanted.clear();
  for (const ProbeOrder& order : job.orders) {
    const RecordKey key = order.record.key();
    work.wanted.insert(key);
    if (!work.given_up.contains(key) && !IsUnderWay(key)) work.waiting.push_back(order);
  }
  asked_.notify_all();
}

bool RepositoryChecker::IsUnderWay(const RecordKey& record) const {
  return looking_ == record || std::any_of(found_.begin(), found_.end(), [&](const Found& found) {
           return found.record == record;
         });
}

void RepositoryChecker::Drop(PostponedId report) {
  const MutexLock lock{mutex_};
  work_.erase(report);
  std::erase_if(blocked_, [this](const auto& blocked) REQUIRES(mutex_) {
    return std::none_of(work_.begin(), work_.end(), [&](const auto& entry) {
      const auto& waiting = entry.second.waiting;
      return std::any_of(waiting.begin(), waiting.end(),
                         [&](const auto& order) { return order.destination_id == blocked.first; });
    });
  });
}

bool RepositoryChecker::HasGivenUp(PostponedId report,
                                   const std::vector<ProbeOrder>& missing) const {
  const MutexLock lock{mutex_};
  const auto work = work_.find(report);
  if (work == work_.end()) return false;
  return std::all_of(missing.begin(), missing.end(), [&](const ProbeOrder& order) {
    return work->second.given_up.contains(order.record.key());
  });
}

std::vector<Found> RepositoryChecker::Collect() {
  const MutexLock lock{mutex_};
  return std::exchange(found_, {});
}

void RepositoryChecker::Run(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    const auto order = Next();
    if (!order) {
      Await(stop);
      continue;
    }
    LogDebug(Named(order->second) + " begins: for the report " +
             std::to_string(static_cast<std::int64_t>(order->first)));
    const auto begin = std::chrono::steady_clock::now();
    const auto answer = Look(order->second, stop);
    if (stop.stop_requested()) return;  // what was cut short says nothing of the repository
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    parts_.metrics.Add("backup_monitor_probe_seconds_total", {}, took.count());
    if (!answer) LogDebug(Named(order->second) + " is put back: an earlier one still runs");
    if (answer)
      Note(order->second, probe::Conclude(order->second.record, *answer, parts_.clock.Now()));
    else PutBack(*order);
  }
}

/// Until there is a look to begin, or a destination to be tried again.
void RepositoryChecker::Await(const std::stop_token& stop) {
  MutexLock lock{mutex_};
  std::optional<Instant> again;
  for (const auto& [report, work] : work_) {
    for (const ProbeOrder& order : work.waiting) {
      const auto blocked = blocked_.find(order.destination_id);
      if (blocked != blocked_.end())
        again = std::min(again.value_or(blocked->second), blocked->second);
    }
  }
  if (again)
    asked_.wait_until(lock.native(), stop, *again, [this]() REQUIRES(mutex_) { return HasWork(); });
  else asked_.wait(lock.native(), stop, [this]() REQUIRES(mutex_) { return HasWork(); });
}

bool RepositoryChecker::MayBegin(const ProbeOrder& order) const {
  const auto blocked = blocked_.find(order.destination_id);
  return blocked == blocked_.end() || blocked->second <= std::chrono::steady_clock::now();
}

bool RepositoryChecker::HasWork() const {
  return std::any_of(work_.begin(), work_.end(), [this](const auto& entry) REQUIRES(mutex_) {
    const auto& waiting = entry.second.waiting;
    return std::any_of(waiting.begin(), waiting.end(),
                       [this](const auto& order) REQUIRES(mutex_) { return MayBegin(order); });
  });
}

/// An earlier check of the same destination goes on: a while later there may be room for this one.
void RepositoryChecker::PutBack(const Order& order) {
  const MutexLock lock{mutex_};
  looking_.reset();
  blocked_[order.second.destination_id] = std::chrono::steady_clock::now() + kBusyPause;
  const auto work = work_.find(order.first);
  if (work != work_.end() && work->second.wanted.contains(order.second.record.key())) {
    work->second.waiting.push_front(order.second);
  }
}

bool RepositoryChecker::IsBlocked(const std::vector<ProbeOrder>& orders) const {
  const MutexLock lock{mutex_};
  return std::any_of(orders.begin(), orders.end(),
                     [this](const ProbeOrder& order)
                         REQUIRES(mutex_) { return blocked_.contains(order.destination_id); });
}

/// The next look for which there is time; gives up those for which there is none.
std::optional<RepositoryChecker::Order> RepositoryChecker::Next() {
  std::optional<Order> next;
  bool gave_up = false;
  {
    const MutexLock lock{mutex_};
    for (auto& [report, work] : work_) {
      const bool time_left = parts_.clock.Now() + parts_.timeout <= work.begin_before;
      while (!time_left && !work.waiting.empty()) {
        work.given_up.insert(work.waiting.front().record.key());
        LogDebug(Named(work.waiting.front()) +
                 " is given up: not enough of repo_check.run_timeout is left");
        work.waiting.pop_front();
        gave_up = true;
      }
      const auto order = std::find_if(work.waiting.begin(), work.waiting.end(),
                                      [this](const ProbeOrder& waiting)
                                          REQUIRES(mutex_) { return MayBegin(waiting); });
      if (next || order == work.waiting.end()) continue;
      next.emplace(report, std::move(*order));
      work.waiting.erase(order);
      looking_ = next->second.record.key();
    }
  }
  if (gave_up) wake_();
  return next;
}

std::optional<probe::ProbeAnswer> RepositoryChecker::Look(const ProbeOrder& order,
                                                          const std::stop_token& stop) {
  probe::RepositoryAddress address{
      order.record.plan, order.record.module, order.destination_id, {}};
  if (parts_.find_path) {
    auto path = parts_.find_path(address.module);
    if (!path) return probe::Refusal(ProbeCause::kUnknown, path.error().message);
    address.path = *std::move(path);
  }
  return parts_.repository.ReadSnapshots(address, stop);
}

void RepositoryChecker::Note(const ProbeOrder& order, Finding finding) {
  LogInfo(Said(order, finding));
  const std::string result{finding.cause ? Name(*finding.cause) : "read"};
  parts_.metrics.Add("backup_monitor_probes_total", {{"result", result}});
  if (const auto trouble = TroubleOf(finding))
    parts_.witnesses.Failed("repositories", finding.probed_at, *trouble);
  else parts_.witnesses.Answered("repositories", finding.probed_at);
  const RecordKey key = order.record.key();
  {
    const MutexLock lock{mutex_};
    looking_.reset();
    blocked_.erase(order.destination_id);
    const bool wanted = std::any_of(work_.begin(), work_.end(), [&](const auto& entry) {
      return entry.second.wanted.contains(key);
    });
    if (!wanted) return;  // its report could not wait
    found_.push_back({key, std::move(finding)});
  }
  wake_();
}

}  // namespace backup_monitor::app
