#include "report/words/presence_words.h"

#include "report/words/names.h"

namespace backup_monitor::report::words {
namespace {

constexpr std::size_t kNodesNamed = 10;

std::string AwayWords(const Voice& voice, const std::string& node, const Absence& away) {
  const std::string from = away.from ? voice.When(*away.from) : std::string{};
  const std::string until = away.until ? voice.When(*away.until) : std::string{};
  const char* key = "node.away";
  if (from.empty() && until.empty()) key = "node.away_still";
  else if (from.empty()) key = "node.away_until";
  else if (until.empty()) key = "node.away_since";
  return voice.Say(key, {{"node", node}, {"from", from}, {"until", until}});
}

}  // namespace

void AddNodes(const Voice& voice, const RunFacts& run, std::vector<std::string>& sentences) {
  for (std::size_t i = 0; i < run.nodes.size() && i < kNodesNamed; ++i) {
    const NodeFacts& node = run.nodes[i];
    const std::string name = NodeName(voice, node.line.node, node.line.node_name);
    for (const Absence& away : node.away) sentences.push_back(AwayWords(voice, name, away));
    if (node.booted)
      sentences.push_back(
          voice.Say("node.booted", {{"node", name}, {"when", voice.When(*node.booted)}}));
  }
  if (run.nodes.size() > kNodesNamed)
    sentences.push_back(
        voice.Count("node.more", static_cast<std::int64_t>(run.nodes.size() - kNodesNamed)));
}

}  // namespace backup_monitor::report::words
