#!/usr/bin/env bash
# Shows what ns8-backup-monitor is for: installs what it needs, builds the daemon, lets a backup of a
# small private cluster fail, and prints the mail that arrives. Leaves nothing running.
set -euo pipefail
cd "$(dirname "$0")"

echo "== packages"
scripts/install-packages.sh
echo "== daemon"
scripts/build.sh release
echo "== one failed night"
exec /usr/bin/python3 demo/demo.py
