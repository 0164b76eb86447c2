#include "report/mail/report_writer.h"

#include <utility>

#include "embedded/mail_templates.h"
#include "report/mail/page.h"
#include "report/mail/template.h"
#include "report/words/subject.h"

namespace backup_monitor::report::mail {
namespace {

// A section that is left out leaves its line end: of empty lines in a row one is kept.
std::string WithSingleGaps(const std::string& text) {
  std::string tidy;
  tidy.reserve(text.size());
  for (const char c : text) {
    if (c == '\n' && tidy.size() >= 2 && tidy.compare(tidy.size() - 2, 2, "\n\n") == 0) continue;
    tidy += c;
  }
  return tidy;
}

}  // namespace

ReportWriter::ReportWriter(Language language, std::string subject_prefix, words::Zone zone)
    : catalog_{words::Catalog::Of(language)},
      subject_prefix_{std::move(subject_prefix)},
      zone_{std::move(zone)} {}

RenderedReport ReportWriter::Render(const ReportFacts& facts) const {
  const words::Voice voice{catalog_, zone_, facts.report.created_at};
  const View page = PageOf(voice, facts);
  return {.subject = words::Subject(voice, subject_prefix_, facts),
          .text = WithSingleGaps(FillTemplate(embedded::mail_templates::Find("mail.txt.mustache"),
                                              Escaping::kNone, page, catalog_)),
          .html = FillTemplate(embedded::mail_templates::Find("mail.html.mustache"),
                               Escaping::kHtml, page, catalog_)};
}

}  // namespace backup_monitor::report::mail
