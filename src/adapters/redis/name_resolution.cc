#include "adapters/redis/name_resolution.h"

#include <ares.h>
#include <poll.h>
#include <sys/time.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <optional>
#include <utility>

namespace backup_monitor::redis {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds kOtherFamily{500};
constexpr int kFirstTry = 1'000;  // milliseconds; c-ares doubles it with each round
constexpr int kTries = 3;

/// What needs no look-up.
std::optional<std::vector<SocketAddress>> Known(const std::string& host, std::uint16_t port) {
  // RFC 6761, section 6.3: never asked of a name server.
  if (host == "localhost") {
    return std::vector{*NumericAddress("127.0.0.1", port), *NumericAddress("::1", port)};
  }
  if (const auto address = NumericAddress(host, port)) return std::vector{*address};
  return std::nullopt;
}

/// The question for one family, answered on the thread that calls LookUp::Wait().
struct Question {
  int family = AF_INET;
  bool answered = false;
  int status = ARES_SUCCESS;
  std::vector<SocketAddress> addresses;

  static void Answer(void* self, int status, int /*timeouts*/, ares_addrinfo* result) {
    auto& question = *static_cast<Question*>(self);
    question.answered = true;
    question.status = status;
    for (const auto* node = result != nullptr ? result->nodes : nullptr; node != nullptr;
         node = node->ai_next) {
      SocketAddress peer;
      peer.size = std::min<socklen_t>(node->ai_addrlen, sizeof peer.storage);
      std::memcpy(&peer.storage, node->ai_addr, peer.size);
      question.addresses.push_back(peer);
    }
    if (result != nullptr) ares_freeaddrinfo(result);
  }
};

struct DestroyChannel {
  void operator()(ares_channeldata* channel) const noexcept { ares_destroy(channel); }
};

/// One look-up with both families asked at once (c-ares 1.18.1; ares_getaddrinfo(3), ares_getsock(3)).
class LookUp {
 public:
  LookUp() = default;
  LookUp(const LookUp&) = delete;
  LookUp& operator=(const LookUp&) = delete;
  ~LookUp() {
    // Unanswered questions are answered with ARES_EDESTRUCTION meanwhile, into members that must be there.
    channel_.reset();
  }

  Result<void> Ask(const std::string& host, std::uint16_t port, const std::string& servers) {
    ares_options options{};
    options.timeout = kFirstTry;
    options.tries = kTries;
    ares_channel channel = nullptr;
    const int made = ares_init_options(&channel, &options, ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES);
    if (made != ARES_SUCCESS) return Fail(ErrorCode::kUnavailable, ares_strerror(made));
    channel_.reset(channel);
    if (!servers.empty() && ares_set_servers_ports_csv(channel, servers.c_str()) != ARES_SUCCESS) {
      return Fail(ErrorCode::kInvalidInput, "'" + servers + "' is no list of name servers");
    }
    const std::string service = std::to_string(port);
    for (Question& question : questions_) {
      ares_addrinfo_hints hints{};
      hints.ai_family = question.family;
      hints.ai_socktype = SOCK_STREAM;
      hints.ai_flags = ARES_AI_NUMERICSERV;
      ares_getaddrinfo(channel, host.c_str(), service.c_str(), &hints, Question::Answer, &question);
    }
    return {};
  }

  /// Until both families are answered, or the deadline, which one answer draws nearer.
  void Wait(steady_clock::time_point deadline, const std::stop_token& stop) {
    bool one_answer = false;
    while (!stop.stop_requested() && !IsAnswered()) {
      if (!one_answer && HasAddresses()) {
        one_answer = true;
        deadline = std::min(deadline, steady_clock::now() + kOtherFamily);
      }
      const auto left = std::chrono::ceil<milliseconds>(deadline - steady_clock::now());
      if (left <= milliseconds{0}) return;
      Process(std::min(left, kStopCheck));
    }
  }

  /// IPv4 first.
  [[nodiscard]] std::vector<SocketAddress> Addresses() const {
    std::vector<SocketAddress> all;
    for (const Question& question : questions_) {
      all.insert(all.end(), question.addresses.begin(), question.addresses.end());
    }
    return all;
  }

  [[nodiscard]] Error WhyNone() const {
    const bool late = !IsAnswered() || questions_[0].status == ARES_ETIMEOUT;
    if (late) return {ErrorCode::kTimeout, "no name server answers"};
    return {ErrorCode::kUnavailable, ares_strerror(questions_[0].status)};
  }

 private:
  [[nodiscard]] bool IsAnswered() const {
    return std::all_of(questions_.begin(), questions_.end(),
                       [](const Question& q) { return q.answered; });
  }
  [[nodiscard]] bool HasAddresses() const {
    return std::any_of(questions_.begin(), questions_.end(),
                       [](const Question& q) { return !q.addresses.empty(); });
  }

  void Process(milliseconds longest) {
    std::array<ares_socket_t, ARES_GETSOCK_MAXNUM> sockets{};
    const auto wanted =
        static_cast<unsigned>(ares_getsock(channel_.get(), sockets.data(), ARES_GETSOCK_MAXNUM));
    std::array<pollfd, ARES_GETSOCK_MAXNUM> watched{};
    nfds_t count = 0;
    for (unsigned i = 0; i < ARES_GETSOCK_MAXNUM; ++i) {
      const bool reads = ARES_GETSOCK_READABLE(wanted, i) != 0;
      const bool writes = ARES_GETSOCK_WRITABLE(wanted, i) != 0;
      if (!reads && !writes) break;
      watched.at(count++) = {sockets.at(i),
                             static_cast<short>((reads ? POLLIN : 0) | (writes ? POLLOUT : 0)), 0};
    }
    timeval most{};
    most.tv_usec = static_cast<suseconds_t>(longest.count() * 1000);  // below a second
    timeval next{};
    const timeval* const wait = ares_timeout(channel_.get(), &most, &next);
    poll(watched.data(), count, static_cast<int>(wait->tv_sec * 1000 + wait->tv_usec / 1000));
    for (nfds_t i = 0; i < count; ++i) {
      const pollfd& one = watched.at(i);
      if (one.revents == 0) continue;
      ares_process_fd(channel_.get(), (one.revents & ~POLLOUT) != 0 ? one.fd : ARES_SOCKET_BAD,
                      (one.revents & POLLOUT) != 0 ? one.fd : ARES_SOCKET_BAD);
    }
    ares_process_fd(channel_.get(), ARES_SOCKET_BAD,
                    ARES_SOCKET_BAD);  // what is to be asked once more
  }

  std::array<Question, 2> questions_{{{AF_INET, false, 0, {}}, {AF_INET6, false, 0, {}}}};
  std::unique_ptr<ares_channeldata, DestroyChannel> channel_;
};

}  // namespace

Result<std::vector<SocketAddress>> Resolve(const std::string& host, std::uint16_t port,
                                           const RedisTimeouts& timeouts,
                                           steady_clock::time_point deadline) {
  if (auto known = Known(host, port)) return *std::move(known);
  LookUp look_up;
  if (auto asked = look_up.Ask(host, port, timeouts.name_servers); !asked)
    return Fail(asked.error());
  look_up.Wait(std::min(deadline, steady_clock::now() + timeouts.resolve), timeouts.stop);
  if (timeouts.stop.stop_requested())
    return Fail(ErrorCode::kUnavailable, "cut short: we are stopping");
  auto addresses = look_up.Addresses();
  if (addresses.empty()) return Fail(look_up.WhyNone().While("find the address of " + host));
  return addresses;
}

}  // namespace backup_monitor::redis
