#include "integration/report/sample_findings.h"

#include "unit/report/report_builder.h"

namespace backup_monitor::testing {
namespace {

constexpr Time kThursday = kNight - 2 * kDay - 4 * kHour;

ModuleLine Bad(const char* id, const char* name) { return Line(id, Verdict::kFailed, name); }

std::string LockedWords() {
  return "Fatal: unable to create lock in backend: repository is already locked exclusively by PID "
         "28 on "
         "4f1c2d7e by root (UID 0, GID 0); lock was created at 2026-11-20 03:12:44 (46h50m ago)";
}

// Eight causes, and whatever snapshots themselves can tell.
Report Causes() {
  ModuleLine around = Refused(Bad("samba1", "Files"), ProbeCause::kLocked, LockedWords());
  around.finding->newest = Snapshot{kThursday, "77ab01d2", 418'300'000'000};
  around.newest_data = kThursday;
  ModuleLine saved =
      FoundOwn(Line("wordpress1", Verdict::kSavedWithErrors, "Web site"), kNight + kMinute);
  RunSection run = Section(
      Outcome::kPartial,
      {Found(Bad("mail1", "Mail server"), kThursday),
       Found(Bad("dokuwiki1", "Handbook"), std::nullopt),
       Found(Bad("webtop1", ""), kNight + 70 * kMinute), around,
       Refused(Bad("nextcloud1", "Nextcloud"), ProbeCause::kUnreachable,
               "Fatal: unable to open repository at s3:s3.example.org/ns8: dial tcp "
               "203.0.113.9:443: connect: connection refused"),
       Refused(Bad("imap1", "Old mail"), ProbeCause::kLocked, LockedWords()),
       Refused(Bad("piler1", "Archive"), ProbeCause::kWrongKey,
               "Fatal: wrong password or no key found"),
       Refused(Bad("mattermost1", "Team chat"), ProbeCause::kNoRepository),
       Refused(Bad("nethvoice1", "Telephony"), ProbeCause::kDamaged,
               "Fatal: config cannot be loaded: ciphertext verification failed"),
       Refused(Bad("ejabberd1", ""), ProbeCause::kTimeout),
       Refused(Bad("roundcube1", ""), ProbeCause::kDenied, "403 Forbidden"),
       Refused(Bad("loki1", ""), ProbeCause::kUnknown, "Fatal: something nobody has seen before"),
       saved, Line("crowdsec1", Verdict::kSucceeded)});
  run.unprobed = Unprobed::kTimeOver;
  run.modules.push_back(Bad("lamp1", "Intranet"));
  return Of({run});
}

// The mail that an administrator is most likely to get: one thing wrong, and its cause known.
Report Locked() {
  ModuleLine line = Refused(Bad("mail1", "Mail server"), ProbeCause::kLocked, LockedWords());
  line.finding->newest = Snapshot{kThursday, "77ab01d2", 418'300'000'000};
  line.newest_data = kThursday;
  line.last_good = kThursday + 14 * kMinute;
  line.episode.failed = 3;
  RunSection run = Section(Outcome::kPartial, {line, Line("samba1", Verdict::kSucceeded, "Files")});
  run.episode.failed = 3;
  run.failing_since = kNight - 2 * kDay;
  return Of({run});
}

Report ManyLocked() {
  RunSection run = Section(Outcome::kPartial, {});
  for (int i = 1; i <= 200; ++i) {
    const std::string number = std::to_string(i);
    ModuleLine line = Bad(("nextcloud" + number).c_str(), ("Customer cloud " + number).c_str());
    line.episode.failed = 1 + i % 4;
    run.modules.push_back(Refused(line, ProbeCause::kLocked, LockedWords()));
  }
  for (int i = 1; i <= 50; ++i) {
    run.modules.push_back(Line("mail" + std::to_string(i), Verdict::kSucceeded,
                               "Customer mail " + std::to_string(i)));
  }
  return Of({run});
}

// NS8 says success, and the repositories do not confirm it.
Report Unconfirmed() {
  const auto good = [](const char* id, const char* name) {
    return Line(id, Verdict::kSucceeded, name);
  };
  RunSection run = Section(
      Outcome::kSuccess,
      {FoundOwn(good("samba1", "Files"), kNight), Found(good("mail1", "Mail server"), kThursday),
       Refused(good("nextcloud1", "Nextcloud"), ProbeCause::kLocked, LockedWords())});
  RunSection busy = Section(Outcome::kSuccess, {good("mail1", "Mail server")});
  busy.plan = PlanId{"2"};
  busy.plan_name = "Weekly, off-site";
  busy.destination_name = "Backblaze B2";
  busy.unprobed = Unprobed::kDestinationBusy;
  return Of({run, busy});
}

}  // namespace

std::vector<Sample> FindingSamples() {
  return {{"causes", Causes()},
          {"locked", Locked()},
          {"many_locked", ManyLocked()},
          {"unconfirmed", Unconfirmed()}};
}

}  // namespace backup_monitor::testing
