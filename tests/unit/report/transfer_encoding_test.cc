
#include "catch.h"
#include "report/mail/mail_encoding.h"

namespace backup_monitor::report::mail {
namespace {

TEST_CASE("mostly ASCII goes as quoted-printable, other scripts as base64", "[report]") {
  CHECK(EncodeBody("plain text, città\n").encoding == "quoted-printable");
  CHECK(EncodeBody("バックアップは完了しませんでした\n").encoding == "base64");
}

TEST_CASE("what relays touch is encoded", "[report]") {
  CHECK(EncodeBody("a = b\n").bytes == "a =3D b\r\n");
  CHECK(EncodeBody("end \n").bytes == "end=20\r\n");
  CHECK(EncodeBody(".\n").bytes == "=2E\r\n");
  CHECK(EncodeBody("From here on\n").bytes == "=46rom here on\r\n");
  CHECK(EncodeBody("a\rb\tc\n").bytes == "a=0Db=09c\r\n");
}

TEST_CASE("a line of 75 fits, one byte more is folded softly", "[report]") {
  CHECK(EncodeBody(std::string(75, 'x') + "\n").bytes == std::string(75, 'x') + "\r\n");
  CHECK(EncodeBody(std::string(76, 'x') + "\n").bytes == std::string(75, 'x') + "=\r\nx\r\n");
  CHECK(EncodeBody(std::string(75, 'x') + ".\n").bytes == std::string(75, 'x') + "=\r\n=2E\r\n");
}

TEST_CASE("short ASCII stays readable in a header", "[report]") {
  CHECK(EncodeHeaderText("Test mail", 9) == "Test mail");
  CHECK(EncodeHeaderText("=?odd", 9) != "=?odd");
}

TEST_CASE("encoded words are short and split no character", "[report]") {
  std::string text;
  for (int i = 0; i < 60; ++i) text += i % 2 == 0 ? "❌" : "è";
  const std::string encoded = EncodeHeaderText(text, 9);
  std::size_t begin = 0;
  std::size_t lines = 0;
  while (begin < encoded.size()) {
    const std::size_t end = std::min(encoded.find("\r\n", begin), encoded.size());
    const std::string line = encoded.substr(begin, end - begin);
    CHECK(line.size() + (lines++ == 0 ? 9 : 0) <= 76);
    CHECK_THAT(line, Catch::Contains("=?UTF-8?B?") && Catch::EndsWith("?="));
    begin = end + 2;
  }
  CHECK(lines > 2);
}

}  // namespace
}  // namespace backup_monitor::report::mail
