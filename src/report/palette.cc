#include "report/palette.h"

#include <array>

#include "report/alert_words.h"

namespace backup_monitor {
namespace {

constexpr std::array<Tone, 5> kTones{{{"bad", "#9f1620", "#fdeced"},
                                      {"warn", "#7a4700", "#fff3df"},
                                      {"wait", "#1d4a7c", "#e9f2fc"},
                                      {"good", "#135c2d", "#e7f6ec"},
                                      {"info", "#3a3f4a", "#eef0f4"}}};

std::string_view NameOf(Outcome outcome) noexcept {
  switch (outcome) {
    case Outcome::kSuccess: return "good";
    case Outcome::kIncomplete: return "wait";
    case Outcome::kPartial: return "warn";
    case Outcome::kMissed:
    case Outcome::kRepoFailure: return "bad";
  }
  return "info";
}

}  // namespace

Tone ToneNamed(std::string_view name) noexcept {
  for (const Tone& tone : kTones) {
    if (tone.name == name) return tone;
  }
  return kTones.back();
}

Tone ToneOf(const RunSection& run) noexcept {
  if (IsOnlyAlerted(run) || IsUnconfirmedByAlert(run)) return ToneNamed("warn");
  return ToneNamed(run.open && run.outcome != Outcome::kRepoFailure && run.outcome != Outcome::kPartial
                       ? "wait"
                       : NameOf(run.outcome));
}

Tone ToneOf(const Report& report) noexcept {
  switch (report.kind) {
    case ReportKind::kTest:
    case ReportKind::kUndelivered: return ToneNamed("info");
    case ReportKind::kEarlyNotice: return ToneNamed("warn");
    case ReportKind::kOnRequest:
      if (report.runs.empty()) return ToneNamed("info");
      if (report.alert && report.worst() <= Outcome::kIncomplete) return ToneNamed("warn");
      break;
    default: break;
  }
  return report.runs.size() == 1 ? ToneOf(report.runs.front()) : ToneNamed(NameOf(report.worst()));
}

void SetTone(View& view, const std::string& prefix, Tone tone) {
  view.Set(prefix + "_tone", std::string{tone.name});
  view.Set(prefix + "_ink", std::string{tone.ink});
  view.Set(prefix + "_wash", std::string{tone.wash});
}

}  // namespace backup_monitor
