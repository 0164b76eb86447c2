//
// Copyright (C) 2026 The ns8-backup-monitor authors
// SPDX-License-Identifier: MIT
//

// The page's place in cluster-admin's address: #/apps/backup-monitor1?page=reports&plan=1

/// The instance that the address names; empty if none.
export function instanceIn(hash) {
  return /#\/apps\/([a-zA-Z0-9_-]+)/.exec(hash)?.[1] ?? "";
}

/// {page, query}: which page is asked for, and with what.
export function pageIn(hash) {
  const text = hash.includes("?") ? hash.slice(hash.indexOf("?") + 1) : "";
  const { page = "status", ...query } = Object.fromEntries(new URLSearchParams(text));
  return { page, query };
}

/// vue-router refuses a place where one is already, which is no failure.
const settled = (navigation) => Promise.resolve(navigation).catch(() => {});

/// Shows another page by changing cluster-admin's address, so that "back" and bookmarks work.
export function goTo(core, instance, page, query = {}) {
  return settled(core.$router.push({ path: `/apps/${instance}`, query: { page, ...query } }));
}

/// Shows a page of cluster-admin's own.
export function leaveFor(core, path) {
  return settled(core.$router.push(path));
}

/// The same as goTo() for a change that is no step of its own, as a filter is: "back" leads past it.
export function stayWith(core, instance, page, query) {
  return settled(core.$router.replace({ path: `/apps/${instance}`, query: { page, ...query } }));
}

/// Calls `follow({page, query})` now and whenever cluster-admin's address changes. Returns what ends it.
/// cluster-admin's router tells at once; the frequent look is for changes that went past it.
export function followAddress(host, core, follow, period = 500) {
  let last;
  const look = () => {
    const hash = host.location.hash;
    if (hash === last || !/#\/apps\//.test(hash)) return;
    last = hash;
    follow(pageIn(hash));
  };
  const timer = setInterval(look, period);
  const unhook = core.$router?.afterEach?.(() => setTimeout(look, 0));
  look();
  return () => {
    clearInterval(timer);
    unhook?.();
  };
}
