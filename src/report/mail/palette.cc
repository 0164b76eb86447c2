#include "report/mail/palette.h"

#include <algorithm>
#include <array>

namespace backup_monitor::report::mail {
namespace {

constexpr std::array<Tone, 5> kTones{{{"bad", "#9f1620", "#fdeced"},
                                      {"warn", "#7a4700", "#fff3df"},
                                      {"wait", "#1d4a7c", "#e9f2fc"},
                                      {"good", "#135c2d", "#e7f6ec"},
                                      {"info", "#3a3f4a", "#eef0f4"}}};

std::string_view NameOf(Phrase phrase) noexcept {
  switch (phrase) {
    case Phrase::kCompleted: return "good";
    case Phrase::kNotFinished: return "wait";
    case Phrase::kNotConfirmed:
    case Phrase::kPartiallyFailed: return "warn";
    case Phrase::kDidNotRun:
    case Phrase::kFailed: return "bad";
  }
  return "info";
}

/// What is not over has not failed, so it is never red.
Tone ToneOfLate(const ReportFacts& facts) {
  return ToneNamed(facts.only_alerted || facts.phrase >= Phrase::kNotConfirmed ? "warn" : "wait");
}

std::size_t PlaceOf(const Tone& tone) {
  std::size_t place = 0;
  while (place + 1 < kTones.size() && kTones.at(place).name != tone.name) ++place;
  return place;
}

}  // namespace

Tone ToneNamed(std::string_view name) noexcept {
  for (const Tone& tone : kTones) {
    if (tone.name == name) return tone;
  }
  return kTones.back();
}

Tone ToneOf(const RunFacts& run) {
  if (run.only_alerted) return ToneNamed("warn");
  const bool waits = run.goes_on && run.phrase < Phrase::kNotConfirmed;
  return ToneNamed(waits ? "wait" : NameOf(run.phrase));
}

Tone ToneOf(const ReportFacts& facts) {
  const Report& report = facts.report;
  switch (report.kind) {
    case ReportKind::kTest:
    case ReportKind::kUndelivered: return ToneNamed("info");
    case ReportKind::kEarlyNotice: return ToneNamed("warn");
    case ReportKind::kLateNotice: return ToneOfLate(facts);
    case ReportKind::kOnRequest:
      if (report.runs.empty() && facts.trouble == Trouble::kNone) return ToneNamed("info");
      if (report.alert && report.worst() <= Outcome::kIncomplete) return ToneNamed("warn");
      break;
    default: break;
  }
  if (report.runs.empty()) return ToneNamed(NameOf(facts.phrase));
  // The tones are in order, the worst first.
  std::size_t worst = kTones.size() - 1;
  if (facts.trouble != Trouble::kNone) worst = PlaceOf(ToneNamed(NameOf(facts.trouble_phrase)));
  for (const RunFacts& run : facts.runs) worst = std::min(worst, PlaceOf(ToneOf(run)));
  return kTones.at(worst);
}

void SetTone(View& view, const std::string& prefix, Tone tone) {
  view.Set(prefix + "_tone", std::string{tone.name});
  view.Set(prefix + "_ink", std::string{tone.ink});
  view.Set(prefix + "_wash", std::string{tone.wash});
}

}  // namespace backup_monitor::report::mail
