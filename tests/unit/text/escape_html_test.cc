#include "text/escape_html.h"

#include "catch.h"

namespace backup_monitor {
namespace {

TEST_CASE("text that is escaped ends no tag and no attribute", "[text][hostile]") {
  CHECK(EscapeHtml("").empty());
  CHECK(EscapeHtml("caff\xc3\xa8 1 = 1") == "caff\xc3\xa8 1 = 1");
  CHECK(EscapeHtml("</p><b a=\"1\" c='2'>&amp;") ==
        "&lt;/p&gt;&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;amp;");
}

}  // namespace
}  // namespace backup_monitor
