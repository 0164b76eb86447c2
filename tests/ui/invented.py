"""A history of any length, which no daemon makes in a test's time: the answers of the actions that tell of it."""

from datetime import datetime, timezone

PHRASES = {"SUCCESS": "completed", "PARTIAL": "partially_failed", "INCOMPLETE": "not_finished", "REPO_FAILURE": "failed"}
OUTCOMES = ["SUCCESS", "SUCCESS", "SUCCESS", "PARTIAL", "INCOMPLETE", "REPO_FAILURE"]
VERDICTS = ["succeeded"] * 9 + ["failed", "not_finished", "saved_with_errors"]
RANKS = {"succeeded": 0, "not_finished": 2, "saved_with_errors": 4, "failed": 6}  # as in src/model/verdict.h
NIGHT = 86_400  # seconds


class Invented:
    """`runs` nights of one plan with `modules` applications; the last began at `now`."""

    def __init__(self, runs, modules, now):
        self.runs = [run_head(number, now - NIGHT * (runs - number), modules) for number in range(runs, 0, -1)]
        self.modules = modules
        self.answers = {"list-reports": self.list_reports, "list-results": self.list_results}

    def list_reports(self, data):
        fit = [run for run in self.runs if run["id"] < data.get("before", len(self.runs) + 1)
               and data.get("outcome") in (None, run["outcome"]) and data.get("plan") in (None, "1")]
        page = fit[:data.get("limit", 50)]
        return {"runs": page, "next_before": page[-1]["id"] if len(page) < len(fit) else None}

    def list_results(self, data):
        page = self.runs[:data.get("runs", 30)]
        return {"runs": page, "modules": [module(number, page) for number in range(1, self.modules + 1)],
                "older_left_out": False}


def moment(name, unix):
    text = datetime.fromtimestamp(unix, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    return {name: text, f"{name}_unix": unix}


def run_head(number, begin, modules):
    return {"id": number, "plan": {"id": "1", "name": "Nightly"}, **moment("begin", begin),
            **moment("end", begin + 900), **moment("closed_at", begin + 901),
            "outcome": OUTCOMES[number % len(OUTCOMES)],
            "phrase": PHRASES[OUTCOMES[number % len(OUTCOMES)]], "modules": modules, "succeeded": modules - number % 3,
            "without_snapshot": 0, "state": "ended", "errors_so_far": 0}


def module(number, runs):
    results = [{"run": run["id"], "verdict": VERDICTS[(number * run["id"]) % len(VERDICTS)],
                "without_snapshot": False,
                "rank": RANKS[VERDICTS[(number * run["id"]) % len(VERDICTS)]],
                "size_bytes": 10 ** 9 + number * 10 ** 7 + run["id"] * 10 ** 7,
                "seconds": 60 + number + run["id"] % 7 * 5} for run in runs]
    return {"module": f"app{number}", "ui_name": "", "node": 1, "results": results}
