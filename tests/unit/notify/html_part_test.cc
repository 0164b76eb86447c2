#include "adapters/process/html_part.h"

#include <catch2/catch.hpp>

namespace backup_monitor {
namespace {

std::string MailWith(const std::string& encoding, const std::string& body) {
  return "Subject: x\r\nContent-Type: multipart/alternative;\r\n boundary=\"=_Part.1\"\r\n\r\n"
         "preamble\r\n--=_Part.1\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nplain\r\n"
         "--=_Part.1\r\nContent-Type: text/html;\r\n charset=utf-8\r\nContent-Transfer-Encoding: " +
         encoding + "\r\n\r\n" + body + "\r\n--=_Part.1--\r\n";
}

TEST_CASE("the HTML part is decoded", "[notify]") {
  CHECK(HtmlPart(MailWith("quoted-printable", "<p>caff=C3=A8 =3D =\r\none line</p>")) ==
        "<p>caff\xc3\xa8 = one line</p>");
  CHECK(HtmlPart(MailWith("base64", "PHA+Y2FmZsOo\r\nPC9wPg==")) == "<p>caff\xc3\xa8</p>");
  CHECK(HtmlPart(MailWith("7bit", "<p>a\r\nb</p>")) == "<p>a\nb</p>");
}

TEST_CASE("a mail without an HTML part has none", "[notify][hostile]") {
  CHECK(HtmlPart("").empty());
  CHECK(HtmlPart("Subject: x\r\n\r\nbody").empty());
  CHECK(HtmlPart("Content-Type: x; boundary=\r\n\r\n--").empty());
  CHECK(HtmlPart("Content-Type: x; boundary=\"b").empty());
  CHECK(HtmlPart("Content-Type: x; boundary=b\r\n\r\n\r\n--b\r\nContent-Type: text/html").empty());
  CHECK(HtmlPart(MailWith("quoted-printable", "=")) == "");
}

}  // namespace
}  // namespace backup_monitor
