#include <string>

#include "catch.h"
#include "unit/config/config_text.h"

namespace backup_monitor::config {
namespace {

using testing::FaultsOf;
using testing::Minimal;

constexpr std::size_t kMany = 262'144;

std::string Repeated(const std::string& piece, std::size_t bytes) {
  std::string text;
  while (text.size() < bytes) text += piece;
  return text;
}

TEST_CASE("nesting in the text cannot exhaust the stack", "[config][hostile]") {
  const auto piece = GENERATE(as<std::string>{}, "[", "{", "[{", "- ", "? ", "- ? ", "[? ", "{? ",
                              "a: [", "!a [", "&a [", "\"[\",[", "-\n ", "- - : ", "[a: ", ": ");
  const bool after_section = GENERATE(false, true);
  CAPTURE(piece, after_section);

  CHECK_FALSE(FaultsOf((after_section ? Minimal("x: ") : "") + Repeated(piece, kMany)).empty());
}

TEST_CASE("a value ever further to the right cannot exhaust the stack", "[config][hostile]") {
  std::string steps;
  for (std::size_t depth = 0; depth < 700; ++depth) steps += std::string(depth, ' ') + "a:\n";

  CHECK(FaultsOf(steps).find("nested more than 16 levels deep") != std::string::npos);
}

TEST_CASE("anchors without a value, tags and closing brackets in masses are refused",
          "[config][hostile]") {
  const auto piece = GENERATE(as<std::string>{}, "]", "}", "&a ", "!a ", "*a ", "%", "'", "\"", "|",
                              ">", "`", "@", "\t", "---\n", "...\n", "# \n", ",", "a: b: ");
  CAPTURE(piece);

  CHECK_FALSE(FaultsOf(Repeated(piece, kMany)).empty());
}

TEST_CASE("aliases are refused, so few bytes cannot become many values", "[config][hostile]") {
  CHECK(FaultsOf(Minimal("a: &a [x, x]\nb: &b [*a, *a]\n")) ==
        "config.yml:5: YAML aliases (*name) are not read: write the value itself");
  CHECK(FaultsOf("a: &a [*a]") ==
        "config.yml:1: YAML aliases (*name) are not read: write the value itself");
  CHECK(FaultsOf("mail: {from: &f a@x.org, to: *f}").find("aliases") != std::string::npos);
}

TEST_CASE("values in masses are refused", "[config][hostile]") {
  CHECK(FaultsOf(Repeated("- a\n", kMany)) == "config.yml:10000: more than 10000 values");
  CHECK(FaultsOf("a: [" + Repeated("b,", kMany)).find("more than 10000 values") !=
        std::string::npos);
}

TEST_CASE("a file too large is refused by its size alone", "[config][hostile]") {
  const std::string comment(1'048'576 - Minimal("#").size(), 'x');

  CHECK(FaultsOf(Minimal("#" + comment)).empty());
  CHECK(FaultsOf(Minimal("#" + comment + "x")) ==
        "config.yml:1: the file is larger than 1048576 bytes");
}

TEST_CASE("faults in masses are cut", "[config][hostile]") {
  std::string text = Minimal();
  for (int i = 0; i < 4000; ++i) text += "k" + std::to_string(i) + ": 1\n";

  const std::string faults = FaultsOf(text);

  CHECK(std::count(faults.begin(), faults.end(), '\n') == 100);
  CHECK(faults.find("config.yml:104: and 3900 more") != std::string::npos);
}

TEST_CASE("what is not UTF-8 is told by its line", "[config][hostile]") {
  const auto bytes = GENERATE(as<std::string>{}, "\xFF", "\xC3", "\xC0\xAF", "\xE0\x80\xAF",
                              "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xF8\x88\x80\x80\x80", "\x80");
  CAPTURE(bytes);

  CHECK(FaultsOf(Minimal("# " + bytes + "\n")) == "config.yml:4: this is not UTF-8 text");
  CHECK(FaultsOf(Minimal("# " + bytes)) == "config.yml:4: this is not UTF-8 text");
}

TEST_CASE("UTF-16 is refused though YAML allows it", "[config][hostile]") {
  CHECK(FaultsOf(std::string{"\xFF\xFEm\0a\0", 6}) == "config.yml:1: this is not UTF-8 text");
}

TEST_CASE("control characters are refused, bare or escaped", "[config][hostile]") {
  CHECK(FaultsOf(Minimal(std::string{"# \0", 3})) ==
        "config.yml:4: a control character (byte 0) does not belong in this file");
  CHECK(FaultsOf(Minimal("# \x1b[31m\n# \x7f")) ==
        "config.yml:4: a control character (byte 27) does not belong in this file");
  CHECK(FaultsOf(Minimal(R"(receiver: {host: "127.0.0.1\0x"})")) ==
        "config.yml:4: receiver.host: '127.0.0.1?x' holds a line end or another control character");
  CHECK(FaultsOf(Minimal(R"(logging: {file: "/a\nb"})")).find("control character") !=
        std::string::npos);
  CHECK(FaultsOf(Minimal(R"(redis: {username: "a\x85b"})")).find("control character") !=
        std::string::npos);
}

TEST_CASE("a message shows the beginning of a long value, in whole characters",
          "[config][hostile]") {
  std::string level;
  while (level.size() < 1000) level += "è";

  const std::string faults = FaultsOf(Minimal("logging: {level: x" + level + "}"));

  CHECK(faults.size() < 200);
  CHECK(faults.find("è…' is not one of") != std::string::npos);
}

}  // namespace
}  // namespace backup_monitor::config
