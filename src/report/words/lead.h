#pragma once

#include <string>
#include <vector>

#include "report/facts/report_facts.h"
#include "report/words/voice.h"

namespace backup_monitor::report::words {

/// What happened in `run`, in one to four plain sentences. Never "saved" of data that was not, never
/// "not saved" of data that was.
[[nodiscard]] std::vector<std::string> WhatHappened(const Voice& voice, const RunFacts& facts);

/// What the whole mail is about, where no run says it: early notice, update, test, no status, ...
[[nodiscard]] std::vector<std::string> Opening(const Voice& voice, const ReportFacts& facts);

/// "✅ Backup completed"
[[nodiscard]] std::string PhraseWords(const Voice& voice, Phrase phrase);

/// The same of a run, or "⏳ Backup still running".
[[nodiscard]] std::string RunHeadline(const Voice& voice, const RunFacts& run);

}  // namespace backup_monitor::report::words
