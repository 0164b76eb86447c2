// What room text makes of foreign bytes: whatever they are, what is to be shown can be shown, a cut splits no
// character, and what was written is read back.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "text/base64.h"
#include "text/fit_text.h"
#include "text/host_name.h"
#include "text/host_port.h"
#include "text/mail_address.h"
#include "text/shell_words.h"
#include "text/utc_time.h"
#include "text/utf8.h"
#include "unit/text/decode_base64.h"

namespace {

using namespace backup_monitor;

void Require(bool condition) {
  if (!condition) std::abort();
}

template <typename Fit>
void RequireEach(std::string_view text, Fit fit) {
  EachCharacter(text, [&fit](const Utf8Step& step, std::string_view /*bytes*/) {
    Require(step.valid && fit(step.character));
  });
}

void CheckShown(std::string_view text) {
  const auto any = [](char32_t /*character*/) { return true; };
  const std::string repaired = RepairUtf8(text);
  RequireEach(repaired, any);
  Require(RepairUtf8(repaired) == repaired);
  RequireEach(EscapedLine(text), IsPlain);
  const std::string sentence = Printable(text);
  RequireEach(sentence, IsPlain);
  Require(sentence.size() <= 103);
  RequireEach(ShowForeign(text, 20),
              [](char32_t character) { return character == 0xFFFD || IsVisible(character); });
}

void CheckCuts(std::string_view text) {
  const std::string repaired = RepairUtf8(text);
  const auto any = [](char32_t /*character*/) { return true; };
  for (std::size_t most = 0; most < 24; ++most) {
    Require(BeginningOf(text, most).size() <= most && EndingOf(text, most).size() <= most);
    RequireEach(BeginningOf(repaired, most), any);
    RequireEach(EndingOf(repaired, most), any);
    if (most < 3) continue;
    const std::string cut = CutTo(repaired, most);
    Require(cut.size() <= most);
    RequireEach(cut, any);
  }
}

void CheckTimes(std::string_view text) {
  if (const auto time = ParseRfc3339(text)) {
    Require(ParseRfc3339(IsoTime(*time)) == time ||
            *time >= std::chrono::sys_days{std::chrono::year{10'000} / 1 / 1});
  }
  if (const auto time = ParseIsoTime(text)) {
    Require(ParseIsoTime(IsoTime(*time)) == time ||
            *time >= std::chrono::sys_days{std::chrono::year{10'000} / 1 / 1});
    Require(HeaderDate(*time).size() >= 31 && JournalTime(*time).size() >= 23);
  }
}

void CheckNames(std::string_view text) {
  if (IsMailAddress(text)) {
    Require(text.size() <= 254 && text.front() != '-' &&
            IsMailAddress(text, MailDomain::kNameOrLiteral));
    Require(text.find_first_of(std::string_view{" \r\n\t<>\0", 7}) == std::string_view::npos);
  }
  if (IsLoopback(text)) Require(text == "localhost" || IsIpv4(text) || IsIpv6(text));
  if (const auto place = ParseHostPort(text)) {
    Require(place->port > 0 && (IsHostName(place->host) || IsIpv6(place->host)));
    Require(text.ends_with(":" + std::to_string(place->port)));
  }
  if (IsHeloName(text)) Require(IsHostName(text) || IsAddressLiteral(text));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  CheckShown(text);
  CheckCuts(text);
  CheckTimes(text);
  CheckNames(text);
  const ShellWords words = SplitShellWords(text);
  Require(words.fault.empty() || words.words.empty());
  Require(testing::DecodeBase64(EncodeBase64(text)) == text);
  return 0;
}
