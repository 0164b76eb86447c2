"""The stand-in for NS8's API server answers as the real one was seen to."""

import json
import pathlib
import sys
import threading
import unittest
import urllib.error
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

from api_server import ApiServer  # pylint: disable=wrong-import-position

USER, PASSWORD = "module/test1", "shoe43"
TASK = {"action": "read-it", "data": {"path": "mail/1"}, "parent": "", "extra": {"isNotificationHidden": True}}


class OneUser(ApiServer):
    """May read; a task ends with what it was given, when `ended` is set."""

    ended = True

    def accepts(self, user, password, address):
        return (user, password, address) == (USER, PASSWORD, "127.0.0.1")

    def allows(self, user, action):
        return action.startswith("read-")

    def run(self, action, data):
        return {"exit_code": 0, "error": "", "output": [action, data]}

    def end_of(self, number):
        return super().end_of(number) if self.ended else None


class Answers(unittest.TestCase):
    def setUp(self):
        self.server = OneUser()
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)

    def ask(self, path, body=None, token=""):
        """(status, answer)."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        request = urllib.request.Request(f"http://127.0.0.1:{self.server.server_port}/api/{path}", headers=headers,
                                         data=None if body is None else json.dumps(body).encode())
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as refusal:
            with refusal:
                return refusal.code, json.load(refusal)

    def log_in(self):
        return self.ask("login", {"username": USER, "password": PASSWORD})[1]["token"]

    def test_only_who_has_the_password_gets_a_token(self):
        status, answer = self.ask("login", {"username": USER, "password": PASSWORD})
        self.assertEqual((200, {"code", "expire", "token"}), (status, set(answer)))
        for login in ({"username": USER, "password": "shoe42"}, {"username": USER}, {}):
            self.assertEqual(401, self.ask("login", login)[0])

    def test_without_a_token_that_it_gave_nothing_is_told(self):
        status, answer = self.ask("cluster/tasks", TASK)
        self.assertEqual((401, "query token is empty"), (status, answer["message"]))
        self.assertEqual(401, self.ask("cluster/tasks", TASK, "eyJ0")[0])
        self.assertEqual({}, self.server.tasks)

    def test_a_task_is_taken_and_its_end_told(self):
        token = self.log_in()
        status, answer = self.ask("cluster/tasks", TASK, token)
        self.assertEqual((201, "read-it", USER), (status, answer["data"]["action"], answer["data"]["user"]))
        self.server.ended = False
        where = f"cluster/task/{answer['data']['id']}/status"
        self.assertEqual((400, {"code": 400, "data": "redis: nil", "message": "error getting error status from redis"}),
                         self.ask(where, token=token))
        self.server.ended = True
        status, answer = self.ask(where, token=token)
        self.assertEqual((200, 0, ["read-it", TASK["data"]]),
                         (status, answer["data"]["exit_code"], answer["data"]["output"]))

    def test_what_no_role_allows_is_refused(self):
        status, answer = self.ask("cluster/tasks", {**TASK, "action": "cancel-task"}, self.log_in())
        self.assertEqual((403, "you don't have permission to access this resource"), (status, answer["message"]))
        self.assertEqual({}, self.server.tasks)

    def test_what_it_does_not_know_is_not_found(self):
        token = self.log_in()
        for path in ("module/mail1/tasks", "cluster/tasks/1", "cluster/task/1/context"):
            self.assertEqual(404, self.ask(path, token=token)[0])


if __name__ == "__main__":
    unittest.main()
