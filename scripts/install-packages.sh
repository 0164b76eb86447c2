#!/bin/bash

# Install the Debian 12 packages that building, testing and the demo need, and bring those that become part of
# the program up to date: their security updates reach nobody otherwise. Run as root or with sudo at hand. The
# package lists are refreshed once a day; when everything is there and new it says so and touches nothing.
#
#   scripts/install-packages.sh [--build-only | --bench]
#
# --build-only takes what compiling the daemon needs and no more; --bench takes what bench/run.sh needs, too.

set -euo pipefail

cd "$(dirname "$0")/.."

# What is linked into the program, or copied into its image.
readonly linked=(
  ca-certificates libabsl-dev libc-ares-dev libc6-dev libcli11-dev libexpected-dev libfmt-dev libhiredis-dev
  libkainjow-mustache-dev libpistache-dev libspdlog-dev libsqlite3-dev libssl-dev libstdc++-12-dev libyaml-cpp-dev
  rapidjson-dev tzdata
)
readonly build=(
  "${linked[@]}" ccache cmake dpkg-dev g++ ninja-build pkg-config
  catch2 zlib1g-dev
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
readonly refreshed=build/package-lists # as old as the last refresh
readonly policy=/usr/sbin/policy-rc.d
readonly policy_aside=$policy.set-aside

wanted=("${build[@]}" "${tests[@]}" "${parts[@]}" "${node[@]}" "${page[@]}")
case ${1:-} in
  "") ;;
  --build-only) wanted=("${build[@]}") ;;
  --bench) wanted+=(golang-go) ;; # a peer of the webhook
  *)
    echo "usage: install-packages.sh [--build-only | --bench]" >&2
    exit 2
    ;;
esac

# Those of the given packages that are installed, each on a line.
installed_of() {
  dpkg-query -W -f='${db:Status-Status} ${Package}\n' "$@" 2>/dev/null | sed -n 's/^installed //p' || true
}

# Those of the given packages of which apt knows a newer version than the installed one, each on a line.
outdated_of() {
  local package installed candidate
  LC_ALL=C apt-cache policy "$@" 2>/dev/null |
    awk '/^[^ ]/ {name = $1; sub(/:$/, "", name)} /^  Installed:/ {old = $2} /^  Candidate:/ {print name, old, $2}' |
    while read -r package installed candidate; do
      if [[ $installed != "(none)" && $candidate != "(none)" ]] &&
        dpkg --compare-versions "$candidate" gt "$installed"; then echo "$package"; fi
    done
}

warn() { echo "install-packages.sh: warning: $*" >&2; }

# Once a day, and before something is installed. What cannot be refreshed is used as it is.
refresh_lists() { # [now]
  [[ ${1:-} == now || -z $(find "$refreshed" -mmin -1440 2>/dev/null) ]] || return 0
  local said since="never, by this script"
  [[ ! -e $refreshed ]] || since=$(date -r "$refreshed" +%F)
  if ! can_install; then
    warn "the package lists cannot be refreshed without root or sudo; what is linked may lack security updates (last refreshed: $since)"
    return
  fi
  if said=$(as_root "${apt[@]}" -o APT::Update::Error-Mode=any -o Acquire::http::Timeout=20 update 2>&1 </dev/null); then
    mkdir -p "$(dirname "$refreshed")"
    touch "$refreshed"
  else
    warn "the package lists cannot be refreshed ($(grep -m 1 '^[EW]:' <<<"$said" || tail -n 1 <<<"$said")); what is linked may lack security updates (last refreshed: $since)"
  fi
}

is_installed() {
  [[ -n $(installed_of "$1") ]]
}

can_install() { ((EUID == 0)) || command -v sudo >/dev/null; }

as_root() {
  if ((EUID == 0)); then "$@"; else sudo -- "$@"; fi
}

apt=(env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300
  -o Acquire::Retries=3 -o Dpkg::Use-Pty=0)

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
if ((${#missing[@]} == 0)); then refresh_lists; else refresh_lists now; fi
mapfile -t outdated < <(outdated_of "${linked[@]}")
if ((${#missing[@]} + ${#outdated[@]} == 0)); then
  echo "packages: all ${#wanted[@]} installed, what is linked is up to date"
  exit 0
fi

if ! can_install; then
  if ((${#missing[@]} == 0)); then
    warn "newer versions of ${outdated[*]} are not linked: run as root, or install sudo"
    exit 0
  fi
  echo "install-packages.sh: run as root, or install sudo; missing: ${missing[*]}" >&2
  exit 1
fi

# Only services that came with this installation are switched off: another may be somebody's own.
new_services=()
for service in "${services[@]}"; do
  is_installed "$service" || new_services+=("$service")
done

((${#missing[@]} == 0)) || echo "packages: installing ${missing[*]}"
((${#outdated[@]} == 0)) || echo "packages: upgrading ${outdated[*]}, which are linked"
log=$(mktemp)
forbid_starts
as_root "${apt[@]}" install -y --no-install-recommends "${missing[@]}" "${outdated[@]}" >"$log" 2>&1 </dev/null || {
  tail -n 30 "$log" >&2
  if ((${#missing[@]} == 0)); then
    warn "what is linked stays as it is, without its updates; apt-get's whole output is in $log"
    exit 0
  fi
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
