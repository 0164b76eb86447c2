#include "probe/list_answer.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>

#include "probe/restic_failure.h"
#include "probe/restic_words.h"

namespace backup_monitor::probe {
namespace {

/// A line that takes nothing from a list of snapshots, by how it begins and, if given, by what it contains.
struct Harmless {
  std::string_view begin;
  std::string_view part;
};

// Whoever adds a line here must know that restic listed everything although it said this.
constexpr std::array kHarmless{
    // restic's cache is a copy of what it reads from the repository: restic v0.14.0, v0.18.1
    // cmd/restic/global.go OpenRepository(), v0.19.1 internal/global/global.go setupCache(),
    // internal/repository/repository.go, internal/backend/cache/backend.go. Not "unable to find old
    // cache directories", which ends without a line feed, so that another message follows in its
    // line.
    Harmless{"unable to open cache: ", ""},
    Harmless{"unable to remove ", "cache"},
    Harmless{"error clearing ", " files in cache: "},
    Harmless{"created new cache in ", ""},
    Harmless{"found ", " old cache directories in "},
    Harmless{"removing ", " old cache dirs from "},
    // Locks, in a command that ended well: it had its own. One that vanished while others were
    // looked at; our own could not be removed after the list was printed. restic v0.18.1
    // internal/restic/lock.go checkForOtherLocks(), internal/repository/lock.go.
    Harmless{"Load(<lock/", ""},
    Harmless{"Remove(<lock/", ""},
    Harmless{"error while unlocking: ", ""},
    Harmless{"repo already locked, waiting up to ", " for the lock"},
    // RESTIC_FEATURES names a feature that is no choice any more: restic v0.18.1
    // internal/feature/features.go.
    Harmless{"feature flag ", " and will be removed in a future release"},
    // ssh learns a host key: OpenSSH sshconnect.c; it goes on.
    Harmless{"subprocess ssh: Warning: Permanently added ", " to the list of known hosts."},
    // Podman, as NS8 runs restic: its logger's remarks below an error ("The input device is not a
    // TTY", since it runs --interactive without a terminal), and the image that it fetches first:
    // containers/podman cmd/podman/containers/ run.go, containers/image copy. restic's words come
    // after them, by other lines.
    Harmless{"time=\"", "\" level=warning msg="},
    Harmless{"time=\"", "\" level=info msg="},
    Harmless{"Trying to pull ", ""},
    Harmless{"Resolved \"", "\" as an alias "},
    Harmless{"Resolving \"", "\" using "},
    Harmless{"Getting image source signatures", ""},
    Harmless{"Copying blob ", ""},
    Harmless{"Copying config ", ""},
    Harmless{"Writing manifest to image destination", ""},
    Harmless{"Storing signatures", ""},
    // NS8's agent with DEBUG=1 prints the arguments: ns8-core 4f41b359 agent/__init__.py run_restic().
    Harmless{"restic snapshots ", "--json"},
};

/// Says by itself that something was left out, whatever else is in the line.
bool SaysIncomplete(std::string_view text) {
  return text.find("could not load snapshot") != std::string_view::npos ||
         text.find("Ignoring \"") != std::string_view::npos;
}

bool IsHarmless(const ResticLine& line) {
  const std::string_view text = line.text;
  if (line.exit_error || SaysIncomplete(text)) return false;
  // A fault that could not be got over makes another line: "could not load …", "Ignoring …".
  if (IsOfRetry(text)) return true;
  return std::ranges::any_of(kHarmless, [text](const Harmless& known) {
    return text.starts_with(known.begin) &&
           text.find(known.part, known.begin.size()) != std::string_view::npos;
  });
}

ProbeFailure Incomplete(std::string_view words, const KnownSecrets& known) {
  return {ProbeCause::kIncomplete, Quotable(words, kMostWords, known)};
}

}  // namespace

ProbeAnswer AnswerOfList(const Result<SnapshotList>& list, const SaidErrors& said,
                         const KnownSecrets& known) {
  if (!list) return Refusal(ProbeCause::kUnknown, list.error().message);
  ProbeAnswer answer;
  answer.snapshots = list->snapshots;
  const std::vector<ResticLine> lines = LinesOf(said.text);
  const auto harmful = std::ranges::find_if_not(lines, IsHarmless);
  if (harmful != lines.end()) {
    answer.failure = Incomplete(harmful->text, known);
  } else if (list->not_understood > 0) {
    answer.failure = Incomplete(std::to_string(list->not_understood) + " of " +
                                    std::to_string(list->not_understood + list->snapshots.size()) +
                                    " snapshots in the list have no time that can be read",
                                known);
  } else if (said.cut) {
    answer.failure = Incomplete("restic wrote more messages than are kept", known);
  }
  answer.complete = !answer.failure;
  return answer;
}

}  // namespace backup_monitor::probe
