// No report contradicts itself: shown over many generated ones, of every kind, in both languages. As many as
// BACKUP_MONITOR_REPORTS says.
#include <algorithm>
#include <array>
#include <cstdlib>
#include <functional>
#include <random>

#include "catch.h"
#include "report/facts/derive_facts.h"
#include "report/mail/palette.h"
#include "report/mail/report_writer.h"
#include "report/words/lead.h"
#include "unit/report/report_builder.h"

namespace backup_monitor::report::words {
namespace {

using namespace testing;

int ReportsWanted() {
  const char* const wanted = std::getenv("BACKUP_MONITOR_REPORTS");
  return wanted != nullptr ? std::atoi(wanted) : 600;
}

/// Reports as the daemon can make them: each part follows from the others where it must.
class Chance {
 public:
  explicit Chance(unsigned seed) : random_{seed} {}

  int Below(int limit) { return std::uniform_int_distribution{0, limit - 1}(random_); }
  bool OneIn(int many) { return Below(many) == 0; }

  Report Any() {
    constexpr std::array kKinds{ReportKind::kEarlyNotice, ReportKind::kFinal,
                                ReportKind::kUpdate,      ReportKind::kNoStatus,
                                ReportKind::kUnknownPlan, ReportKind::kOnRequest,
                                ReportKind::kLateNotice};
    const ReportKind kind =
        kKinds.at(static_cast<std::size_t>(Below(static_cast<int>(kKinds.size()))));
    Report report = Of({}, kind);
    const bool without_runs =
        kind == ReportKind::kUnknownPlan || (kind == ReportKind::kNoStatus && OneIn(2));
    const int runs = without_runs ? 0 : 1 + (OneIn(4) ? Below(2) : 0);
    for (int i = 0; i < runs; ++i) report.runs.push_back(AnyRun(kind, i));
    if (kind == ReportKind::kOnRequest && OneIn(4)) report.alert.emplace();
    report.watch.cluster_reachable = !OneIn(8);
    if (kind == ReportKind::kOnRequest && OneIn(4)) {
      report.recovery = {{ModuleId{"app1"}, "", {}, "", true, kNight - 9 * kDay, 2 * kDay}};
    }
    if (OneIn(8)) report.watch.unprotected = {ModuleId{"loki1"}};
    return report;
  }

 private:
  RunSection AnyRun(ReportKind kind, int number) {
    const bool open = kind == ReportKind::kEarlyNotice || kind == ReportKind::kLateNotice ||
                      (kind == ReportKind::kOnRequest && OneIn(3));
    std::vector<ModuleLine> lines;
    const int modules = 1 + Below(4);
    for (int i = 0; i < modules; ++i) {
      lines.push_back(
          AnyLine(("app" + std::to_string(i + 1)).c_str(), open, kind == ReportKind::kNoStatus));
    }
    RunSection run = Section(OutcomeOf(lines, kind), lines);
    run.plan = PlanId{std::to_string(number + 1)};
    run.plan_name = "Plan " + std::to_string(number + 1);
    run.destination_id = OneIn(3) ? "b2" : "nas";
    run.destination_name = run.destination_id;
    run.open = open;
    run.being_checked = !open && kind == ReportKind::kOnRequest && OneIn(3);
    if (kind == ReportKind::kNoStatus) run.origin = RunOrigin::kNoStatus;
    if (open) run.end.reset();
    else run.closed_at = kNight + 2 * kHour;
    for (ModuleLine& line : run.modules) {
      if (OneIn(2)) line.target = (1 + Below(4)) * kDay;
      line.was_over = OneIn(3);
    }
    if (kind == ReportKind::kLateNotice && !OneIn(4)) run.known_by = kNight + 5 * kHour;
    if (kind != ReportKind::kNoStatus && OneIn(5)) {
      run.alert = CausingAlert{kNight, "", true};
      run.alert_unexplained = OneIn(2);
      if (run.alert_unexplained && run.outcome == Outcome::kSuccess)
        run.outcome = Outcome::kIncomplete;
    }
    if (OneIn(3)) run.episode.failed += Below(3);
    if (OneIn(3)) run.episode.without_result += Below(3);
    if (OneIn(3)) run.episode.with_snapshot += Below(3);
    if (run.outcome != Outcome::kSuccess) run.failing_since = kNight - run.episode.total() * kDay;
    if (OneIn(6)) run.unprobed = Unprobed::kDestinationBusy;
    if (!open && OneIn(2)) run.presence.push_back(AnyPresence());
    return run;
  }

