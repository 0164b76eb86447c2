//
// Copyright (C) 2026 The ns8-backup-monitor authors
// SPDX-License-Identifier: MIT
//

// The module's own rule of an address (imageroot/pypkg/backup_monitor.py, is_address): RFC 5322 section 3.2.3
// atoms, RFC 5321 section 4.5.3.1 lengths.

const ATOMS = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const LABEL = /^[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?$/;

export function isAddress(text) {
  const at = text.lastIndexOf("@");
  const local = text.slice(0, at);
  const domain = text.slice(at + 1);
  return (
    at > 0 &&
    text.length <= 254 &&
    local.length <= 64 &&
    !local.startsWith("-") &&
    ATOMS.test(local) &&
    domain.length <= 253 &&
    domain.split(".").every((label) => LABEL.test(label))
  );
}
