#!/usr/bin/env bash
# Installs what it needs, builds, runs every test, and ends with one line: N passed, N failed.
#
#   ./test.sh            everything, bounded for a machine of two cores
#   ./test.sh STAGE...   only these stages (see below)
#
# What fails is printed with its reason; build/results has everything, and in slowest.txt the 20 tests that took
# longest.
#
# Longer runs: BACKUP_MONITOR_HISTORIES (random histories, default 10000; BACKUP_MONITOR_SEED, the first of them,
# chooses others), BACKUP_MONITOR_KILLS (kill -9 moments, default 200), BACKUP_MONITOR_FUZZ_SECONDS (per fuzz target,
# default 10).
set -uo pipefail
cd "$(dirname "$0")" || exit
mkdir -p build/results
rm -f build/results/*

stages=("$@")
if ((${#stages[@]} == 0)); then
  stages=(scripts asan tsan release e2e module page node fuzz)
fi

begin=$SECONDS
scripts/install-packages.sh || exit 1

# One CTest run; the counts come from its log, where Catch2 tells its test cases.
run_ctest() { # PRESET [ctest arguments]
  local preset=$1
  shift
  ctest --preset "$preset" --parallel 2 --verbose "$@" >"build/results/ctest-$preset.log" 2>&1
}

stage_scripts() {
  shellcheck demo.sh test.sh build-images.sh .ci/run scripts/*.sh deploy/*.sh >build/results/shellcheck.log 2>&1
  local code=$?
  cat build/results/shellcheck.log
  /usr/bin/python3 scripts/count_tests.py --single shellcheck "$code" >>build/results/counts
  find src tests bench \( -name '*.cc' -o -name '*.h' \) -exec clang-format-14 --dry-run -Werror {} + \
    >build/results/clang-format.log 2>&1
  code=$?
  head -n 40 build/results/clang-format.log
  /usr/bin/python3 scripts/count_tests.py --single clang-format "$code" >>build/results/counts
  run_tidy --changed
}

run_tidy() { # [arguments of scripts/tidy.sh]
  scripts/tidy.sh "$@" >build/results/clang-tidy.log 2>&1
  local code=$?
  ((code == 0)) || head -n 60 build/results/clang-tidy.log
  /usr/bin/python3 scripts/count_tests.py --single clang-tidy "$code" >>build/results/counts
}

# All of src; the stage `scripts` reads only what has changed.
stage_tidy() {
  run_tidy
}

stage_asan() {
  scripts/build.sh asan || return 1
  ASAN_OPTIONS=detect_leaks=1 run_ctest asan
  /usr/bin/python3 scripts/count_tests.py build/results/ctest-asan.log >>build/results/counts
}

# Only what has threads: the rest would show nothing but its own slowness.
stage_tsan() {
  scripts/build.sh tsan threaded_tests || return 1
  TSAN_OPTIONS="suppressions=$PWD/tests/tsan.supp history_size=4" run_ctest tsan -L threaded
  /usr/bin/python3 scripts/count_tests.py build/results/ctest-tsan.log >>build/results/counts
}

stage_release() {
  scripts/build.sh release || return 1
  tests/release/check_binary.sh build/release/backup-monitor
  /usr/bin/python3 scripts/count_tests.py --single release-binary $? >>build/results/counts
  tests/release/check_binary_test.sh
  /usr/bin/python3 scripts/count_tests.py --single release-binary-checks $? >>build/results/counts
  /usr/bin/python3 tests/release/check_sbom_test.py >build/results/sbom.log 2>&1
  /usr/bin/python3 scripts/count_tests.py build/results/sbom.log >>build/results/counts
}

stage_e2e() {
  scripts/build.sh release all backup-monitor-with-simulated-clock || return 1
  /usr/bin/python3 tests/e2e/run.py >build/results/e2e.log 2>&1
  /usr/bin/python3 scripts/count_tests.py build/results/e2e.log >>build/results/counts
}

# The steps of the NS8 module, with a stand-in for NS8's agent.
stage_module() {
  scripts/build.sh release || return 1
  /usr/bin/python3 tests/module/run.py >build/results/module.log 2>&1
  /usr/bin/python3 scripts/count_tests.py build/results/module.log >>build/results/counts
}

# The page in cluster-admin: its logic, and the built page in a browser with real actions and a real daemon.
stage_page() {
  scripts/build.sh release all backup-monitor-with-simulated-clock || return 1
  scripts/build-page.sh >build/results/page-build.log 2>&1 || { tail -n 30 build/results/page-build.log; return 1; }
  scripts/with-node.sh npm --prefix ui test -- --reporter=tap-flat >build/results/page-logic.log 2>&1
  REPORTER=tap scripts/with-node.sh npm --prefix ui run test:page >build/results/page.log 2>&1
  for log in page-logic page; do
    /usr/bin/python3 scripts/count_tests.py "build/results/$log.log" >>build/results/counts
  done
}

# Both images, built and then run on a node as real as this machine allows.
stage_node() {
  local as_root=(env)
  if ((EUID != 0)); then as_root=(sudo env); fi
  "${as_root[@]}" "CCACHE_DIR=$(ccache --get-config cache_dir)" /usr/bin/python3 tests/node/run.py \
    >build/results/node.log 2>&1
  /usr/bin/python3 scripts/count_tests.py build/results/node.log >>build/results/counts
}

# The fuzz preset is the one that clang compiles: no warning may come there either.
stage_fuzz() {
  scripts/build.sh fuzz || return 1
  tests/fuzz/run.sh build/fuzz/tests/fuzz "${BACKUP_MONITOR_FUZZ_SECONDS:-10}" >build/results/fuzz.log 2>&1
  /usr/bin/python3 scripts/count_tests.py build/results/fuzz.log >>build/results/counts
}

for stage in "${stages[@]}"; do
  stage_begin=$SECONDS
  echo "== $stage"
  if ! "stage_$stage"; then
    /usr/bin/python3 scripts/count_tests.py --single "stage-$stage" 1 >>build/results/counts
  fi
  echo "   $stage took $((SECONDS - stage_begin)) s"
done
echo "== all stages took $((SECONDS - begin)) s; the slowest tests are in build/results/slowest.txt"
/usr/bin/python3 scripts/count_tests.py --slowest build/results/*.log >build/results/slowest.txt
/usr/bin/python3 scripts/count_tests.py --sum build/results/counts
