#include "journal/uploads.h"

#include <algorithm>
#include <utility>

#include "base/redaction.h"
#include "journal/read_share.h"
#include "journal/sentence.h"
#include "journal/timer_unit.h"
#include "model/node_log.h"

namespace backup_monitor::journal {
namespace {

std::optional<PlanUpload> UploadIn(const JournalEntry& entry) {
  const auto plan = PlanOfTimer(entry.unit);
  if (!plan) return std::nullopt;
  const auto sentence = ReadSentence(entry);
  if (!sentence) return std::nullopt;
  const bool uploaded = sentence->kind == Sentence::Kind::kClusterUploaded;
  if (!uploaded && sentence->kind != Sentence::Kind::kClusterNotUploaded) return std::nullopt;
  return PlanUpload{
      *plan,
      {std::chrono::floor<seconds>(entry.at), uploaded,
       uploaded ? std::string{} : Quotable(sentence->words, ClusterUpload::kMostWords)}};
}

/// A log to which the leader sends nothing knows nothing of what it does.
std::optional<ErrorCode> WhyOutdated(Journal& journal, NodeId leader, Time now,
                                     Journal::Deadline deadline, const std::stop_token& stop) {
  const auto newest =
      journal.NewestEntry(leader, now - NodeLog::kIsCurrent, now + kAhead, deadline, stop);
  if (!newest) return newest.error().code;
  return *newest ? std::nullopt : std::optional{ErrorCode::kUnavailable};
}

}  // namespace

UploadReading ReadUploads(Journal& journal, NodeId leader, Time from, Time now,
                          Journal::Deadline deadline, const std::stop_token& stop) {
  UploadReading reading{.read_at = now};
  const auto excerpt =
      journal.Read({.node = leader, .from = from, .to = now + kAhead, .of = Wanted::Of::kUploads},
                   deadline, stop);
  if (!excerpt) {
    reading.trouble = excerpt.error().code;
    return reading;
  }
  if (!excerpt->complete) reading.trouble = ErrorCode::kTooLarge;
  else reading.trouble = WhyOutdated(journal, leader, now, deadline, stop);
  for (const JournalEntry& entry : excerpt->entries) {
    if (auto upload = UploadIn(entry)) reading.uploads.push_back(*std::move(upload));
  }
  std::ranges::stable_sort(reading.uploads, {},
                           [](const PlanUpload& upload) { return upload.upload.at; });
  return reading;
}

Time ReadUploadsFrom(const ClusterUploads& known, Time now) {
  const bool was_too_much =
      known.trouble == ErrorCode::kTimeout || known.trouble == ErrorCode::kTooLarge;
  const Time first = now - (was_too_much ? kEntriesLate : kUploadsBack);
  return known.known_to ? std::max(*known.known_to - kEntriesLate, first) : first;
}

}  // namespace backup_monitor::journal
