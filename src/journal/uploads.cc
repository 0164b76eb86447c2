#include "journal/uploads.h"

#include <algorithm>
#include <utility>

#include "base/redaction.h"
#include "journal/read_share.h"
#include "journal/sentence.h"
#include "journal/timer_unit.h"

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
  for (const JournalEntry& entry : excerpt->entries) {
    if (auto upload = UploadIn(entry)) reading.uploads.push_back(*std::move(upload));
  }
  std::ranges::stable_sort(reading.uploads, {},
                           [](const PlanUpload& upload) { return upload.upload.at; });
  return reading;
}

Time ReadUploadsFrom(const ClusterUploads& known, Time now) {
  const Time first = now - kUploadsBack;
  return known.known_to ? std::max(*known.known_to - kEntriesLate, first) : first;
}

}  // namespace backup_monitor::journal
