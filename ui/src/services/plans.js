//
// Copyright (C) 2026 The ns8-backup-monitor authors
// SPDX-License-Identifier: MIT
//

// Which backup plans there are to choose from.

/// Those of the cluster, which get-overview knows, then those that only the history still knows: [{id, name}].
export function joinPlans(ofCluster, ofHistory) {
  const known = new Map();
  [...(ofCluster ?? []), ...ofHistory].forEach(({ id, name }) => known.has(id) || known.set(id, { id, name }));
  return [...known.values()];
}

/// What "report now" may be asked for: it refuses a plan that the cluster does not have. While that is not known
/// it is whatever the history has.
export function reportablePlans(ofCluster, ofHistory) {
  return joinPlans(ofCluster ?? ofHistory, []);
}
