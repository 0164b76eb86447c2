#include "report/words/alert_words.h"

#include "report/facts/standing.h"
#include "report/facts/tally.h"
#include "report/words/names.h"
#include "text/fit_text.h"

namespace backup_monitor {
namespace {

constexpr std::size_t kNamesQuoted = 10;
constexpr std::size_t kNodeCharacters = 40;

}  // namespace

std::string PendingWords(const Voice& voice, const RunSection& run) {
  return voice.Say(IsOnlyAlerted(run) ? "explain.pending_alert" : "explain.pending");
}

std::vector<std::string> AlertSentences(const Voice& voice, const RunSection& run) {
  if (!run.alert || HasNoStatus(run)) return {};
  const std::string when = voice.WhenAndAge(run.alert->since);
  const std::string node = ShowForeign(run.alert->node, kNodeCharacters);
  std::vector<std::string> sentences;
  if (!run.alert->names_plan)
    sentences.push_back(voice.Say("lead.alert_without_plan", {{"when", when}}));
  else if (node.empty()) sentences.push_back(voice.Say("lead.alert", {{"when", when}}));
  else sentences.push_back(voice.Say("lead.alert_on_node", {{"when", when}, {"node", node}}));
  if (!run.alert_unexplained) return sentences;
  sentences.push_back(
      voice.Say(run.open ? "lead.alert_unexplained_yet" : "lead.alert_unexplained"));
  return sentences;
}

std::vector<std::string> SummarySentences(const Voice& voice, const AlertSummary& summary) {
  std::vector<std::string> sentences{
      voice.Count("opening.alert_summary", summary.alerts,
                  {{"from", voice.When(summary.from)}, {"to", voice.When(summary.to)}})};
  std::vector<std::string> names;
  for (const std::string& name : summary.names) names.push_back(ShowForeign(name));
  if (!names.empty()) {
    sentences.push_back(
        voice.Say("opening.alert_summary_names", {{"names", Joined(voice, names, kNamesQuoted)}}));
  }
  return sentences;
}

}  // namespace backup_monitor
