#include "notify/addressed_mail.h"

namespace backup_monitor::notify {

std::string AddressedTo(std::string_view mail, std::string_view recipient) {
  std::string copy{mail};
  const auto head = mail.substr(0, mail.find("\r\n\r\n"));
  if (head.starts_with("To:") || head.find("\r\nTo:") != std::string_view::npos) return copy;
  const auto subject = head.find("\r\nSubject:");
  const auto line = "To: " + std::string{recipient} + "\r\n";
  copy.insert(subject == std::string_view::npos ? 0 : subject + 2, line);
  return copy;
}

std::string ForReading(std::string_view mail, const std::vector<std::string>& recipients) {
  return recipients.size() == 1 ? AddressedTo(mail, recipients.front()) : std::string{mail};
}

}  // namespace backup_monitor::notify
