// Writes every sample in both languages to a folder: .eml, .html, .txt and .json.
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>

#include "integration/report/sample_reports.h"
#include "report/facts/derive_facts.h"
#include "report/json/report_json.h"
#include "report/mail/mail.h"
#include "report/mail/report_writer.h"
#include "unit/report/report_builder.h"

namespace backup_monitor::testing {
namespace {

bool Write(const std::filesystem::path& file, const std::string& bytes) {
  std::ofstream stream{file, std::ios::binary};
  stream << bytes;
  return stream.good();
}

bool Render(const Sample& sample, Language language, const std::filesystem::path& folder) {
  const report::mail::ReportWriter writer{language, "[NS8 Backup]", Rome()};
  const report::ReportFacts facts = report::FactsOf(sample.report);
  const RenderedReport words = writer.Render(facts);
  const std::string name = sample.name + (language == Language::kItalian ? ".it" : ".en");
  const auto mail = report::mail::ComposeMail({.from = "backup@example.org",
                                               .date = sample.report.created_at,
                                               .message_id = "<" + name + "@example.org>",
                                               .in_reply_to = "<before@example.org>",
                                               .thread_root = "<first@example.org>"},
                                              words);
  return mail && Write(folder / (name + ".eml"), *mail) &&
         Write(folder / (name + ".html"), words.html) &&
         Write(folder / (name + ".txt"), words.subject + "\n\n" + words.text) &&
         Write(folder / (name + ".json"), report::json::ReportJson(facts));
}

}  // namespace
}  // namespace backup_monitor::testing

int main(int argc, char** argv) {
  using namespace backup_monitor;
  if (argc != 2) {
    std::cerr << "usage: render_samples FOLDER\n";
    return 2;
  }
  std::filesystem::create_directories(argv[1]);
  for (const auto& sample : testing::SampleReports()) {
    for (const Language language : {Language::kEnglish, Language::kItalian}) {
      if (!testing::Render(sample, language, argv[1])) {
        std::cerr << "cannot write " << sample.name << "\n";
        return 1;
      }
    }
  }
}
