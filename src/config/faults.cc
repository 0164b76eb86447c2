#include "config/faults.h"

#include <algorithm>

#include "text/ascii.h"
#include "text/fit_text.h"

namespace backup_monitor::config {
namespace {

constexpr std::size_t kMostFaults = 100;
constexpr std::size_t kMostShownBytes = 60;

}  // namespace

void Faults::Add(int line, std::string what) { faults_.push_back({line, std::move(what)}); }

void Faults::Warn(int line, std::string what) { warnings_.push_back({line, std::move(what)}); }

std::vector<std::string> Faults::Warnings(std::string_view file_name) const {
  std::vector<Fault> sorted = warnings_;
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const Fault& left, const Fault& right) { return left.line < right.line; });
  std::vector<std::string> lines;
  lines.reserve(sorted.size());
  for (const Fault& warning : sorted) {
    lines.push_back("warning: " + std::string{file_name} + ":" + std::to_string(warning.line) +
                    ": " + warning.what);
  }
  return lines;
}

Error Faults::ToError(std::string_view file_name) && {
  std::stable_sort(faults_.begin(), faults_.end(),
                   [](const Fault& left, const Fault& right) { return left.line < right.line; });
  std::string message;
  for (std::size_t i = 0; i < faults_.size() && i < kMostFaults; ++i) {
    if (i != 0) message += '\n';
    message.append(file_name).append(":").append(std::to_string(faults_[i].line));
    message.append(": ").append(faults_[i].what);
  }
  if (faults_.size() > kMostFaults) {
    message.append("\n").append(file_name).append(":");
    message += std::to_string(faults_[kMostFaults].line) + ": and " +
               std::to_string(faults_.size() - kMostFaults) + " more";
  }
  for (const std::string& warning : Warnings(file_name)) message += "\n" + warning;
  return {ErrorCode::kInvalidInput, std::move(message)};
}

std::string Shown(std::string_view text) {
  const std::string_view begin = BeginningOf(text, kMostShownBytes);
  std::string shown = "'";
  for (const char c : begin) shown += IsAsciiControl(c) ? '?' : c;
  return shown + (begin.size() < text.size() ? "…'" : "'");
}

std::string ShownKey(std::string_view key) {
  const bool word =
      !key.empty() && key.size() <= kMostShownBytes &&
      std::none_of(key.begin(), key.end(), [](char c) { return IsAsciiControl(c) || c == ' '; });
  return word ? std::string{key} : Shown(key);
}

}  // namespace backup_monitor::config
