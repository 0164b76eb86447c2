#pragma once

#include <string>
#include <string_view>

#include "report/mail/view.h"
#include "report/words/catalog.h"

namespace backup_monitor::report::mail {

/// How a template's texts are put in.
enum class Escaping { kHtml, kNone };

/// Fills a mustache template. `{{say.KEY}}` gives the catalog's sentence of a KEY that begins with
/// "label_".
[[nodiscard]] std::string FillTemplate(std::string_view source, Escaping escaping, const View& view,
                                       const words::Catalog& catalog);

}  // namespace backup_monitor::report::mail
