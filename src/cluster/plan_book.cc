#include "cluster/plan_book.h"

#include <algorithm>
#include <utility>

#include "cluster/kept_text.h"
#include "cluster/layouts.h"
#include "text/fit_text.h"

namespace backup_monitor::cluster {
namespace {

constexpr std::string_view kSpaces = " \t\n\v\f\r";

std::size_t Index(PlanNumber number) { return static_cast<std::size_t>(number); }

/// A destination that is a disk of a node of the cluster. Its URL is webdav:http://<VPN address of the node>:<port>
/// (ns8-core 4f41b359, cluster/actions/add-backup-repository).
constexpr std::string_view kClusterProvider = "cluster";

/// "10.5.4.1" of "webdav:http://10.5.4.1:4694"; empty where there is none.
std::string HostOf(std::string_view url) {
  constexpr std::string_view kScheme = "://";
  const std::size_t scheme = url.find(kScheme);
  if (scheme == std::string_view::npos) return {};
  url.remove_prefix(scheme + kScheme.size());
  const bool bracketed = !url.empty() && url.front() == '[';
  if (bracketed) url.remove_prefix(1);
  return std::string{
      BeginningOf(url.substr(0, url.find_first_of(bracketed ? "]" : ":/")), kMostKeptBytes)};
}

bool IsThere(const Reply& reply) { return reply.kind == Reply::Kind::kText; }

// NS8 writes "1" or ""; a plan of the compact layout may say nothing, and then it is not disabled.
bool IsEnabled(const Reply& reply) {
  return !IsThere(reply) || (!reply.text.empty() && reply.text != "0");
}

}  // namespace

PlanBook::PlanBook(const std::vector<PlanId>& plans) : plans_{plans}, entries_(plans.size()) {
  for (std::size_t i = 0; i < plans.size(); ++i) {
    entries_[i].plan.id = plans[i];
    entries_[i].plan.name = BeginningOf(plans[i].value(), kMostKeptBytes);
  }
}

void PlanBook::AskPlan(Inquiry& inquiry, PlanNumber plan) {
  inquiry.commands().Fields(PlanKey(plans_[Index(plan)]),
                            {"name", "enabled", "repository", "schedule", "instances"});
  inquiry.Then([this, plan](const Reply& reply) { ReadPlan(plan, reply); });
}

void PlanBook::AskMembership(Inquiry& inquiry, const ModuleId& id, ModuleNumber module) {
  inquiry.commands().Members(ModuleKey(id, "backups"));
  inquiry.Then([this, module](const Reply& reply) { ReadMembership(module, reply); });
}

void PlanBook::AskDestination(Inquiry& inquiry, PlanNumber plan) {
  const std::string& id = entries_[Index(plan)].plan.destination_id;
  if (id.empty()) return;
  inquiry.commands().Fields(DestinationKey(id), {"name", "provider", "url"});
  inquiry.Then([this, plan](const Reply& reply) {
    if (reply.items.size() != 3) return;
    Entry& entry = entries_[Index(plan)];
    entry.plan.destination_name = KeptText(reply.items[0]);
    if (reply.items[1].text_or_empty() == kClusterProvider)
      entry.destination_host = HostOf(reply.items[2].text_or_empty());
  });
}

void PlanBook::ReadPlan(PlanNumber number, const Reply& reply) {
  if (reply.items.size() != 5) {
    fault_ = Error{ErrorCode::kInvalidInput,
                   "key " + Printable(PlanKey(plans_[Index(number)])) + " is not a hash"};
    return;
  }
  Entry& entry = entries_[Index(number)];
  entry.configured = std::any_of(reply.items.begin(), reply.items.end(), IsThere);
  if (const std::string name = KeptText(reply.items[0]); !name.empty()) entry.plan.name = name;
  entry.plan.enabled = IsEnabled(reply.items[1]);
  entry.plan.destination_id = KeptText(reply.items[2]);
  entry.plan.schedule = KeptText(reply.items[3]);
  if (IsThere(reply.items[4])) entry.instances = std::string{reply.items[4].text};
}

void PlanBook::ReadMembership(ModuleNumber module, const Reply& reply) {
  for (const Reply& item : reply.items) {
    const PlanId plan{std::string{item.text_or_empty()}};
    const auto found = std::lower_bound(plans_.begin(), plans_.end(), plan);
    if (found == plans_.end() || *found != plan) continue;
    entries_[static_cast<std::size_t>(found - plans_.begin())].members.push_back(module);
  }
}

std::vector<std::string_view> SplitWords(std::string_view text) {
  std::vector<std::string_view> words;
  for (std::size_t at = text.find_first_not_of(kSpaces); at != std::string_view::npos;) {
    const std::size_t end = std::min(text.find_first_of(kSpaces, at), text.size());
    words.push_back(text.substr(at, end - at));
    at = text.find_first_not_of(kSpaces, end);
  }
  return words;
}

}  // namespace backup_monitor::cluster
