#!/usr/bin/env bash
# Builds what is measured and what measures, then prints the table of bench/run.py. Takes about four
# minutes; wants a machine that does nothing else.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/install-packages.sh
scripts/build.sh release
scripts/build.sh release http_load cluster_read
exec /usr/bin/python3 bench/run.py