  /// Whether node 2, where all modules are, could be reached.
  PresenceLine AnyPresence() {
    PresenceLine line{
        *NodeId::Parse("2"), "Rome", {.read_at = kNight + 2 * kHour, .known_from = kNight - kHour}};
    if (OneIn(4)) line.presence.trouble = ErrorCode::kTimeout;
    else if (OneIn(2)) line.presence.ended_backup = line.presence.booted.emplace(kNight) == kNight;
    else line.presence.absences = {{kNight - kHour, kNight + (Below(5) - 1) * kHour}};
    return line;
  }

  static Outcome OutcomeOf(const std::vector<ModuleLine>& lines, ReportKind kind) {
    if (kind == ReportKind::kNoStatus) return Outcome::kRepoFailure;
    bool saved = false;
    bool failed = false;
    bool errors = false;
    bool missing = false;
    for (const ModuleLine& line : lines) {
      saved |= line.verdict == Verdict::kSucceeded || line.verdict == Verdict::kSavedWithErrors;
      failed |= line.verdict == Verdict::kFailed;
      errors |= line.verdict == Verdict::kSavedWithErrors;
      missing |= line.verdict == Verdict::kNotFinished || line.verdict == Verdict::kNeverRan;
    }
    if (failed && !saved) return Outcome::kRepoFailure;
    if (saved && (failed || errors)) return Outcome::kPartial;
    return missing ? Outcome::kIncomplete : Outcome::kSuccess;
  }

  ModuleLine AnyLine(const char* id, bool open, bool no_status) {
    if (no_status) return Line(id, Verdict::kNeverRan);
    if (open && OneIn(2)) return Line(id, std::nullopt);
    const int worst = open ? 3 : static_cast<int>(kAllVerdicts.size());
    const auto verdict = kAllVerdicts.at(OneIn(2) ? 0 : static_cast<std::size_t>(Below(worst)));
    ModuleLine line = Line(id, verdict);
    if (verdict != Verdict::kSucceeded && OneIn(2)) line.logged = AnyLog(line);
    if (verdict == Verdict::kNotFinished || verdict == Verdict::kNeverRan) return line;
    if (verdict == Verdict::kSavedWithErrors) return FoundOwn(line, kNight + kMinute);
    switch (Below(6)) {
      case 0: line = Found(line, kNight - Below(3) * kDay - kHour); break;
      case 1: line = Found(line, std::nullopt); break;
      case 2: line = Refused(line, static_cast<ProbeCause>(Below(8)), "Fatal: x"); break;
      case 3: line = Found(line, kNight + kHour); break;
      default: break;
    }
    if (verdict == Verdict::kSucceeded && OneIn(4)) {
      line.counts_no_snapshot = true;
      line.size_bytes = 0;
    }
    if (verdict == Verdict::kSucceeded && OneIn(4)) line.size_bytes = 400'000'000;
    line.from_other_run = OneIn(10);
    return line;
  }

  /// What the log may say of a module without a good result.
  std::optional<LoggedModule> AnyLog(const ModuleLine& line) {
    LoggedModule logged{.through_agent = OneIn(5),
                        .begin_is_known = OneIn(2),
                        .restic_ended = OneIn(3),
                        .failed = {}};
    for (int step = Below(7); step < 7 && logged.failed.size() < 3; step += 1 + Below(4)) {
      logged.failed.push_back({.step = static_cast<BackupStep>(step),
                               .at = kNight + kMinute,
                               .status = OneIn(3) ? std::optional{3} : std::nullopt,
                               .words = OneIn(2) ? "Fatal: no" : "",
                               .unread = {}});
    }
    if (OneIn(4)) logged.cause = static_cast<ProbeCause>(Below(8));
    if (!line.started) {
      if (OneIn(2)) logged.failed.clear();
      logged.silence = SilentModule{static_cast<Silence>(Below(7)), kNight, OneIn(2), OneIn(2)};
      if (logged.silence->why == Silence::kGaveUp && OneIn(2)) {
        logged.silence->busy_with = PlanId{"2"};
        logged.busy_plan_name = "Weekly";
      }
    }
    return logged;
  }

