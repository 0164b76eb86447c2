#!/usr/bin/env bash
# clang-tidy with the rules of .clang-tidy. Its findings are errors.
#
#   scripts/tidy.sh --all       every source of src, tests and bench (about half an hour on two cores)
#   scripts/tidy.sh             what differs from the commit BACKUP_MONITOR_TIDY_SINCE (default: the one before)
#   scripts/tidy.sh FILE...     these
#
# It reads clang's commands without precompiled headers: those of g++ mean nothing to it.
set -euo pipefail
cd "$(dirname "$0")/.."

case ${1:-} in
  --all) mapfile -t files < <(find src tests bench -name '*.cc' | sort) ;;
  '') mapfile -t files < <(git diff --name-only --diff-filter=d "${BACKUP_MONITOR_TIDY_SINCE:-HEAD~1}" -- 'src/*.cc' 'tests/*.cc' 'bench/*.cc') ;;
  *) files=("$@") ;;
esac
((${#files[@]} > 0)) || { echo "no source has changed"; exit 0; }
scripts/build.sh tidy generated_sources
run-clang-tidy-14 -quiet -p build/tidy -j "$(nproc)" "${files[@]/#/^$PWD/}" 2>&1 |
  sed -E '/^(clang-tidy-14 |[0-9]+ warnings? (generated|and)|Suppressed |Use -header-filter|$)/d'
