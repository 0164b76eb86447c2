#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "base/error.h"
#include "model/finding.h"
#include "model/message.h"
#include "model/report.h"
#include "model/run.h"
#include "model/verdict.h"

namespace backup_monitor::sqlite {

/// The words that stand for an enumeration in the file, in the order of its values. Never change
/// one without a migration.
template <typename Enum>
struct Words;

template <>
struct Words<RunOrigin> {
  static constexpr std::array<std::string_view, 6> kList{"records",   "history", "alert",
                                                         "no_status", "compact", "schedule"};
};
template <>
struct Words<ReportKind> {
  static constexpr std::array<std::string_view, 13> kList{
      "early_notice", "final",       "update",        "no_status",     "unknown_plan",
      "on_request",   "test",        "undelivered",   "alert_summary", "late_notice",
      "never_due",    "unprotected", "recovery_point"};
};
template <>
struct Words<DeliveryState> {
  static constexpr std::array<std::string_view, 4> kList{"waiting", "delivered", "failed",
                                                         "summarized"};
};
template <>
struct Words<AttemptResult> {
  static constexpr std::array<std::string_view, 5> kList{"delivered", "temporary", "permanent",
                                                         "disabled", "refused"};
};

template <>
struct Words<ErrorCode> {
  static constexpr std::array<std::string_view, 7> kList{
      "invalid_input", "too_large", "not_found", "denied", "timeout", "unavailable", "corrupt"};
};

template <>
struct Words<Announcement::Kind> {
  static constexpr std::array<std::string_view, 11> kList{
      "early_notice",  "final",       "update",    "no_status",   "unknown_plan",
      "standing",  // kPlansSucceeded: stores know it by this word
      "alert_summary", "late_notice", "never_due", "unprotected", "recovery_point"};
};

template <typename Enum>
[[nodiscard]] std::string_view WordOf(Enum value) {
  return Words<Enum>::kList.at(static_cast<std::size_t>(value));
}
[[nodiscard]] inline std::string_view WordOf(Verdict value) { return Name(value); }
[[nodiscard]] inline std::string_view WordOf(Outcome value) { return Name(value); }
[[nodiscard]] inline std::string_view WordOf(ProbeCause value) { return Name(value); }

/// False if there is no such word.
template <typename Enum>
[[nodiscard]] bool FromWord(std::string_view word, Enum& value) {
  const auto& list = Words<Enum>::kList;
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (list[i] != word) continue;
    value = static_cast<Enum>(i);
    return true;
  }
  return false;
}
[[nodiscard]] inline bool FromWord(std::string_view word, Verdict& value) {
  const auto named = VerdictNamed(word);
  value = named.value_or(value);
  return named.has_value();
}
[[nodiscard]] inline bool FromWord(std::string_view word, Outcome& value) {
  const auto named = OutcomeNamed(word);
  value = named.value_or(value);
  return named.has_value();
}
[[nodiscard]] inline bool FromWord(std::string_view word, ProbeCause& value) {
  const auto named = ProbeCauseNamed(word);
  value = named.value_or(value);
  return named.has_value();
}

}  // namespace backup_monitor::sqlite
