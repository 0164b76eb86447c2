#include "report/words/episode_words.h"

#include <array>
#include <optional>
#include <vector>

#include "report/words/names.h"

namespace backup_monitor::report::words {
namespace {

struct Kind {
  int Episode::*count;
  std::string_view name;  ///< The end of its catalog keys.
};

constexpr std::array<Kind, 5> kKinds{{{&Episode::failed, "failed"},
                                      {&Episode::with_snapshot, "with_snapshot"},
                                      {&Episode::without_result, "without_result"},
                                      {&Episode::unconfirmed, "unconfirmed"},
                                      {&Episode::missed, "missed"}}};

/// The kind of all runs; "mixed" where they differ.
std::string KindOf(const Episode& episode) {
  for (const Kind& kind : kKinds) {
    if (episode.*kind.count == episode.total()) return std::string{kind.name};
  }
  return "mixed";
}

}  // namespace

std::string InARow(const Voice& voice, const Episode& episode) {
  if (episode.total() < 2) return {};
  const bool one_kind = KindOf(episode) != "mixed";
  return voice.Say(one_kind ? "in_a_row" : "in_a_row.mixed",
                   {{"nth", voice.Ordinal(episode.total())}});
}

std::string SinceLabel(const Voice& voice, const Episode& episode) {
  const bool failed = episode.failed == episode.total();
  return voice.Say(failed ? "fact.failing_since" : "fact.problems_since");
}

std::string EndedAfter(const Voice& voice, const Episode& episode) {
  if (episode.total() == 0) return {};
  return voice.Count("ended_after." + KindOf(episode), episode.total());
}

std::string EndedSentence(const Voice& voice, const Episode& episode) {
  if (episode.total() == 0) return {};
  std::vector<std::string> kinds;
  for (const Kind& kind : kKinds) {
    const int count = episode.*kind.count;
    if (count > 0) kinds.push_back(voice.Count("episode." + std::string{kind.name}, count));
  }
  return voice.Count("lead.ended_after." + KindOf(episode), episode.total(),
                     {{"kinds", Joined(voice, kinds, kinds.size())}});
}

}  // namespace backup_monitor::report::words
