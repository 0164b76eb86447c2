//
// Copyright (C) 2026 The ns8-backup-monitor authors
// SPDX-License-Identifier: GPL-3.0-or-later
//

/// One cell of the picture. Functional and with as little as possible in it: there are thousands.
export default {
  name: "ResultCell",
  functional: true,
  props: { cell: { type: Object, default: null }, looks: { type: Object, required: true } },
  render(h, { props: { cell, looks } }) {
    const look = cell ? (looks[cell.verdict] ?? looks.null) : looks.none;
    const attrs = { title: look.text, "aria-label": look.text, "data-run": cell?.run };
    return h("td", { class: `tone-${look.tone}`, attrs }, look.sign);
  },
};
