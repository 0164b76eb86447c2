//
// Copyright (C) 2026 The ns8-backup-monitor authors
// SPDX-License-Identifier: MIT
//

/// The order of names as people count: "mail2" before "mail10".
export const compareNames = (a, b) => a.localeCompare(b, undefined, { numeric: true });
