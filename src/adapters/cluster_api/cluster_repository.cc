#include "adapters/cluster_api/cluster_repository.h"

#include <algorithm>
#include <sstream>
#include <utility>

#include "adapters/cluster_api/api_answer.h"
#include "base/secret_file.h"

namespace backup_monitor::cluster_api {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

std::string TaskPath(const std::string& task) { return "/api/cluster/task/" + task + "/status"; }

/// The cluster's API is not the repository: what fails on the way there is unknown of the repository,
/// except that we were not let in or had no more time.
probe::ProbeAnswer RefusalOf(const Error& error) {
  if (error.code == ErrorCode::kTimeout) return probe::Refusal(ProbeCause::kTimeout, error.message);
  if (error.code == ErrorCode::kDenied) return probe::Refusal(ProbeCause::kDenied, error.message);
  return probe::Refusal(ProbeCause::kUnknown, error.message);
}

/// A result that is too long to be read is one, too.
bool HasEnded(const Result<HttpReply>& reply) {
  if (!reply) return reply.error().code == ErrorCode::kTooLarge;
  return reply->status == 200;
}

struct Credentials {
  std::string user;
  Secret password;
};

Result<Credentials> ReadCredentials(const std::filesystem::path& file) {
  const auto text = ReadSecretText(file);
  if (!text) return Fail(ErrorCode::kDenied, text.error().message);
  std::istringstream lines{text->Reveal()};
  Credentials credentials;
  for (std::string line; std::getline(lines, line);) {
    const auto equals = line.find('=');
    if (equals == std::string::npos) continue;
    const std::string name = line.substr(0, equals);
    if (name == "REDIS_USER") credentials.user = line.substr(equals + 1);
    if (name == "REDIS_PASSWORD") credentials.password = Secret{line.substr(equals + 1)};
  }
  if (credentials.user.empty() || credentials.password.empty()) {
    return Fail(ErrorCode::kDenied, "no credentials for the cluster's API in " + file.string());
  }
  return credentials;
}

}  // namespace

KnownSecrets ClusterRepository::Secrets() const {
  KnownSecrets secrets = known_;
  secrets.push_back(token_);
  secrets.push_back(password_);
  return secrets;
}

Error ClusterRepository::ErrorOf(const HttpReply& reply) const {
  const std::string said = ParseMessage(reply.body, Secrets());
  std::string message = "the API server answered " + std::to_string(reply.status);
  if (!said.empty()) message += ": " + said;
  const bool denied = http_client::IsDenial(reply.status);
  return {denied ? ErrorCode::kDenied : ErrorCode::kUnavailable, std::move(message)};
}

Result<HttpReply> ClusterRepository::Ask(const ApiRequest& request, const Talk& talk) const {
  auto reply = http_client::ExchangePatiently(
      request, {.first_pause = manner_.first_retry, .once = request.once}, talk.deadline,
      talk.stop);
  if (reply && http_client::IsTemporary(reply->status)) return Fail(ErrorOf(*reply));
  return reply;
}

Result<void> ClusterRepository::LogIn(const Talk& talk) {
  const auto credentials = ReadCredentials(access_.credentials_file);
  if (!credentials) return Fail(credentials.error());
  password_ = credentials->password;
  auto server = access_.find_server();
  if (!server) return Fail(std::move(server.error()).While("find the leader"));
  server_ = *std::move(server);
  const auto reply = Ask({{.url = server_ + "/api/login",
                           .body = LoginBody(credentials->user, credentials->password)}},
                         talk);
  if (!reply) return Fail(Error{reply.error()}.While("log in to the cluster"));
  if (reply->status != 200) return Fail(ErrorOf(*reply).While("log in to the cluster"));
  auto token = ParseToken(reply->body);
  if (!token) return Fail(token.error());
  token_ = *std::move(token);
  return {};
}

