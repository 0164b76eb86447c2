#include "cluster/complaints.h"

#include <utility>

#include "text/fit_text.h"

namespace backup_monitor::cluster {
namespace {

constexpr std::size_t kMost = 20;

}  // namespace

void Complaints::AboutStatus(const PlanId& plan, std::string_view module,
                             std::string_view problem) {
  std::string sentence = "plan " + Printable(plan.value());
  if (!module.empty()) sentence += ", module " + Printable(module);
  Add(std::move(sentence.append(": ").append(problem)));
}

void Complaints::AboutKey(std::string_view key, std::string_view problem) {
  std::string sentence = "key " + Printable(key);
  Add(std::move(sentence.append(": ").append(problem)));
}

std::vector<std::string> Complaints::Take() && {
  if (more_ > 0) sentences_.push_back("and " + std::to_string(more_) + " more");
  return std::move(sentences_);
}

void Complaints::Add(std::string sentence) {
  if (sentences_.size() < kMost) {
    sentences_.push_back(std::move(sentence));
  } else {
    ++more_;
  }
}

}  // namespace backup_monitor::cluster
