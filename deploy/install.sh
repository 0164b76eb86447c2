#!/bin/bash

#
# Copyright (C) 2026 The ns8-backup-monitor authors
# SPDX-License-Identifier: MIT
#

# Installs backup-monitor as a service on the host of a cluster's leader node, without NS8's module
# system. Run again with a newer binary it upgrades; it never touches an existing configuration.

set -euo pipefail

readonly SERVICE=ns8-backup-monitor.service
readonly BINARY_PATH=/usr/local/bin/backup-monitor
readonly UNIT_PATH=/etc/systemd/system/$SERVICE
readonly CONFIG_PATH=/etc/ns8-backup-monitor/config.yml
readonly TOKEN_PATH=/etc/ns8-backup-monitor/webhook-token
readonly RECEIVER_PATH=/etc/ns8-backup-monitor/alertmanager-receiver.yml
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

print_config() { # print_config TOKEN_FILE
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
    say "# Whoever calls the daemon must show this token: reports name what is backed up, and where."
    say "receiver:"
    say "  token_file: \"$1\""
    say "logging:"
    say "  file: \"$LOG_PATH.log\""
}

# The receiver for an alertmanager.yml. Alertmanager gives up root's rights, so it has a copy of the token.
print_receiver() {
    say "# A receiver for Alertmanager. credentials_file is a copy of $TOKEN_PATH that"
    say "# the user reads who runs Alertmanager: \"prometheus\" with Debian's package, \"nobody\" (65534) in the"
    say "# official container image. With Debian's package, as root:"
    say "#   install -m 0400 -o prometheus $TOKEN_PATH /etc/alertmanager/backup-monitor-token"
    say "# In a container it must be mounted at that path. receiver.host and .port of config.yml are in url."
    say "receivers:"
    say "  - name: backup-monitor"
    say "    webhook_configs:"
    say "      - url: http://127.0.0.1:9099/alert"
    say "        send_resolved: true"
    say "        http_config:"
    say "          authorization:"
    say "            credentials_file: /etc/alertmanager/backup-monitor-token"
}

# 256 bits of the kernel's, in letters that a header takes.
print_token() { head -c 32 /dev/urandom | base64 | tr '+/' '-_' | tr -d '='; }

names_a_token() { # names_a_token CONFIG
    sed 's/#.*//' "$1" | grep -Eq "(^|[{,[:space:]])[\"']?token_file[\"']?:[[:space:]]*[\"']?[^[:space:]\"']"
}

say_without_token() {
    warn "$CONFIG_PATH names no receiver.token_file: every user of this machine can read all reports and
send mail. The service goes on as it was. To close that:
  1. add to $CONFIG_PATH:
       receiver:
         token_file: \"$TOKEN_PATH\"
  2. give Alertmanager the token, as $RECEIVER_PATH shows
  3. systemctl reload ${SERVICE%.service}"
}

# Leaves a configuration that the new binary accepts in $scratch/config.yml, whoever wrote it, and a token.
prepare_config() {
    local text token=$root$TOKEN_PATH
    scratch=$(mktemp -d)
    (umask 077 && print_token >"$scratch/token")
    [[ -e $token ]] || token=$scratch/token
    if [[ -e $root$CONFIG_PATH ]]; then
        [[ -z $from && ${#recipients[@]} -eq 0 && $prefix_given == no ]] ||
            warn "$CONFIG_PATH exists and is kept: --from, --to and --subject-prefix change nothing"
        cp "$root$CONFIG_PATH" "$scratch/config.yml"
    else
        ask_for_settings
        print_config "$TOKEN_PATH" >"$scratch/config.yml"
    fi
    # The token that it names may not be there yet, or not outside of --root.
    text=$(<"$scratch/config.yml")
    mkdir "$scratch/checked"
    printf '%s\n' "${text//"$TOKEN_PATH"/"$token"}" >"$scratch/checked/config.yml"
    "$binary" check-config --config "$scratch/checked/config.yml" >"$scratch/faults" 2>&1 </dev/null || {
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
    install -d -m 0750 "$root$(dirname "$CONFIG_PATH")"
    if [[ -e $root$TOKEN_PATH ]]; then
        say "kept       $TOKEN_PATH"
    else
        put 0600 "$scratch/token" "$TOKEN_PATH"
        say "written    $TOKEN_PATH"
    fi
    print_receiver >"$scratch/receiver.yml"
    put 0644 "$scratch/receiver.yml" "$RECEIVER_PATH"
    say "written    $RECEIVER_PATH"
    if [[ -e $root$CONFIG_PATH ]]; then
        say "kept       $CONFIG_PATH"
    else
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
    say "Alertmanager:      $RECEIVER_PATH is the receiver for it"
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
        say "kept       $(dirname "$CONFIG_PATH"), $STATE_PATH and $LOG_PATH.log (--purge removes them)"
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
    names_a_token "$root$CONFIG_PATH" || say_without_token
    start_service
}

main "$@"
