//
// Copyright (C) 2026 The ns8-backup-monitor authors
// SPDX-License-Identifier: MIT
//

// The one function of node's `crypto` that ns8-ui-lib 0.1.32 calls, for its getUuid().

export function randomBytes(count) {
  return globalThis.crypto.getRandomValues(new Uint8Array(count));
}

export default { randomBytes };
