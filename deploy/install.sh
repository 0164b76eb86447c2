#!/bin/bash

#
# Copyright (C) 2026 The ns8-backup-monitor authors
# SPDX-License-Identifier: GPL-3.0-or-later
#

# Installs backup-monitor as a service on the host of a cluster's leader node, without NS8's module
# system. Run again with a newer binary it upgrades; it never touches an existing configuration.

set -euo pipefail

readonly SERVICE=ns8-backup-monitor.service
readonly BINARY_PATH=/usr/local/bin/backup-monitor
readonly UNIT_PATH=/etc/systemd/system/$SERVICE
readonly CONFIG_PATH=/etc/ns8-backup-monitor/config.yml
readonly STATE_PATH=/var/lib/backup-monitor
readonly LOG_PATH=/var/log/ns8-backup-monitor
readonly REDIS_SOCKET=/var/lib/nethserver/cluster/state/redis.sock

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
readonly here
root=
binary=
from=
recipients=()
subject_prefix=
prefix_given=no
start=yes
uninstall=no
purge=no
scratch=

usage() {
    cat <<'TEXT'
Usage: install.sh [options]
       install.sh --uninstall [--purge]

Installs the backup monitor as the service ns8-backup-monitor, or upgrades it. What is not given
is asked for; an existing configuration is kept as it is and nothing is asked.

  --from ADDRESS           sender of the reports
  --to ADDRESS[,ADDRESS]   who gets them; may be given several times
  --subject-prefix TEXT    begins every subject (default: [NS8 Backup])
  --binary PATH            the program (default: backup-monitor beside this script, or
                           build/release/backup-monitor of this source tree)
  --no-start               enable the service, but do not start it
  --root DIR               install below DIR, an image or a test; nothing is started
  --uninstall              stop and remove the service; configuration and data stay
  --purge                  with --uninstall: remove configuration, data and logs too
  --help                   show this text
TEXT
}

say() { printf '%s\n' "$*"; }
warn() { printf 'install.sh: warning: %s\n' "$*" >&2; }
fail() {
    printf 'install.sh: %s\n' "$*" >&2
    exit 1
}
bad_usage() {
    printf "install.sh: %s; see 'install.sh --help'\n" "$*" >&2
    exit 2
}

add_recipients() {
    local list
    IFS=$', \t\n' read -r -d '' -a list <<<"$1" || true # it ends at the end of the text
    recipients+=("${list[@]}")
}

parse_arguments() {
    while (($#)); do
        case $1 in
            --from | --to | --subject-prefix | --binary | --root)
                (($# > 1)) || bad_usage "$1 needs a value"
                ;;&
            --from) from=$2 && shift ;;
            --to) add_recipients "$2" && shift ;;
            --subject-prefix) subject_prefix=$2 && prefix_given=yes && shift ;;
            --binary) binary=$2 && shift ;;
            --root)
                [[ -d $2 ]] || bad_usage "--root: $2 is no directory"
                root=$(cd "$2" && pwd) && shift
                ;;
            --no-start) start=no ;;
            --uninstall) uninstall=yes ;;
            --purge) purge=yes ;;
            --help | -h) usage && exit 0 ;;
            *) bad_usage "unknown option $1" ;;
        esac
        shift
    done
    [[ $purge == no || $uninstall == yes ]] || bad_usage "--purge goes with --uninstall"
    [[ $root != / ]] || root=
}

# What must hold before anything is changed.

check_machine() {
    [[ -n $root || $EUID -eq 0 ]] || fail "must be run as root"
    command -v systemctl >/dev/null || fail "needs systemd: there is no systemctl"
    [[ -n $root || -d /run/systemd/system ]] || fail "needs systemd: this machine was not booted by it"
}

find_binary() {
    local candidate
    if [[ -z $binary ]]; then
        for candidate in "$here/backup-monitor" "$here/../build/release/backup-monitor"; do
            [[ ! -f $candidate ]] || { binary=$candidate && break; }
        done
    fi
    [[ -n $binary ]] || fail "no backup-monitor beside this script and none in build/release: give --binary"
    [[ -f $binary ]] || fail "$binary: no such file"
    [[ -x $binary ]] || fail "$binary: not executable"
    binary=$(cd "$(dirname "$binary")" && pwd)/$(basename "$binary")
    # What is no program for this machine is tried as a script, and complains in bytes of its own.
    local answer
    answer=$(timeout 10 "$binary" --version 2>&1 </dev/null | tr -cd '[:print:]\n' | sed -n 1p) ||
        fail "$binary does not run on this machine ($(uname -m)): ${answer:-no answer}"
}

check_redis() {
    [[ -z $root ]] || return 0
    [[ ! -S $REDIS_SOCKET ]] || return 0
    timeout 2 bash -c ': </dev/tcp/127.0.0.1/6379' 2>/dev/null ||
        warn "no Redis answers on 127.0.0.1:6379; the service will start and wait for it"
}

# The configuration.

ask() { # ask VARIABLE QUESTION FLAG
    local typed
    [[ ! -t 0 ]] || printf '%s ' "$2" >&2
    IFS= read -r typed || fail "$3 is missing, and there is nobody to ask"
    printf -v "$1" '%s' "$typed"
}

