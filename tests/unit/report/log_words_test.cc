// What a report says of what the cluster's log says.

#include "catch.h"
#include "unit/report/report_builder.h"

namespace backup_monitor::report {
namespace {

using namespace testing;
using Catch::Contains;
using Step = BackupStep;

const std::string kUnknownStep = "which step failed is unknown";

FailedStep StepAt(Step step, std::string words = "", std::optional<int> status = {}) {
  return {.step = step,
          .at = kNight + 17 * kMinute,
          .status = status,
          .words = std::move(words),
          .unread = {}};
}

ModuleLine Logged(ModuleLine line, std::vector<FailedStep> steps) {
  const bool later = steps.front().step > Step::kSnapshot;
  line.logged = LoggedModule{.restic_ended = later, .failed = std::move(steps)};
  return line;
}

ModuleLine Silent(Silence why, bool was_begun, Verdict verdict = Verdict::kNotFinished) {
  ModuleLine line = Line("mail1", verdict);
  line.logged = LoggedModule{.begin_is_known = true, .failed = {}};
  line.logged->silence = SilentModule{why, kNight + 17 * kMinute, was_begun, false};
  return line;
}

std::string English(ModuleLine line, Outcome outcome = Outcome::kRepoFailure) {
  return OnOneLine(Written(Section(outcome, {std::move(line)})).text);
}
std::string Italian(ModuleLine line, Outcome outcome = Outcome::kRepoFailure) {
  return OnOneLine(Written(Section(outcome, {std::move(line)}), Language::kItalian).text);
}

TEST_CASE("each step that failed has its sentence, with its words, its moment and its node",
          "[report][log]") {
  const auto [step, en, it] = GENERATE(table<Step, std::string, std::string>({
      {Step::kDump, "The application's own dump failed before restic began: no room",
       "L'esportazione dei dati dell'applicazione non è riuscita, prima dell'avvio di restic: no "
       "room"},
      {Step::kInit, "restic could not create the repository: no room",
       "restic non ha potuto creare il repository: no room"},
      {Step::kSnapshot, "restic failed: no room", "restic è terminato con un errore: no room"},
      {Step::kModuleCleanUp, "The application's own clean-up failed: no room",
       "La pulizia finale dell'applicazione non è riuscita: no room"},
      {Step::kStatistics, "Reading the statistics of the repository failed: no room",
       "La lettura delle statistiche del repository non è riuscita: no room"},
      {Step::kRetention, "Removing old snapshots failed: no room",
       "La rimozione dei vecchi snapshot non è riuscita: no room"},
      {Step::kStoreStatus, "NS8 could not store the status of the backup: no room",
       "NS8 non ha potuto memorizzare lo stato del backup: no room"},
  }));
  const ModuleLine line = Logged(Failed(), {StepAt(step, "no room")});
  CHECK_THAT(English(line), Contains(en + " (02:31, log of node 2).") && !Contains(kUnknownStep));
  CHECK_THAT(Italian(line), Contains(it + " (02:31, log del nodo 2)."));
  CHECK_THAT(Written(Section(Outcome::kRepoFailure, {line})).html,
             Contains(": no room (02:31, log of node 2)."));
  CHECK_THAT(English(Logged(Failed(), {StepAt(step)})),
             Contains(en.substr(0, en.find(": no room")) + " (02:31, log of"));
}

TEST_CASE("not saved by the log alone only where restic made no snapshot", "[report][log]") {
  const auto [step, words, status, not_saved] =
      GENERATE(table<Step, std::string, std::optional<int>, bool>({
          {Step::kDump, "", {}, true},
          {Step::kInit, "", {}, true},
          {Step::kSnapshot, "Fatal: no", 1, true},
          {Step::kSnapshot, "Fatal: no", 3, false},
          {Step::kSnapshot, "error: no", 1, false},
          {Step::kSnapshot, "no Fatal: ", 1, false},
          {Step::kModuleCleanUp, "Fatal: no", 1, false},
          {Step::kRetention, "Fatal: no", 1, false},
      }));
  const std::vector<FailedStep> steps{StepAt(step, words, status), StepAt(Step::kStatistics)};
  CHECK((English(Logged(Failed(), steps)).find("Not saved.") != std::string::npos) == not_saved);
  CHECK((English(Logged(Failed(), steps)).find("It was not saved.") != std::string::npos) ==
        not_saved);
  SECTION("not what came through the agent, where an application may have written it") {
    ModuleLine line = Logged(Failed(), steps);
    line.logged->through_agent = true;
    CHECK_THAT(English(line), !Contains("Not saved."));
  }
  SECTION("a snapshot beats the log") {
    const ModuleLine line = FoundOwn(Logged(Failed(), steps), kNight + kMinute);
    CHECK_THAT(English(line), Contains("A snapshot was made at 02:15.") && !Contains("Not saved."));
  }
  SECTION("the log refines a repository that could not be read") {
    const ModuleLine line = Refused(Logged(Failed(), steps), ProbeCause::kTimeout);
    CHECK((English(line).find("Not saved.") != std::string::npos) == not_saved);
  }
}

TEST_CASE("what failed after restic says that restic did not", "[report][log]") {
  const ModuleLine line = Logged(Failed(), {StepAt(Step::kRetention)});
  CHECK_THAT(English(line), Contains("restic itself ended without error. Removing old"));
  CHECK_THAT(English(Logged(Failed(), {StepAt(Step::kSnapshot)})),
             !Contains("ended without error."));
  CHECK_THAT(English(FoundOwn(line, kNight + kMinute)),
             Contains("A snapshot was made at 02:15. Removing old snapshots failed") &&
                 !Contains("restic itself") && !Contains("The log says"));
}

TEST_CASE("files that restic could not read are named", "[report][log]") {
  FailedStep step = StepAt(Step::kSnapshot, "error: /a", 3);
  step.unread = {"/home/a: permission denied", "/home/b: gone"};
  const std::string text = English(Logged(Failed(), {step}));
  CHECK_THAT(text, Contains("restic left out files that it could not read: /home/a: permission "
                            "denied; /home/b: gone (02:31"));
  CHECK_THAT(text, Contains("Files left out of the backup: mail1."));
  CHECK_THAT(text, !Contains("check that the destination can be reached"));
}

TEST_CASE("why there is no result", "[report][log]") {
  const auto [why, en] = GENERATE(table<Silence, std::string>({
      {Silence::kGaveUp, "NS8 gave up after one hour, because another backup"},
      {Silence::kStopped, "The backup on the node was stopped: by a person"},
      {Silence::kKilled, "The backup on the node was killed (02:31, log of node 2)."},
      {Silence::kRebooted, "The node restarted before the backup had ended (02:31"},
      {Silence::kNotEnded, "the log shows no end of it (last entry: 02:31"},
  }));
  const auto verdict = GENERATE(Verdict::kNotFinished, Verdict::kNeverRan);
  const std::string text = English(Silent(why, true, verdict), Outcome::kIncomplete);
  CHECK_THAT(text, Contains(en) && !Contains("still running, cancelled"));
  CHECK_THAT(text, !Contains("Not saved"));
  CHECK_THAT(Italian(Silent(why, false, verdict), Outcome::kIncomplete),
             !Contains("⟦") && Contains("log del nodo 2"));
}

TEST_CASE("whether its turn had come", "[report][log]") {
  const Silence why = GENERATE(Silence::kStopped, Silence::kKilled, Silence::kRebooted);
  CHECK_THAT(English(Silent(why, true), Outcome::kIncomplete),
             Contains("This application was being backed up then."));
  CHECK_THAT(
      English(Silent(why, false), Outcome::kIncomplete),
      Contains("The backup of this application had not begun.") && !Contains("may have continued"));
  // A restart ends everything.
  const bool goes_on = why != Silence::kRebooted;
  CHECK((English(Silent(why, true), Outcome::kIncomplete).find("may have continued without NS8") !=
         std::string::npos) == goes_on);
}

TEST_CASE("what was before the beginning of what was read is not known", "[report][log]") {
  ModuleLine line = Silent(Silence::kKilled, false);
  line.logged->begin_is_known = false;
  CHECK_THAT(English(line, Outcome::kIncomplete),
             Contains("was killed (02:31") && !Contains("had not begun"));
}

TEST_CASE("an end that nothing explains is not called one that goes on", "[report][log]") {
  const std::string text =
      English(Silent(Silence::kEnded, GENERATE(true, false)), Outcome::kIncomplete);
  CHECK_THAT(text, Contains("the log does not say why there is no result (02:31") &&
                       Contains("Without a result although the backup has ended: mail1.") &&
                       !Contains("still running"));
}

TEST_CASE("the statistics are read of a failed backup, too", "[report][log]") {
  ModuleLine line = Logged(Failed(), {StepAt(Step::kStatistics)});
  line.logged->restic_ended = false;
  CHECK_THAT(English(line),
             Contains("Reading the statistics of the repository failed (02:31, log of node 2). "
                      "Whether the newest data were saved is unknown.") &&
                 !Contains("restic itself ended") && !Contains("The log names the step"));
}

TEST_CASE("where the log does not decide, whether data were saved is unknown", "[report][log]") {
  const std::string unknown = "Whether the newest data were saved is unknown.";
  CHECK_THAT(English(Logged(Failed(), {StepAt(Step::kSnapshot)})), Contains(unknown));
  CHECK_THAT(English(Logged(Failed(), {StepAt(Step::kDump)})), !Contains(unknown));
  CHECK_THAT(English(Logged(Failed(), {StepAt(Step::kRetention)})), !Contains(unknown));
  CHECK_THAT(English(FoundOwn(Logged(Failed(), {StepAt(Step::kSnapshot)}), kNight + kMinute)),
             !Contains(unknown));
}

TEST_CASE("by which signal", "[report][log][hostile]") {
  ModuleLine line = Silent(Silence::kKilled, true);
  line.logged->signal = "9/KILL\x1b<b>";
  CHECK_THAT(English(line, Outcome::kIncomplete), Contains("was killed by 9/KILL"));
  CHECK_THAT(Written(Section(Outcome::kIncomplete, {line})).html,
             Contains("9/KILL") && !Contains("KILL<b>") && !Contains("\x1b"));
}

TEST_CASE("a status that could not be stored, and what the log says of the rest", "[report][log]") {
  ModuleLine line = Silent(Silence::kNotStored, true);
  line.logged->failed = {StepAt(Step::kStoreStatus, "ERR")};
  line.logged->silence->completed = GENERATE(true, false);
  const std::string text = English(line, Outcome::kIncomplete);
  CHECK_THAT(text, Contains("NS8 could not store the status of the backup: ERR (02:31"));
  CHECK((text.find("restic and all later steps ended without error.") != std::string::npos) ==
        line.logged->silence->completed);
  CHECK_THAT(text, Contains("Check that Redis runs on the leader"));
}

TEST_CASE("what to do follows from what the log says", "[report][log]") {
  CHECK_THAT(English(Silent(Silence::kGaveUp, false), Outcome::kIncomplete),
             Contains("Busy for over an hour with another backup: mail1.") &&
                 !Contains("For those not finished:"));
  CHECK_THAT(English(Silent(Silence::kRebooted, false), Outcome::kIncomplete),
             Contains("Interrupted: the backup of mail1.") && Contains("run the backup now") &&
                 !Contains("For those not finished:"));
  CHECK_THAT(English(Silent(Silence::kNotEnded, false), Outcome::kIncomplete),
             Contains("For those not finished:"));
  CHECK_THAT(English(Logged(Failed(), {StepAt(Step::kDump)})),
             Contains("The fault is in the application, not at the destination: mail1.") &&
                 !Contains("can be reached"));
  CHECK_THAT(English(Logged(Failed(), {StepAt(Step::kRetention)})),
             Contains("The log names the step that failed: mail1."));
  CHECK_THAT(English(Logged(Failed(), {StepAt(Step::kSnapshot)})), Contains("can be reached"));
}

ModuleLine BusyWith(const char* plan, const char* name, const char* module = "mail1") {
  ModuleLine line = Silent(Silence::kGaveUp, true);
  line.module = ModuleId{module};
  line.logged->silence->busy_with = PlanId{plan};
  line.logged->busy_plan_name = name;
  return line;
}

TEST_CASE("by which plan it was busy, where that is known", "[report][log]") {
  const ModuleLine line = BusyWith("2", "Weekly");
  CHECK_THAT(English(line, Outcome::kIncomplete),
             Contains("NS8 gave up after one hour, because the plan Weekly was still backing up "
                      "the application (02:31, log of node 2).") &&
                 Contains("Busy for over an hour with the backup of the plan Weekly: mail1. On the "
                          "Backup page, change the schedule of Nightly or of Weekly, so that the "
                          "two do not overlap.") &&
                 !Contains("another backup"));
  CHECK_THAT(Italian(line, Outcome::kIncomplete),
             Contains("NS8 ha rinunciato dopo un'ora, perché era ancora in corso il backup "
                      "dell'applicazione avviato dalla pianificazione Weekly (02:31, log del nodo "
                      "2).") &&
                 Contains("Occupato per oltre un'ora dal backup della pianificazione Weekly: "
                          "mail1.") &&
                 Contains("modificare l'orario di Nightly o di Weekly"));
}

TEST_CASE("two schedules are named only where it is the same two of all", "[report][log]") {
  const auto english = [](std::vector<ModuleLine> lines) {
    return OnOneLine(Written(Section(Outcome::kIncomplete, std::move(lines))).text);
  };
  const ModuleLine mail = BusyWith("2", "Weekly");
  CHECK_THAT(english({mail, BusyWith("2", "Weekly", "web1")}),
             Contains("with the backups of the plan Weekly: mail1, web1."));
  CHECK_THAT(english({mail, BusyWith("3", "Monthly", "web1")}),
             Contains("Busy for over an hour with another backup: mail1, web1."));
  ModuleLine unknown = BusyWith("2", "", "web1");
  unknown.logged->silence->busy_with.reset();
  CHECK_THAT(english({mail, unknown}),
             Contains("Busy for over an hour with another backup: mail1, web1.") &&
                 Contains("because the plan Weekly was still"));
  RunSection second = Section(Outcome::kIncomplete, {BusyWith("2", "Weekly", "web1")});
  second.plan = PlanId{"3"};
  second.plan_name = "Monthly";
  const Report two = Of({Section(Outcome::kIncomplete, {mail}), second});
  CHECK_THAT(OnOneLine(Written(two).text),
             Contains("Busy for over an hour with another backup: mail1, web1."));
}

TEST_CASE("the words of a step have the advice of their cause, unless the repository answers now",
          "[report][log]") {
  ModuleLine line = Logged(Failed(), {StepAt(Step::kRetention, "already locked")});
  line.logged->cause = ProbeCause::kLocked;
  CHECK_THAT(English(line), Contains("backup 1 unlock"));
  CHECK_THAT(English(Found(line, kNight - kDay)),
             !Contains("unlock") && Contains("The log names the step that failed: mail1."));
  line.logged->cause = ProbeCause::kFull;
  CHECK_THAT(English(Found(line, kNight - kDay)), Contains("Full: the destination of mail1."));
  SECTION("what the repository answers comes first") {
    CHECK_THAT(English(Refused(line, ProbeCause::kWrongKey)),
               Contains("Another encryption key") && !Contains("Full:"));
  }
}

TEST_CASE("the log is to be read by hand only where it was not read", "[report][log]") {
  CHECK_THAT(English(Logged(Failed(), {StepAt(Step::kSnapshot)})), !Contains("journalctl"));
  CHECK_THAT(English(Failed()),
             Contains("journalctl _SYSTEMD_UNIT=agent@node.service + "
                      "_SYSTEMD_UNIT=backup1.service + _SYSTEMD_UNIT=agent@mail1.service + "
                      "_UID=$(id -u mail1) --since \"2026-11-22"));
  SECTION("an id that is no word of a command is not in one") {
    CHECK_THAT(English(Failed("mail1;reboot")),
               Contains("journalctl --since") && !Contains("id -u"));
    RunSection run = Section(Outcome::kRepoFailure, {Failed()});
    run.plan = PlanId{"1 $(reboot)"};
    CHECK_THAT(Written(run).text, Contains("journalctl --since"));
  }
}

TEST_CASE("a log that could not be read is named, once, and a cluster without one is not",
          "[report][log]") {
  const auto [trouble, en] = GENERATE(table<ErrorCode, std::string>({
      {ErrorCode::kDenied, "the login was refused."},
      {ErrorCode::kTimeout, "it did not answer in time."},
      {ErrorCode::kUnavailable, "it cannot be reached, or is overloaded."},
      {ErrorCode::kInvalidInput, "its answer was not valid."},
      {ErrorCode::kNotFound, ""},
  }));
  RunSection run = Section(Outcome::kRepoFailure, {Failed()});
  run.modules.push_back(Failed("web1"));
  run.modules.back().node = *NodeId::Parse("1");
  for (const char* node : {"1", "2"}) {
    run.log.push_back({*NodeId::Parse(node), "", NodeLog{.read_at = kNight, .trouble = trouble}});
  }
  const std::string text = OnOneLine(Written(run).text);
  const std::string start = "The cluster's log could not be read: ";
  if (en.empty()) {
    CHECK_THAT(text, !Contains(start));
    return;
  }
  CHECK_THAT(text, Contains(start + en));
  CHECK(text.find(start) == text.rfind(start));
  CHECK_THAT(Written(run, Language::kItalian).text, Contains("Il log del cluster non si è potuto"));
}

TEST_CASE("a log of which not all was read is named", "[report][log]") {
  RunSection run = Section(Outcome::kRepoFailure, {Failed()});
  run.log.push_back({*NodeId::Parse("2"), "", NodeLog{.read_at = kNight, .complete = false}});
  CHECK_THAT(OnOneLine(Written(run).text), Contains("more entries of this run than are read."));
}

TEST_CASE("a log from which nothing is wanted any more is not complained about", "[report][log]") {
  ModuleLine line = Failed();
  SECTION("it is another node's") { line.node = *NodeId::Parse("1"); }
  SECTION("the module is saved") { line = Line("mail1", Verdict::kSucceeded); }
  SECTION("an earlier reading has explained it") { line = Logged(Failed(), {StepAt(Step::kDump)}); }
  RunSection run = Section(Outcome::kRepoFailure, {line});
  run.log.push_back(
      {*NodeId::Parse("2"), "", NodeLog{.read_at = kNight, .trouble = ErrorCode::kTimeout}});
  CHECK_THAT(OnOneLine(Written(run).text), !Contains("could not be read"));
}

}  // namespace
}  // namespace backup_monitor::report
