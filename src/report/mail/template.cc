#include "report/mail/template.h"

#include <kainjow/mustache.hpp>

#include "text/escape_html.h"

namespace backup_monitor::report::mail {
namespace {

using kainjow::mustache::data;

data ToData(const View& view) {
  data object{data::type::object};
  for (const auto& [name, text] : view.texts) object.set(name, text);
  for (const auto& [name, items] : view.lists) {
    data list{data::type::list};
    for (const View& item : items) list.push_back(ToData(item));
    object.set(name, list);
  }
  return object;
}

data Labels(const words::Catalog& catalog) {
  constexpr std::string_view kPrefix = "label_";
  data labels{data::type::object};
  for (const auto& [key, forms] : catalog.entries()) {
    if (key.compare(0, kPrefix.size(), kPrefix) == 0) labels.set(key, catalog.Say(key));
  }
  return labels;
}

}  // namespace

std::string FillTemplate(std::string_view source, Escaping escaping, const View& view,
                         const words::Catalog& catalog) {
  kainjow::mustache::mustache engine{std::string{source}};
  engine.set_custom_escape([escaping](const std::string& text) {
    return escaping == Escaping::kHtml ? EscapeHtml(text) : text;
  });
  data object = ToData(view);
  object.set("say", Labels(catalog));
  object.set("language", std::string{catalog.tag()});
  return engine.render(object);
}

}  // namespace backup_monitor::report::mail
