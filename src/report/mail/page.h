#pragma once

#include "report/facts/report_facts.h"
#include "report/mail/view.h"
#include "report/words/voice.h"

namespace backup_monitor::report::mail {

/// Everything that a mail says, as the templates want it, in the order in which a reader asks: what
/// happened, which modules, since when, how long, how big, what is not known, what to do. The list of
/// what went well comes last, so that nobody has to scroll past it.
[[nodiscard]] View PageOf(const words::Voice& voice, const ReportFacts& facts);

}  // namespace backup_monitor::report::mail
