#!/usr/bin/env bash
# Builds what is measured and what measures, then prints the table of bench/run.py. Takes about a quarter
# of an hour; wants a machine that does nothing else.
#
#   bench/run.sh [NAME...]                        as bench/run.py
#   BACKUP_MONITOR_BEFORE=BINARY bench/run.sh     another commit's release binary, measured beside this one
#   BACKUP_MONITOR_BENCH_SECONDS=5 BACKUP_MONITOR_BENCH_ROUNDS=5 bench/run.sh
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/install-packages.sh --bench
scripts/build.sh release
scripts/build.sh release http_load cluster_read run_step
(cd bench/go_receiver && GOFLAGS=-mod=mod GOPROXY=off go build -o ../../build/release/bench/go_receiver .)
exec /usr/bin/python3 -B bench/run.py "$@"
