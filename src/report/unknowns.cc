#include "report/unknowns.h"

#include <algorithm>

#include "report/foreign_text.h"

namespace backup_monitor {
namespace {

constexpr std::size_t kComplaints = 20;
constexpr std::size_t kComplaintCharacters = 300;

void AddOnce(std::string sentence, std::vector<std::string>& sentences) {
  if (std::find(sentences.begin(), sentences.end(), sentence) == sentences.end()) {
    sentences.push_back(std::move(sentence));
  }
}

void AddRuns(const Voice& voice, const Report& report, std::vector<std::string>& sentences) {
  for (const RunSection& run : report.runs) {
    if (run.gap && sentences.size() < 3) {
      AddOnce(voice.Say("unknown.gap", {{"from", voice.When(run.gap->from)},
                                        {"to", voice.When(run.gap->to)}}),
              sentences);
    }
    if (run.origin == RunOrigin::kCompact) AddOnce(voice.Say("unknown.compact"), sentences);
    if (run.origin == RunOrigin::kHistory) AddOnce(voice.Say("unknown.history"), sentences);
  }
}

}  // namespace

std::vector<std::string> WhatIsNotKnown(const Voice& voice, const Report& report) {
  std::vector<std::string> sentences;
  if (!report.watch.cluster_reachable) sentences.push_back(voice.Say("unknown.cluster"));
  AddRuns(voice, report, sentences);
  for (std::size_t i = 0; i < report.complaints.size() && i < kComplaints; ++i) {
    sentences.push_back(ShowForeign(report.complaints[i], kComplaintCharacters));
  }
  if (report.complaints.size() > kComplaints) {
    sentences.push_back(voice.Count(
        "unknown.more", static_cast<std::int64_t>(report.complaints.size() - kComplaints)));
  }
  return sentences;
}

}  // namespace backup_monitor