  std::mt19937 random_;
};

/// The parts of a sentence between its placeholders, in order, anywhere in `text`.
bool Mentions(std::string_view text, const Catalog& catalog, const std::string& key) {
  for (const auto& [form, sentence] : catalog.entries().find(key)->second) {
    std::size_t at = 0;
    std::string_view rest = sentence;
    while (!rest.empty() && at != std::string_view::npos) {
      const std::size_t open = rest.find('{');
      const std::string_view part = rest.substr(0, open);
      at = part.empty() ? at : text.find(part, at);
      if (open == std::string_view::npos) break;
      rest.remove_prefix(rest.find('}') + 1);
    }
    if (at != std::string_view::npos) return true;
  }
  return false;
}

bool AnyModuleOf(const ReportFacts& facts,
                 const std::function<bool(const ModuleFacts&)>& question) {
  return std::ranges::any_of(
      facts.runs, [&](const RunFacts& run) { return std::ranges::any_of(run.modules, question); });
}

int Severity(std::string_view tone) {
  constexpr std::array<std::string_view, 4> kTones{"good", "wait", "warn", "bad"};
  const auto found = std::ranges::find(kTones, tone);
  return found == kTones.end() ? -1 : static_cast<int>(found - kTones.begin());
}

int SeverityOf(Rank rank) {
  switch (rank) {
    case Rank::kGood: return 0;
    case Rank::kPending:
    case Rank::kNotFinished:
    case Rank::kNeverRan: return 1;
    case Rank::kSavedWithErrors:
    case Rank::kWithoutSnapshot: return 2;
    case Rank::kFailed: return 2;  // of many, some failed: PARTIAL is amber
  }
  return 3;
}

void CheckLeads(const ReportFacts& facts, const Catalog& catalog) {
  const Zone zone = Rome();
  const Voice voice{catalog, zone, facts.report.created_at};
  for (const RunFacts& facts_of_run : facts.runs) {
    const RunSection& run = facts_of_run.section;
    std::string lead;
    for (const std::string& sentence : WhatHappened(voice, facts_of_run)) lead += sentence + "\n";
    CAPTURE(lead);
    const Tally& tally = facts_of_run.tally;
    const bool all_good =
        tally.succeeded == tally.total && tally.without_snapshot == 0 && !run.being_checked;
    if (Mentions(lead, catalog, "lead.all_saved")) CHECK(all_good);
    if (Mentions(lead, catalog, "lead.none_of_them_saved")) CHECK(tally.not_saved > 0);
    if (Mentions(lead, catalog, "lead.ended_after.failed")) {
      CHECK(run.episode.failed == run.episode.total());
    }
    for (const char* kind : {"failed", "with_snapshot", "without_result", "missed", "mixed"}) {
      if (!Mentions(lead, catalog, std::string{"lead.ended_after."} + kind)) continue;
      CHECK(run.outcome == Outcome::kSuccess);
      CHECK(tally.without_snapshot == 0);
      CHECK_FALSE((run.open || run.being_checked));
    }
  }
}

void CheckAdvice(const ReportFacts& facts, const std::string& text, const Catalog& catalog) {
  const Report& report = facts.report;
  const bool goes_on = std::ranges::any_of(
      report.runs, [](const RunSection& run) { return run.open || run.being_checked; });
  if (Mentions(text, catalog, "advice.run_again")) {
    CHECK_FALSE(goes_on);
    CHECK(report.kind != ReportKind::kUnknownPlan);
  }
  if (text.find("\n" + catalog.Say("advice.nothing") + "\n") != std::string::npos) {
    CHECK(facts.phrase == Phrase::kCompleted);
    CHECK(facts.tally.fallen == 0);
    CHECK_FALSE(report.alert);
    CHECK_FALSE(AnyModuleOf(facts, [](const ModuleFacts& module) {
      return module.line.finding && module.line.finding->cause;
    }));
  }
  if (Mentions(text, catalog, "advice.nothing_yet")) {
    CHECK(report.kind == ReportKind::kLateNotice);
    CHECK(facts.phrase == Phrase::kCompleted);
    CHECK(facts.tally.fallen == 0);
  }
  const bool one_destination = std::ranges::all_of(report.runs, [&](const RunSection& run) {
    return run.destination_id == report.runs.front().destination_id;
  });
  const bool read = AnyModuleOf(facts, [](const ModuleFacts& module) {
    return module.line.finding && module.line.finding->was_read();
  });
  if (one_destination && read) CHECK_FALSE(Mentions(text, catalog, "advice.destination"));
  if (!read) CHECK_FALSE(Mentions(text, catalog, "advice.destination_full"));
}

void CheckClaims(const ReportFacts& facts, const RenderedReport& words, const Catalog& catalog) {
  const Report& report = facts.report;
  const std::string& text = words.text;
  const bool not_saved = AnyModuleOf(facts, [](const ModuleFacts& module) {
    return module.line.verdict == Verdict::kFailed && IsNotSaved(module.snapshot_state);
  });
  if (Mentions(text, catalog, "finding.not_saved")) CHECK(not_saved);
  const Tally& tally = facts.tally;
  const bool told = Mentions(words.subject, catalog, "subject.without_snapshot");
  if (report.kind != ReportKind::kEarlyNotice && report.kind != ReportKind::kNoStatus) {
    CHECK(told == (tally.without_snapshot > 0));
  }
  if (report.kind == ReportKind::kLateNotice) {
    const bool problem = tally.with_errors() > 0 || tally.without_snapshot > 0;
    CHECK((words.subject.find("⏳") == 0) == (!problem && !facts.only_alerted));
    const bool told_until = Mentions(text, catalog, "opening.wait_ends");
    CHECK(told_until == (tally.pending > 0 && std::ranges::all_of(report.runs, [](const auto& run) {
                           return run.known_by.has_value();
                         })));
  }
  const bool any_good =
      AnyModuleOf(facts, [](const ModuleFacts& module) { return module.rank == Rank::kGood; });
  CHECK(Mentions(text, catalog, "label_good") == any_good);
  if (Mentions(text, catalog, "finding.undecided"))
    CHECK(text.find(catalog.Say("finding.undecided")) == std::string::npos);
}

void CheckHead(const ReportFacts& facts) {
  const Report& report = facts.report;
  if (report.kind == ReportKind::kEarlyNotice || report.runs.empty()) return;
  for (const RunFacts& run : facts.runs) {
    for (const ModuleFacts& module : run.modules) {
      CHECK(Severity(mail::ToneOf(facts).name) >= SeverityOf(module.rank));
    }
  }
}

TEST_CASE("no report contradicts itself", "[report]") {
  const Catalog english = Catalog::Of(Language::kEnglish);
  const Catalog italian = Catalog::Of(Language::kItalian);
  const mail::ReportWriter in_english{Language::kEnglish, "", Rome()};
  const mail::ReportWriter in_italian{Language::kItalian, "", Rome()};
  for (int seed = 1; seed <= ReportsWanted(); ++seed) {
    const Report report = Chance{static_cast<unsigned>(seed)}.Any();
    const ReportFacts facts = FactsOf(report);
    CheckHead(facts);
    for (const bool in_first : {true, false}) {
      const RenderedReport words = (in_first ? in_english : in_italian).Render(facts);
      const Catalog& catalog = in_first ? english : italian;
      CAPTURE(seed, words.subject, words.text);
      REQUIRE(words.text.find("⟦") == std::string::npos);
      CheckLeads(facts, catalog);
      CheckAdvice(facts, words.text, catalog);
      CheckClaims(facts, words, catalog);
    }
  }
}

/// The same without what the witnesses say.
Report WithoutWitnesses(Report report) {
  for (RunSection& run : report.runs) {
    run.log.clear();
    run.presence.clear();
    for (ModuleLine& line : run.modules) line.logged.reset();
  }
  return report;
}

/// What is known without the witnesses, they may only make more exact: it saves nothing, and changes no verdict.
void CheckOnlyMoreExact(const ModuleFacts& with, const ModuleFacts& without) {
  CHECK(with.rank == without.rank);
  CHECK(with.without_snapshot == without.without_snapshot);
  CHECK(with.made_at == without.made_at);
  CHECK(with.newest.at == without.newest.at);
  if (with.snapshot_state == without.snapshot_state) return;
  CHECK(with.snapshot_state == SnapshotState::kLogged);
  CHECK(with.line.verdict == Verdict::kFailed);
  CHECK((without.snapshot_state == SnapshotState::kNotLooked ||
         without.snapshot_state == SnapshotState::kUnread ||
         without.snapshot_state == SnapshotState::kUndecided));
  CHECK(with.line.logged->says_not_saved());
}

TEST_CASE("with its witnesses a report says only more, and nothing else", "[report][log]") {
  int logged = 0;
  int met = 0;
  int refined = 0;
  for (int seed = 1; seed <= ReportsWanted(); ++seed) {
    CAPTURE(seed);
    const Report report = Chance{static_cast<unsigned>(seed)}.Any();
    const Report bare = WithoutWitnesses(report);
    const ReportFacts with = FactsOf(report);
    const ReportFacts without = FactsOf(bare);
    CHECK(with.phrase == without.phrase);
    CHECK(with.trouble == without.trouble);
    CHECK(with.tally.succeeded == without.tally.succeeded);
    CHECK(with.tally.failed == without.tally.failed);
    CHECK(with.tally.without_result() == without.tally.without_result());
    CHECK(with.tally.not_saved >= without.tally.not_saved);
    CHECK(with.steps.empty() == without.steps.empty());
    for (std::size_t run = 0; run < with.runs.size(); ++run) {
      met += with.runs[run].nodes.empty() ? 0 : 1;
      for (std::size_t module = 0; module < with.runs[run].modules.size(); ++module) {
        const ModuleFacts& its = with.runs[run].modules[module];
        CheckOnlyMoreExact(its, without.runs[run].modules[module]);
        logged += its.line.logged ? 1 : 0;
        refined += its.snapshot_state == SnapshotState::kLogged ? 1 : 0;
      }
    }
  }
  CHECK(logged > ReportsWanted() / 5);
  CHECK(met > ReportsWanted() / 20);
  CHECK(refined > ReportsWanted() / 100);
}

}  // namespace
}  // namespace backup_monitor::report::words
