#!/bin/bash

# Install the Debian 12 packages that building, testing and the demo need. Run as root or with sudo
# at hand. When everything is there it says so at once and touches nothing.
#
#   scripts/install-packages.sh [--build-only]
#
# --build-only takes what compiling the daemon needs and no more.

set -euo pipefail

readonly build=(
  ca-certificates ccache cmake dpkg-dev g++ ninja-build pkg-config
  catch2 libc-ares-dev libcli11-dev libexpected-dev libfmt-dev libhiredis-dev
  libkainjow-mustache-dev libpistache-dev libspdlog-dev libsqlite3-dev libssl-dev libyaml-cpp-dev
  rapidjson-dev zlib1g-dev
)
readonly tests=(
  clang clang-format clang-tidy curl file jq libclang-rt-14-dev openssl python3 python3-aiohttp
  python3-jsonschema python3-redis python3-yaml shellcheck sqlite3 systemd
)
# Real parts that tests and the demo start themselves, each in a folder of its own.
readonly parts=(prometheus prometheus-alertmanager redis-server redis-tools restic)
# A node for the module: images are built and run by ordinary users.
readonly node=(buildah dbus-user-session debootstrap iproute2 podman procps runc uidmap)
# The page is built by npm (scripts/with-node.sh) and looked at with a browser.
page=(chromium)
command -v npm >/dev/null || page+=(npm)
# What those packages would start and enable on this machine.
readonly services=(
  prometheus prometheus-alertmanager prometheus-node-exporter redis-server
)
readonly policy=/usr/sbin/policy-rc.d
readonly policy_aside=$policy.set-aside

wanted=("${build[@]}" "${tests[@]}" "${parts[@]}" "${node[@]}" "${page[@]}")
case ${1:-} in
  "") ;;
  --build-only) wanted=("${build[@]}") ;;
  *)
    echo "usage: install-packages.sh [--build-only]" >&2
    exit 2
    ;;
esac

# Those of the given packages that are installed, each on a line.
installed_of() {
  dpkg-query -W -f='${db:Status-Status} ${Package}\n' "$@" 2>/dev/null | sed -n 's/^installed //p' || true
}

is_installed() {
  [[ -n $(installed_of "$1") ]]
}

as_root() {
  if ((EUID == 0)); then "$@"; else sudo -- "$@"; fi
}

# Debian starts a service when its package is installed, unless policy-rc.d answers 101 (invoke-rc.d(8)).
forbid_starts() {
  local answer=0
  if [[ -x $policy ]]; then "$policy" redis-server start >/dev/null 2>&1 || answer=$?; fi
  if ((answer == 101)); then return; fi # this machine forbids it already, as containers do
  trap allow_starts EXIT
  if [[ -e $policy ]]; then as_root mv "$policy" "$policy_aside"; fi
  printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null
  as_root chmod 755 "$policy"
}

allow_starts() {
  as_root rm -f "$policy"
  if [[ -e $policy_aside ]]; then as_root mv "$policy_aside" "$policy"; fi
}

mapfile -t missing < <(comm -13 <(installed_of "${wanted[@]}" | sort -u) <(printf '%s\n' "${wanted[@]}" | sort -u))
if ((${#missing[@]} == 0)); then
  echo "packages: all ${#wanted[@]} installed"
  exit 0
fi

if ((EUID != 0)) && ! command -v sudo >/dev/null; then
  echo "install-packages.sh: run as root, or install sudo; missing: ${missing[*]}" >&2
  exit 1
fi

# Only services that came with this installation are switched off: another may be somebody's own.
new_services=()
for service in "${services[@]}"; do
  is_installed "$service" || new_services+=("$service")
done

echo "packages: installing ${missing[*]}"
apt=(env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300
  -o Acquire::Retries=3 -o Dpkg::Use-Pty=0)
log=$(mktemp)
forbid_starts
{ as_root "${apt[@]}" update && as_root "${apt[@]}" install -y --no-install-recommends "${missing[@]}"; } \
  >"$log" 2>&1 </dev/null || {
  tail -n 30 "$log" >&2
  echo "install-packages.sh: apt-get failed; its whole output is in $log" >&2
  exit 1
}
rm -f "$log"

if [[ -d /run/systemd/system ]]; then
  for service in "${new_services[@]}"; do
    is_installed "$service" || continue
    as_root systemctl --quiet disable --now "$service.service" 2>/dev/null || true
  done
fi
echo "packages: done"