ask_for_settings() {
    local answer
    [[ -n $from ]] || ask from "Sender address of the reports:" --from
    if ((${#recipients[@]} == 0)); then
        ask answer "Recipients, separated by commas:" --to
        add_recipients "$answer"
    fi
    if [[ $prefix_given == no ]]; then
        subject_prefix="[NS8 Backup]"
        # Everything has a default from here on: no answer is an answer.
        if [[ -t 0 ]]; then
            ask answer "Subject prefix [$subject_prefix]:" --subject-prefix
        else
            IFS= read -r answer || answer=
        fi
        subject_prefix=${answer:-$subject_prefix}
    fi
}

quoted() { # one YAML string, whatever the text holds
    local text=${1//\\/\\\\}
    text=${text//\"/\\\"}
    text=${text//$'\n'/\\n}
    text=${text//$'\r'/\\r}
    printf '"%s"' "$text"
}

print_config() {
    local address separator=
    say "# Written by install.sh. Every other key, with its meaning and default, is explained in"
    say "# config/config.yml.example of the source. After a change: systemctl reload ${SERVICE%.service}"
    say "mail:"
    say "  from: $(quoted "$from")"
    printf '  to: ['
    for address in "${recipients[@]}"; do
        printf '%s%s' "$separator" "$(quoted "$address")"
        separator=", "
    done
    say "]"
    say "  subject_prefix: $(quoted "$subject_prefix")"
    say "logging:"
    say "  file: \"$LOG_PATH.log\""
}

# Leaves a configuration that the new binary accepts in $scratch/config.yml, whoever wrote it.
prepare_config() {
    scratch=$(mktemp -d)
    if [[ -e $root$CONFIG_PATH ]]; then
        [[ -z $from && ${#recipients[@]} -eq 0 && $prefix_given == no ]] ||
            warn "$CONFIG_PATH exists and is kept: --from, --to and --subject-prefix change nothing"
        cp "$root$CONFIG_PATH" "$scratch/config.yml"
    else
        ask_for_settings
        print_config >"$scratch/config.yml"
    fi
    "$binary" check-config --config "$scratch/config.yml" >"$scratch/faults" 2>&1 </dev/null || {
        cat "$scratch/faults" >&2
        fail "the configuration is refused; nothing was changed"
    }
}

# Changes.

put() { # put MODE FILE DESTINATION: replaced in one step, a running program too
    mkdir -p "$(dirname "$root$3")"
    install -m "$1" "$2" "$root$3.new"
    mv -f "$root$3.new" "$root$3"
}

install_files() {
    if [[ -e $root$CONFIG_PATH ]]; then
        say "kept       $CONFIG_PATH"
    else
        install -d -m 0750 "$root$(dirname "$CONFIG_PATH")"
        put 0640 "$scratch/config.yml" "$CONFIG_PATH"
        say "written    $CONFIG_PATH"
    fi
    put 0755 "$binary" "$BINARY_PATH"
    say "installed  $BINARY_PATH"
    put 0644 "$here/$SERVICE" "$UNIT_PATH"
    say "installed  $UNIT_PATH"
}

start_service() {
    if [[ -n $root ]]; then
        systemctl --quiet --root="$root" enable "$SERVICE"
        say "enabled    $SERVICE, below $root"
        return
    fi
    systemctl daemon-reload
    systemctl --quiet enable "$SERVICE"
    if [[ $start == no ]]; then
        say "enabled    $SERVICE; start it with: systemctl start ${SERVICE%.service}"
        return
    fi
    systemctl restart "$SERVICE" ||
        fail "the service did not start; see: journalctl -u ${SERVICE%.service} -n 20"
    say "started    $SERVICE"
    say "Send a test mail:  backup-monitor send-test --config $CONFIG_PATH"
    say "Follow the log:    journalctl -u ${SERVICE%.service} -f"
}

remove() { # remove PATH...
    local path
    for path in "$@"; do
        [[ -e $root$path || -L $root$path ]] || continue
        rm -rf -- "$root$path"
        say "removed    $path"
    done
}

uninstall_service() {
    if [[ -n $root ]]; then
        systemctl --quiet --root="$root" disable "$SERVICE" 2>/dev/null || true
    else
        systemctl --quiet disable --now "$SERVICE" 2>/dev/null || true
    fi
    remove "$UNIT_PATH" "$BINARY_PATH"
    [[ -n $root ]] || systemctl daemon-reload
    if [[ $purge == yes ]]; then
        remove "$(dirname "$CONFIG_PATH")" "$STATE_PATH" "$LOG_PATH.log" "$LOG_PATH".{1,2}.log
    else
        say "kept       $CONFIG_PATH, $STATE_PATH and $LOG_PATH.log (--purge removes them)"
    fi
}

main() {
    parse_arguments "$@"
    check_machine
    if [[ $uninstall == yes ]]; then
        uninstall_service
        return
    fi
    trap '[[ -z $scratch ]] || rm -rf -- "$scratch"' EXIT
    find_binary
    prepare_config
    check_redis
    install_files
    start_service
}

main "$@"
