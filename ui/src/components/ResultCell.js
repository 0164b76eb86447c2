//
// Copyright (C) 2026 The ns8-backup-monitor authors
// SPDX-License-Identifier: MIT
//

import { verdictOf } from "../services/outcomes.js";

/// One cell of the picture. Functional and with as little as possible in it: there are thousands. `name` is the
/// application, `run` says which run it is in words.
export default {
  name: "ResultCell",
  functional: true,
  props: {
    cell: { type: Object, default: null },
    looks: { type: Object, required: true },
    name: { type: String, required: true },
    run: { type: String, required: true },
  },
  render(h, { props: { cell, looks, name, run } }) {
    const look = cell ? (looks[verdictOf(cell)] ?? looks.null) : looks.none;
    const text = `${name}, ${run}: ${look.text}`;
    const attrs = { title: text, "aria-label": text, "data-run": cell?.run, tabindex: -1 };
    return h("td", { class: `tone-${look.tone}`, attrs }, look.sign);
  },
};
