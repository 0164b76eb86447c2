#include "probe/restic_failure.h"

#include <algorithm>
#include <array>
#include <string>

#include "probe/restic_words.h"
#include "text/ascii.h"
#include "text/fit_text.h"

namespace backup_monitor::probe {
namespace {

struct Clue {
  std::string_view words;  ///< In lower case.
  ProbeCause cause;
};

/// In order: the first that is found in the message decides. Sources where no program is named:
/// restic v0.14.0 and v0.18.1; the errors of Go's net, crypto/tls and os packages; minio-go's texts
/// of S3's codes.
constexpr std::array kClues{
    // A lock file that cannot be read: restic v0.18.1 internal/restic/lock.go invalidLockError,
    // v0.14.0 cmd/restic/lock.go
    Clue{"invalid lock file", ProbeCause::kDamagedLock},
    Clue{"unlock --remove-all", ProbeCause::kDamagedLock},
    Clue{"already locked", ProbeCause::kLocked},
    Clue{"wrong password or no key found", ProbeCause::kWrongKey},
    Clue{"x509:", ProbeCause::kCertificate},
    Clue{"failed to verify certificate", ProbeCause::kCertificate},
    Clue{"remote error: tls: bad certificate", ProbeCause::kCertificate},
    Clue{"host key verification failed", ProbeCause::kHostKey},  // OpenSSH
    Clue{"remote host identification has changed", ProbeCause::kHostKey},
    Clue{"no space left on device", ProbeCause::kFull},
    Clue{"disk quota exceeded", ProbeCause::kFull},
    Clue{"storage quota", ProbeCause::kFull},
    Clue{"storagequotaexceeded", ProbeCause::kFull},  // Google Drive
    Clue{"cap exceeded", ProbeCause::kFull},          // Backblaze B2
    Clue{"insufficient storage", ProbeCause::kFull},
    Clue{"storage full", ProbeCause::kFull},  // MinIO, XMinioStorageFull
    Clue{"dial tcp", ProbeCause::kUnreachable},
    Clue{"dial udp", ProbeCause::kUnreachable},
    Clue{"connection refused", ProbeCause::kUnreachable},
    Clue{"connection reset", ProbeCause::kUnreachable},
    Clue{"connection timed out", ProbeCause::kUnreachable},
    Clue{"connection lost", ProbeCause::kUnreachable},
    Clue{"connection closed by", ProbeCause::kUnreachable},
    Clue{"use of closed network connection", ProbeCause::kUnreachable},
    Clue{"broken pipe", ProbeCause::kUnreachable},
    Clue{"no such host", ProbeCause::kUnreachable},
    Clue{"could not resolve hostname", ProbeCause::kUnreachable},
    Clue{"temporary failure in name resolution", ProbeCause::kUnreachable},
    Clue{"server misbehaving", ProbeCause::kUnreachable},
    Clue{"no route to host", ProbeCause::kUnreachable},
    Clue{"host is down", ProbeCause::kUnreachable},
    Clue{"network is unreachable", ProbeCause::kUnreachable},
    Clue{"network is down", ProbeCause::kUnreachable},
    Clue{"transport endpoint is not connected", ProbeCause::kUnreachable},
    Clue{"stale nfs file handle", ProbeCause::kUnreachable},
    Clue{"stale file handle", ProbeCause::kUnreachable},
    Clue{"i/o timeout", ProbeCause::kUnreachable},
    Clue{"operation timed out", ProbeCause::kUnreachable},
    Clue{"handshake timeout", ProbeCause::kUnreachable},
    Clue{"timeout awaiting response headers", ProbeCause::kUnreachable},
    Clue{"context deadline exceeded", ProbeCause::kUnreachable},
    Clue{"gave http response to https client", ProbeCause::kUnreachable},
    Clue{"unexpected eof", ProbeCause::kUnreachable},
    Clue{"permission denied", ProbeCause::kDenied},
    Clue{"operation not permitted", ProbeCause::kDenied},
    Clue{"access denied", ProbeCause::kDenied},
    Clue{"accessdenied", ProbeCause::kDenied},
    Clue{"access key id you provided does not exist", ProbeCause::kDenied},
    Clue{"invalidaccesskeyid", ProbeCause::kDenied},
    Clue{"request signature we calculated does not match", ProbeCause::kDenied},
    Clue{"signaturedoesnotmatch", ProbeCause::kDenied},
    Clue{"provided token has expired", ProbeCause::kDenied},
    Clue{"a problem with your account", ProbeCause::kDenied},
    Clue{"authenticationfailed", ProbeCause::kDenied},  // Azure
    Clue{"authorizationfailure", ProbeCause::kDenied},
    Clue{"failed to authenticate", ProbeCause::kDenied},
    Clue{"unable to authenticate", ProbeCause::kDenied},
    Clue{"authentication failed", ProbeCause::kDenied},
    Clue{"invalid_grant", ProbeCause::kDenied},  // OAuth 2, RFC 6749 section 5.2
    Clue{"invalid_client", ProbeCause::kDenied},
    Clue{"unauthorized_client", ProbeCause::kDenied},
    Clue{"config file has zero size", ProbeCause::kDamaged},
    Clue{"invalid data returned", ProbeCause::kDamaged},
    Clue{"ciphertext verification failed", ProbeCause::kDamaged},
    Clue{"hash does not match id", ProbeCause::kDamaged},
    Clue{"unmarshal: ", ProbeCause::kDamaged},
    Clue{"repository does not exist", ProbeCause::kNoRepository},
    Clue{"<config/> does not exist", ProbeCause::kNoRepository},
    Clue{"config: no such file or directory", ProbeCause::kNoRepository},
    Clue{"specified key does not exist", ProbeCause::kNoRepository},
    Clue{"specified bucket does not exist", ProbeCause::kNoRepository},
    Clue{"specified container does not exist", ProbeCause::kNoRepository},
    Clue{"specified blob does not exist", ProbeCause::kNoRepository},
    // Last: what a client that could not connect leaves behind, whatever hindered it.
    Clue{"unable to start the sftp session", ProbeCause::kUnreachable},
};

/// The HTTP status that `text` begins with; 0 if it does not.
int StatusAt(std::string_view text) {
  if (text.size() < 3 || !std::all_of(text.begin(), text.begin() + 3, IsDigit)) return 0;
  if (text.size() > 3 && IsDigit(text[3])) return 0;
  return (text[0] - '0') * 100 + (text[1] - '0') * 10 + (text[2] - '0');
}

/// The HTTP status that a message names: "unexpected HTTP response (403)" and "server response: 403" (REST),
/// "b2_list_buckets: 401:" (B2), "RESPONSE 403:" (Azure), "status code: 403" (the AWS SDK in rclone).
int StatusIn(std::string_view lower) {
  for (const std::string_view before :
       {"unexpected http response (", "server response: ", "response ", "status code: "}) {
    for (auto at = lower.find(before); at != std::string_view::npos;
         at = lower.find(before, at + 1)) {
      if (const int status = StatusAt(lower.substr(at + before.size())); status != 0) return status;
    }
  }
  for (auto at = lower.find("b2_"); at != std::string_view::npos; at = lower.find("b2_", at + 1)) {
    const auto colon = lower.find_first_not_of("abcdefghijklmnopqrstuvwxyz_", at + 3);
    if (colon == std::string_view::npos || lower.substr(colon, 2) != ": ") continue;
    if (const int status = StatusAt(lower.substr(colon + 2)); status != 0) return status;
  }
  return 0;
}

ProbeCause CauseOfHttp(int status) {
  switch (status) {
    case 401:
    case 403:
    case 407: return ProbeCause::kDenied;
    case 507: return ProbeCause::kFull;
    case 502:
    case 503:
    case 504: return ProbeCause::kUnreachable;
    default: break;
  }
  // Of the proxies before many servers, not registered: 520 to 530, "the origin does not answer".
  return status >= 520 && status <= 530 ? ProbeCause::kUnreachable : ProbeCause::kUnknown;
}

ProbeCause CauseOfWords(std::string_view message) {
  const std::string lower = LowerCase(message);
  for (const Clue& clue : kClues) {
    if (lower.find(clue.words) == std::string::npos) continue;
    const bool of_lock =
        clue.cause == ProbeCause::kDamaged && lower.find("<lock/") != std::string::npos;
    return of_lock ? ProbeCause::kDamagedLock : clue.cause;
  }
  return CauseOfHttp(StatusIn(lower));
}

std::optional<ProbeCause> CauseOfStatus(int status) {
  switch (status) {
    case 10: return ProbeCause::kNoRepository;
    case 11: return ProbeCause::kLocked;
    case 12: return ProbeCause::kWrongKey;
    default: return std::nullopt;
  }
}

/// Says nothing of why: it follows the reason. Of a stack trace, as Go prints it: the file, and the
/// function before.
bool IsTrailer(const std::vector<ResticLine>& lines, std::size_t index) {
  constexpr std::array<std::string_view, 6> kTrailers{
      "Is there a repository at the following location?",
      "lock was created at ",
      "storage ID ",
      "the `unlock` command can be used to remove stale locks",
      "signal ",
      "also, the following messages were logged"};
  const auto is_place = [](std::string_view line) {
    return line.starts_with('\t') && line.find('/') != std::string_view::npos;
  };
  const std::string_view line = lines[index].text;
  if (is_place(line)) return true;
  if (index + 1 < lines.size() && is_place(lines[index + 1].text))
    return line.find(' ') == std::string_view::npos;
  const bool is_location = index > 0 && lines[index - 1].text.starts_with(kTrailers.front());
  return is_location || std::ranges::any_of(kTrailers, [line](std::string_view trailer) {
           return line.starts_with(trailer);
         });
}

/// Where the message that ended the command begins; lines.size() if nothing was said.
std::size_t EndingLine(const std::vector<ResticLine>& lines) {
  for (std::size_t i = lines.size(); i-- > 0;) {
    if (lines[i].exit_error) return i;
  }
  for (std::size_t i = lines.size(); i-- > 0;) {
    if (lines[i].text.starts_with("Fatal:")) return i;
  }
  for (std::size_t i = lines.size(); i-- > 0;) {
    if (!IsTrailer(lines, i) && !IsOfRetry(lines[i].text)) return i;
  }
  return lines.size();
}

/// That message, without where the repository is: the name of a bucket is no reason.
std::string EndingMessage(const std::vector<ResticLine>& lines, std::size_t begin) {
  if (begin == lines.size()) return {};
  std::string message = lines[begin].text;
  if (!lines[begin].exit_error) {
    for (std::size_t i = begin + 1; i < lines.size(); ++i) {
      if (!IsTrailer(lines, i) && !IsOfRetry(lines[i].text)) message += "\n" + lines[i].text;
    }
  }
  return message.substr(0, message.find("\nIs there a repository at the following location?"));
}

/// What clients that restic runs said just before its own message, newest first, as long as it names a cause.
ProbeCause CauseOfClients(const std::vector<ResticLine>& lines, std::size_t end) {
  for (std::size_t i = end; i-- > 0 && IsOfSubprocess(lines[i].text);) {
    const ProbeCause cause = CauseOfWords(lines[i].text);
    if (cause != ProbeCause::kUnknown) return cause;
  }
  return ProbeCause::kUnknown;
}

/// The node could not start restic. 125 is podman's own fault, 126 and 127 are podman's and the
/// shell's for a program that cannot be run (podman-run(1), EXIT STATUS); NS8's action ends with 1
/// and passes on podman's "Error: …".
bool IsNotStarted(int status, std::string_view message) {
  constexpr std::array<std::string_view, 9> kPodman{"initializing source ",
                                                    "pinging container registry",
                                                    "oci runtime",
                                                    "crun: ",
                                                    "runc: ",
                                                    "conmon",
                                                    "image not known",
                                                    "creating container storage",
                                                    "is already in use"};
  if (status >= 125 && status <= 127) return true;
  const std::string lower = LowerCase(message);
  return message.starts_with("Error: ") &&
         std::ranges::any_of(kPodman, [&lower](std::string_view words) {
           return lower.find(words) != std::string::npos;
         });
}

ProbeCause CauseOf(int status, const std::vector<ResticLine>& lines, std::size_t ending,
                   const std::string& message) {
  if (ending < lines.size() && lines[ending].exit_error && lines[ending].code > 1)
    status = lines[ending].code;
  if (IsNotStarted(status, message)) return ProbeCause::kNotStarted;
  const auto by_status = CauseOfStatus(status);
  if (by_status && by_status != ProbeCause::kNoRepository) return *by_status;
  const ProbeCause words = CauseOfWords(message);
  const bool explained =
      words != ProbeCause::kUnknown && words != ProbeCause::kNoRepository &&
      LowerCase(message).find("unable to start the sftp session") == std::string::npos;
  if (explained) return words;
  const ProbeCause clients = CauseOfClients(lines, ending);
  if (clients != ProbeCause::kUnknown) return clients;
  return by_status.value_or(words);
}

std::vector<ResticLine> EndOf(std::string_view errors) {
  if (errors.size() <= kMostErrors) return LinesOf(errors);
  errors = EndingOf(errors, kMostErrors);
  const std::size_t line = errors.find('\n');  // what begins in the middle of a line is none
  if (line != std::string_view::npos && line + 1 < errors.size()) errors.remove_prefix(line + 1);
  return LinesOf(errors);
}

}  // namespace

ProbeFailure ReadResticFailure(int status, std::string_view errors, const KnownSecrets& known) {
  const std::vector<ResticLine> lines = EndOf(errors);
  const std::size_t ending = EndingLine(lines);
  const std::string message = EndingMessage(lines, ending);
  const std::string_view shown =
      message.empty() && !lines.empty() ? std::string_view{lines.back().text} : message;
  return {CauseOf(status, lines, ending, message), Quotable(shown, kMostWords, known)};
}

std::string LastWords(std::string_view errors, const KnownSecrets& known) {
  const std::vector<ResticLine> lines = EndOf(errors);
  for (std::size_t i = lines.size(); i-- > 0;) {
    const std::string_view text = lines[i].text;
    const bool of_end = text.find("signal ") != std::string_view::npos ||
                        text.find("context canceled") != std::string_view::npos;
    if (!of_end && !IsTrailer(lines, i)) return Quotable(text, kMostWords, known);
  }
  return {};
}

}  // namespace backup_monitor::probe