/// A token ends after two weeks, and a leader that is none any more refuses with 403 and names the new one:
/// both are answered by logging in once, where the leader is now.
Result<HttpReply> ClusterRepository::AskLoggedIn(const std::string& path, const std::string& body,
                                                 const Talk& talk) {
  for (const bool may_log_in_again : {true, false}) {
    const bool fresh = token_.empty();
    if (fresh) {
      if (auto in = LogIn(talk); !in) return Fail(in.error());
    }
    auto reply =
        Ask({{.url = server_ + path, .body = body, .bearer = token_}, !body.empty()}, talk);
    if (!reply) {
      token_ = Secret{};  // the next look finds the leader anew
      return reply;
    }
    const bool refused = http_client::IsDenial(reply->status);
    if (!refused || fresh || !may_log_in_again) return reply;
    token_ = Secret{};
  }
  return Fail(ErrorCode::kDenied, "the API server refuses its own token");
}

bool ClusterRepository::HasEndedMeanwhile(LeftTask& task, const Talk& talk) {
  const auto now = steady_clock::now();
  if (now - task.since >= manner_.give_up_task) return true;
  if (now < task.next_question) return false;
  task.next_question = now + task.pause.Next();
  return HasEnded(AskLoggedIn(TaskPath(task.id), {}, talk));
}

bool ClusterRepository::IsStillBusy(const std::string& destination_id, const Talk& talk) {
  const bool too_many = left_.size() >= kMostLeft;
  for (auto task = left_.begin(); task != left_.end();) {
    const bool matters = too_many || task->destination_id == destination_id;
    task = matters && HasEndedMeanwhile(*task, talk) ? left_.erase(task) : std::next(task);
  }
  return left_.size() >= kMostLeft ||
         std::ranges::find(left_, destination_id, &LeftTask::destination_id) != left_.end();
}

void ClusterRepository::Leave(const std::string& task, const std::string& destination_id) {
  const auto now = steady_clock::now();
  GrowingPause pause{manner_.first_left_poll, manner_.longest_left_poll};
  const auto next = now + pause.Next();
  left_.push_back({task, destination_id, now, pause, next});
}

probe::ProbeAnswer ClusterRepository::Await(const std::string& task,
                                            const std::string& destination_id, const Talk& talk) {
  GrowingPause pause{manner_.first_poll, manner_.longest_poll};
  const auto last_question =
      talk.deadline - manner_.timeout / 20;  // there must be time for its answer
  while (true) {
    const auto reply = AskLoggedIn(TaskPath(task), {}, talk);
    if (reply && reply->status == 200) return ParseTaskEnd(reply->body, Secrets());
    if (HasEnded(reply)) return RefusalOf(reply.error());
    // Until it has ended the server knows no status of it: 400, or 404.
    const bool goes_on = reply && (reply->status == 400 || reply->status == 404);
    if (!goes_on && reply) {
      Leave(task, destination_id);
      return RefusalOf(ErrorOf(*reply));
    }
    const auto left = std::chrono::duration_cast<milliseconds>(last_question - steady_clock::now());
    const bool time_left = reply && left > milliseconds::zero();
    if (!time_left || !http_client::Pause(std::min(pause.Next(), left), talk.stop)) {
      Leave(task, destination_id);
      if (!reply && reply.error().code != ErrorCode::kTimeout) return RefusalOf(reply.error());
      return probe::Refusal(ProbeCause::kTimeout,
                            "the cluster's task that reads the repository has not ended in time");
    }
  }
}

std::optional<probe::ProbeAnswer> ClusterRepository::ReadSnapshots(
    const probe::RepositoryAddress& address, const std::stop_token& stop) {
  const Talk talk{steady_clock::now() + manner_.timeout, stop};
  if (IsStillBusy(address.destination_id, talk)) return std::nullopt;
  const auto reply = AskLoggedIn("/api/cluster/tasks", TaskBody(address), talk);
  if (!reply) return RefusalOf(reply.error());
  if (reply->status != 201) return RefusalOf(ErrorOf(*reply));
  const auto task = ParseTaskId(reply->body);
  if (!task) return RefusalOf(task.error());
  return Await(*task, address.destination_id, talk);
}

}  // namespace backup_monitor::cluster_api
