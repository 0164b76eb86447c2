// A relay's answer: its codes are its beginning, whoever it names.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "notify/smtp_answer.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace backup_monitor;
  const std::string_view reply{reinterpret_cast<const char*>(data), size};
  const std::string codes = notify::AnswerCodes(reply);
  if (codes.size() > 16 || codes.find_first_not_of("0123456789. ") != std::string::npos)
    std::abort();
  for (const int code : {250, 450, 550, 551, 553, 554}) {
    const bool names = notify::NamesRecipient(notify::SmtpStep::kRecipient, code, reply);
    if (names && code < 500) std::abort();
    if (notify::NamesRecipient(notify::SmtpStep::kMail, code, reply)) std::abort();
  }
  return 0;
}
