#pragma once

#include <string>
#include <string_view>

#include "report/facts/report_facts.h"
#include "report/words/voice.h"

namespace backup_monitor::report::words {

/// The longest subject, in bytes of UTF-8.
inline constexpr std::size_t kSubjectBytes = 200;

/// What the mail is called in its own first line: "❌ Backup failed".
[[nodiscard]] std::string Headline(const Voice& voice, const ReportFacts& facts);

/// `<prefix> <headline>: <plans> — <what lets a person triage it unread>`: one line, at most
/// kSubjectBytes. Names are cut first, what triages it stays.
[[nodiscard]] std::string Subject(const Voice& voice, std::string_view prefix,
                                  const ReportFacts& facts);

}  // namespace backup_monitor::report::words
