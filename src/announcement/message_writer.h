#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "model/message.h"
#include "model/plan_history.h"
#include "model/preferences.h"
#include "report/facts/report_facts.h"
#include "report/mail/report_writer.h"

namespace backup_monitor::announcement {

/// Who sends reports, to whom and how: a part of `mail` in the configuration.
struct Correspondence {
  std::string from;
  std::vector<std::string> to;
  Language language = Language::kEnglish;
  std::string subject_prefix;
};

/// Makes a message of a report: words, headers, and its place in a thread.
class MessageWriter {
 public:
  explicit MessageWriter(Correspondence mail);

  /// What goes with a message besides the report.
  struct Address {
    std::vector<std::string> recipients;     ///< Empty: those of the configuration.
    std::optional<PastMessage> in_reply_to;  ///< Its thread goes on.
    TriggerId request{};
  };

  /// \return kInvalidInput if an address cannot stand in a mail.
  [[nodiscard]] Result<Message> Write(const report::ReportFacts& facts,
                                      const Address& address) const;

  /// Words only: the command line's `report`.
  [[nodiscard]] RenderedReport Render(const report::ReportFacts& facts) const {
    return writer_.Render(facts);
  }

 private:
  Correspondence mail_;
  report::mail::ReportWriter writer_;
};

}  // namespace backup_monitor::announcement
