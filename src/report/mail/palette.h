#pragma once

#include <string>
#include <string_view>

#include "report/facts/report_facts.h"
#include "report/mail/view.h"

namespace backup_monitor::report::mail {

/// The colours of a state. Colour only repeats what a word and an icon say.
struct Tone {
  std::string_view name;  ///< CSS class "t-<name>" in the template, which has the dark colours.
  std::string_view ink;   ///< Text, at least 4.5:1 on `wash` and on white (WCAG 2.1, 1.4.3).
  std::string_view wash;  ///< Background.
};

/// "bad", "warn", "wait", "good"; anything else is "info".
[[nodiscard]] Tone ToneNamed(std::string_view name) noexcept;
[[nodiscard]] Tone ToneOf(const RunFacts& run);
[[nodiscard]] Tone ToneOf(const ReportFacts& facts);

/// Sets `<prefix>_tone`, `<prefix>_ink` and `<prefix>_wash`.
void SetTone(View& view, const std::string& prefix, Tone tone);

}  // namespace backup_monitor::report::mail
