#include "cluster/earlier_layout.h"

#include <cstddef>

#include "cluster/layouts.h"

namespace backup_monitor::cluster {

void EarlierLayout::Ask(Inquiry& inquiry, PlanNumber plan, ModuleNumber module) {
  inquiry.commands().Hash(EarlierKey(book_.modules()[module].id, book_.plan(plan)));
  inquiry.Then([this, plan, module](const Reply& reply) { ReadRecord(plan, module, reply); });
}

void EarlierLayout::ReadRecord(PlanNumber plan, ModuleNumber module, const Reply& reply) {
  const ModuleId& id = book_.modules()[module].id;
  if (reply.kind == Reply::Kind::kWrongType) {
    complaints_.AboutKey(EarlierKey(id, book_.plan(plan)), "is not a hash");
    return;
  }
  if (reply.items.empty()) return;  // Removed since its name was found.
  StatusBuilder builder;
  for (std::size_t i = 0; i + 1 < reply.items.size(); i += 2) {
    builder.Put(reply.items[i].text_or_empty(), reply.items[i + 1].text_or_empty());
  }
  const auto status = builder.Build();
  if (status) {
    book_.Offer(plan, module, std::nullopt, *status);
  } else {
    complaints_.AboutStatus(book_.plan(plan), id.value(), status.error().message);
  }
}

}  // namespace backup_monitor::cluster
