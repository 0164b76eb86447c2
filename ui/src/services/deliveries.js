//
// Copyright (C) 2026 The ns8-backup-monitor authors
// SPDX-License-Identifier: MIT
//

export const STATES = ["delivered", "waiting", "failed", "summarized"];
const TONES = { delivered: "good", waiting: "wait", failed: "bad", summarized: "none" };

/// One line per mail and recipient, with what the last attempt met.
export function deliveryLines(messages) {
  return messages.flatMap((message) =>
    message.deliveries.map((delivery) => ({
      key: `${message.id} ${delivery.recipient}`,
      recipient: delivery.recipient,
      state: delivery.state,
      tone: TONES[delivery.state] ?? "none",
      detail: delivery.attempts.at(-1)?.detail ?? "",
    })),
  );
}
