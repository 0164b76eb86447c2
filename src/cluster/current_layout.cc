#include "cluster/current_layout.h"

#include <cstddef>

#include "cluster/layouts.h"

namespace backup_monitor::cluster {

void CurrentLayout::Ask(Inquiry& inquiry, PlanNumber plan, NodeId node) {
  inquiry.commands().Hash(CurrentKey(node, book_.plan(plan)));
  inquiry.Then([this, plan, node](const Reply& reply) { ReadRecord(plan, node, reply); });
}

void CurrentLayout::ReadRecord(PlanNumber plan, NodeId node, const Reply& reply) {
  if (reply.kind == Reply::Kind::kWrongType) {
    complaints_.AboutKey(CurrentKey(node, book_.plan(plan)), "is not a hash");
    return;
  }
  for (std::size_t i = 0; i + 1 < reply.items.size(); i += 2) {
    const std::string_view name = reply.items[i].text_or_empty();
    const auto module = book_.modules().Find(name);
    if (!module) continue;
    const auto status = parser_.Parse(reply.items[i + 1].text_or_empty());
    if (status) {
      book_.Offer(plan, *module, node, *status);
    } else {
      complaints_.AboutStatus(book_.plan(plan), name, status.error().message);
    }
  }
}

}  // namespace backup_monitor::cluster
