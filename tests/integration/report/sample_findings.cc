#include "integration/report/sample_findings.h"

#include "unit/report/report_builder.h"

namespace backup_monitor::testing {
namespace {

constexpr Time kThursday = kNight - 2 * kDay - 4 * kHour;

// What has no snapshot is no good backup: the last one is an earlier one.
ModuleLine NoGoodBackup(ModuleLine line) {
  line.last_good = kThursday + 14 * kMinute;
  return line;
}

ModuleLine Bad(const char* id, const char* name) { return Line(id, Verdict::kFailed, name); }

std::string LockedWords() {
  return "Fatal: unable to create lock in backend: repository is already locked exclusively by PID "
         "28 on "
         "4f1c2d7e by root (UID 0, GID 0); lock was created at 2026-11-20 03:12:44 (46h50m ago)";
}

// restic ended well, and left out what it could not read.
ModuleLine Listed(ModuleLine line) {
  line.finding->newest = Snapshot{kThursday, "77ab01d2", std::nullopt};
  line.finding->complete = false;
  line.newest_data = kThursday;
  return line;
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

// Causes that are of the destination or of the node, and not of what the repository holds.
Report CausesOutside() {
  RunSection run = Section(
      Outcome::kPartial,
      {Line("mattermost1", Verdict::kSucceeded, "Team chat"),
       Refused(Bad("mail1", "Mail server"), ProbeCause::kTimeout),
       Refused(Bad("samba1", "Files"), ProbeCause::kTimeout),
       Refused(Bad("nextcloud1", "Nextcloud"), ProbeCause::kCertificate,
               "Fatal: unable to open config file: Head \"https://backup.example.org/ns8/config\": "
               "tls: failed to verify certificate: x509: certificate signed by unknown authority"),
       Refused(Bad("piler1", "Archive"), ProbeCause::kFull,
               "Fatal: unable to create lock in backend: Save(<lock/5f1c>) returned error: "
               "no space left on device"),
       Refused(Bad("webtop1", ""), ProbeCause::kHostKey,
               "Fatal: unable to open repository at sftp:backup@nas.example.org:/ns8: "
               "Host key verification failed."),
       Refused(Bad("imap1", "Old mail"), ProbeCause::kDamagedLock,
               "Fatal: load lock 9d40c1aa: invalid data returned"),
       Refused(Bad("dokuwiki1", "Handbook"), ProbeCause::kDamagedLock,
               "Fatal: load lock 1be3c00f: invalid data returned"),
       Refused(Bad("loki1", ""), ProbeCause::kNotStarted,
               "Error: no space left on device: creating container storage"),
       Listed(Refused(Bad("ejabberd1", ""), ProbeCause::kIncomplete,
                      "error: loading snapshot 51ab07cc: unexpected EOF"))});
  return Of({run});
}

// One cause alone: the usual mail.
Report OneCause(ProbeCause cause, std::string words) {
  return Of(
      {Section(Outcome::kPartial, {Refused(Bad("mail1", "Mail server"), cause, std::move(words)),
                                   Line("samba1", Verdict::kSucceeded, "Files")})});
}

// Successes of which most data, or most files, are gone.
Report Fallen() {
  ModuleLine small = Line("samba1", Verdict::kSucceeded, "Files");
  small.previous_size_bytes = 418'300'000'000;
  ModuleLine few = Line("nextcloud1", Verdict::kSucceeded, "Nextcloud");
  few.file_count = 17;
  few.previous_file_count = 184'220;
  return Of({Section(Outcome::kSuccess,
                     {small, few, Line("mail1", Verdict::kSucceeded, "Mail server")})});
}

Report OneFallen() {
  ModuleLine small = Line("samba1", Verdict::kSucceeded, "Files");
  small.previous_size_bytes = 418'300'000'000;
  return Of({Section(Outcome::kSuccess, {small})});
}

// Successes whose own records count no snapshot, one that its repository does not confirm.
Report NoneCounted(bool all) {
  ModuleLine mail = NoGoodBackup(Line("mail1", Verdict::kSucceeded, "Mail server"));
  mail.counts_no_snapshot = true;
  mail.size_bytes = 0;
  mail.file_count = 0;
  ModuleLine files = Line("samba1", Verdict::kSucceeded, "Files");
  if (!all) files = NoGoodBackup(Found(files, kThursday));
  std::vector<ModuleLine> modules{mail, files};
  if (all) modules = {mail};
  return Of({Section(Outcome::kSuccess, std::move(modules))});
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
  RunSection run =
      Section(Outcome::kSuccess,
              {FoundOwn(good("samba1", "Files"), kNight),
               NoGoodBackup(Found(good("mail1", "Mail server"), kThursday)),
               Refused(good("nextcloud1", "Nextcloud"), ProbeCause::kLocked, LockedWords())});
  RunSection busy = Section(Outcome::kSuccess, {good("mail1", "Mail server")});
  busy.plan = PlanId{"2"};
  busy.plan_name = "Weekly, off-site";
  busy.destination_name = "Backblaze B2";
  busy.unprobed = Unprobed::kDestinationBusy;
  return Of({run, busy});
}

ModuleLine Logged(ModuleLine line, std::vector<FailedStep> steps) {
  const bool later = steps.front().step > BackupStep::kSnapshot;
  line.logged = LoggedModule{.restic_ended = later, .failed = std::move(steps)};
  return line;
}

FailedStep StepAt(BackupStep step, std::string words) {
  return {.step = step,
          .at = kNight + 17 * kMinute,
          .status = 1,
          .words = std::move(words),
          .unread = {}};
}

ModuleLine SilentAs(const char* id, const char* name, Silence why, bool was_begun) {
  ModuleLine line = Line(id, Verdict::kNotFinished, name);
  line.logged = LoggedModule{.begin_is_known = true, .failed = {}, .signal = "9/KILL"};
  line.logged->silence = SilentModule{why, kNight + 29 * kMinute, was_begun, false};
  return line;
}

ModuleLine OnNode1(ModuleLine line) {
  line.node = *NodeId::Parse("1");
  line.node_name.clear();
  return line;
}

// What the cluster's log says of each module, and of a node whose log could not be read.
Report WithLog() {
  FailedStep unread = StepAt(BackupStep::kSnapshot, "error: open /home/a: permission denied");
  unread.status = FailedStep::kSomeUnread;
  unread.unread = {"open /home/a: permission denied", "lstat /home/b: no such file or directory"};
  ModuleLine locked =
      Logged(FoundOwn(Line("mail1", Verdict::kSavedWithErrors, "Mail server"), kNight + kMinute),
             {StepAt(BackupStep::kRetention, "repository is already locked by PID 7 on web")});
  locked.logged->cause = ProbeCause::kLocked;
  ModuleLine busy = SilentAs("webserver1", "", Silence::kGaveUp, true);
  busy.logged->silence->busy_with = PlanId{"2"};
  busy.logged->busy_plan_name = "Weekly, off-site";
  RunSection run = Section(
      Outcome::kPartial,
      {Logged(Bad("samba1", "Files"), {StepAt(BackupStep::kDump, "no space left on device")}),
       Logged(Bad("nextcloud1", "Nextcloud"), {unread}), locked,
       SilentAs("piler1", "Archive", Silence::kGaveUp, true), busy,
       SilentAs("webtop1", "", Silence::kKilled, true),
       SilentAs("loki1", "", Silence::kRebooted, false), OnNode1(Bad("web1", "Web site")),
       Line("imap1", Verdict::kSucceeded, "")});
  LoggedPass pass{.node = *NodeId::Parse("2"),
                  .plan = run.plan,
                  .began = kNight,
                  .last = kNight + 29 * kMinute,
                  .ended = kNight + 29 * kMinute,
                  .end = LoggedPass::End::kKilled,
                  .signal = "9/KILL"};
  run.cluster_backup = ClusterBackupAtClosing{
      .backup = {.uploaded = kNight - 24 * kHour,
                 .failed = ClusterUpload{kNight, false, "Command 'rclone' returned status 7"}},
      .read_at = kNight + kHour};
  run.log = {{*NodeId::Parse("1"), "",
              NodeLog{.read_at = kNight + kHour, .trouble = ErrorCode::kUnavailable}},
             {pass.node, "Rome", NodeLog{.read_at = kNight + kHour, .pass = pass}}};
  return Of({run});
}

// A node that could not be reached, one that was restarted, and one of which that could not be read.
Report NodesAway() {
  const auto silent = [](const char* module, const char* node, const char* name) {
    ModuleLine line = Line(module, Verdict::kNotFinished);
    line.node = *NodeId::Parse(node);
    line.node_name = name;
    return line;
  };
  RunSection run =
      Section(Outcome::kIncomplete,
              {silent("nextcloud1", "2", "Rome"), silent("mail1", "3", ""), silent("web1", "4", ""),
               OnNode1(Line("samba1", Verdict::kSucceeded, "Files"))});
  run.closed_at = kNight + kHour;
  const Time from = kNight - kHour;
  run.presence = {
      {*NodeId::Parse("2"),
       "Rome",
       {.read_at = kNight + kHour,
        .known_from = from,
        .absences = {{kNight - 9 * kMinute, kNight + 40 * kMinute},
                     {kNight + 50 * kMinute, std::nullopt}}}},
      {*NodeId::Parse("3"),
       "",
       {.read_at = kNight + kHour,
        .known_from = from,
        .booted = kNight + 12 * kMinute,
        .ended_backup = true}},
      {*NodeId::Parse("4"), "", {.read_at = kNight + kHour, .trouble = ErrorCode::kUnavailable}}};
  return Of({run});
}

}  // namespace

std::vector<Sample> FindingSamples() {
  return {{"causes", Causes()},
          {"causes_outside", CausesOutside()},
          {"timeout", OneCause(ProbeCause::kTimeout, "")},
          {"damaged_lock",
           OneCause(ProbeCause::kDamagedLock, "Fatal: load lock 9d40c1aa: invalid data returned")},
          {"fallen", Fallen()},
          {"log", WithLog()},
          {"nodes_away", NodesAway()},
          {"one_fallen", OneFallen()},
          {"none_counted", NoneCounted(true)},
          {"none_counted_or_found", NoneCounted(false)},
          {"locked", Locked()},
          {"many_locked", ManyLocked()},
          {"unconfirmed", Unconfirmed()}};
}

}  // namespace backup_monitor::testing
