//
// Copyright (C) 2026 The ns8-backup-monitor authors
// SPDX-License-Identifier: MIT
//

// Which backup plans there are to choose from.

import { compareNames } from "./names.js";

/// Those of the cluster, which get-overview knows, and those that only the history still knows: [{id, name}], by
/// name. So the order is the same whichever answer comes first.
export function joinPlans(ofCluster, ofHistory) {
  const known = new Map();
  [...(ofCluster ?? []), ...ofHistory].forEach(({ id, name }) => known.has(id) || known.set(id, { id, name }));
  const shown = ({ id, name }) => name || id;
  return [...known.values()].sort((a, b) => compareNames(shown(a), shown(b)) || compareNames(a.id, b.id));
}

/// What "report now" may be asked for: it refuses a plan that the cluster does not have. While that is not known
/// it is whatever the history has.
export function reportablePlans(ofCluster, ofHistory) {
  return joinPlans(ofCluster ?? ofHistory, []);
}
