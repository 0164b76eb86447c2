#include "adapters/cluster_api/cluster_tasks.h"

#include <algorithm>
#include <sstream>
#include <utility>

#include "base/secret_file.h"

namespace backup_monitor::cluster_api {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

std::string TaskPath(const std::string& task) { return "/api/cluster/task/" + task + "/status"; }

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

KnownSecrets ClusterTasks::Secrets() const {
  KnownSecrets secrets = known_;
  secrets.push_back(token_);
  secrets.push_back(password_);
  return secrets;
}

Error ClusterTasks::ErrorOf(const HttpReply& reply) const {
  const std::string said = ParseMessage(reply.body, Secrets());
  std::string message = "the API server answered " + std::to_string(reply.status);
  if (!said.empty()) message += ": " + said;
  const bool denied = http_client::IsDenial(reply.status);
  return {denied ? ErrorCode::kDenied : ErrorCode::kUnavailable, std::move(message)};
}

Result<HttpReply> ClusterTasks::Ask(const ApiRequest& request, const Talk& talk) const {
  auto reply = http_client::ExchangePatiently(
      request, {.first_pause = manner_.first_retry, .once = request.once}, talk.deadline,
      talk.stop);
  if (reply && http_client::IsTemporary(reply->status)) return Fail(ErrorOf(*reply));
  return reply;
}

Result<void> ClusterTasks::LogIn(const Talk& talk) {
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
Result<HttpReply> ClusterTasks::AskLoggedIn(const std::string& path, const std::string& body,
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

Result<std::string> ClusterTasks::Submit(std::string_view action, std::string_view input,
                                         const Talk& talk) {
  const auto reply = AskLoggedIn("/api/cluster/tasks", TaskBody(action, input), talk);
  if (!reply) return Fail(reply.error());
  if (reply->status != 201) return Fail(ErrorOf(*reply));
  return ParseTaskId(reply->body);
}

Result<std::string> ClusterTasks::Await(const std::string& task, const Talk& talk) {
  GrowingPause pause{manner_.first_poll, manner_.longest_poll};
  // There must be time for the last answer.
  const auto last_question = talk.deadline - (talk.deadline - steady_clock::now()) / 20;
  while (true) {
    auto reply = AskLoggedIn(TaskPath(task), {}, talk);
    if (reply && reply->status == 200) return std::move(reply->body);
    // Until it has ended the server knows no status of it: 400, or 404.
    const bool goes_on = reply && (reply->status == 400 || reply->status == 404);
    if (reply && !goes_on) return Fail(ErrorOf(*reply));
    if (!reply && reply.error().code != ErrorCode::kTimeout) return Fail(reply.error());
    const auto left = std::chrono::duration_cast<milliseconds>(last_question - steady_clock::now());
    const bool time_left = reply && left > milliseconds::zero();
    if (!time_left || !http_client::Pause(std::min(pause.Next(), left), talk.stop))
      return Fail(ErrorCode::kTimeout, "the cluster's task has not ended in time");
  }
}

Result<bool> ClusterTasks::AskForEnd(const std::string& task, const Talk& talk) {
  const auto reply = AskLoggedIn(TaskPath(task), {}, talk);
  if (reply) return reply->status == 200;
  // An end that is too long to be read is one, too.
  if (reply.error().code == ErrorCode::kTooLarge) return true;
  return Fail(reply.error());
}

bool ClusterTasks::HasEnded(const std::string& task, const Talk& talk) {
  return AskForEnd(task, talk).value_or(false);
}

Result<void> ClusterTasks::CheckLeft(const Talk& talk) {
  if (left_ && steady_clock::now() - left_->since < manner_.forget_task) {
    const auto ended = AskForEnd(left_->id, talk);
    if (!ended) return Fail(ended.error());
    if (!*ended && left_->server == server_)
      return Fail(ErrorCode::kTimeout, "the task before has not ended");
  }
  left_.reset();
  return {};
}

Result<TaskEnd> ClusterTasks::Run(std::string_view action, std::string_view input,
                                  Deadline deadline, const std::stop_token& stop) {
  const std::string attempt = "run the cluster's action " + std::string{action};
  const Talk talk{deadline, stop};
  if (auto free = CheckLeft(talk); !free) return Fail(std::move(free.error()).While(attempt));
  const auto task = Submit(action, input, talk);
  if (!task) return Fail(Error{task.error()}.While(attempt));
  const auto answer = Await(*task, talk);
  if (!answer) {
    if (answer.error().code != ErrorCode::kTooLarge)
      left_ = LeftTask{*task, server_, steady_clock::now()};
    return Fail(Error{answer.error()}.While(attempt));
  }
  auto end = ParseTaskEnd(*answer);
  if (!end) return Fail(std::move(end.error()).While(attempt));
  return end;
}

}  // namespace backup_monitor::cluster_api
