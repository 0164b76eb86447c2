//
// Copyright (C) 2026 The ns8-backup-monitor authors
// SPDX-License-Identifier: MIT
//

// The part of cluster-admin that a module's page meets: the frame, window.core with router and language, the
// login in the local storage, and a task's events. Written from what ns8-core 4f41b359 does (core/ui/src:
// App.vue, main.js, views/Applications.vue, mixins/notification.js); server-sent events stand for its socket.

const ENDS = ["completed", "aborted", "validation-failed"];

class Emitter {
  listeners = new Map();
  $on(event, listener) {
    this.listeners.set(event, [...(this.listeners.get(event) ?? []), listener]);
  }
  $off(event, listener) {
    this.listeners.set(event, (this.listeners.get(event) ?? []).filter((each) => listener && each !== listener));
  }
  $emit(event, ...values) {
    window.emitted.push(event);
    (this.listeners.get(event) ?? []).forEach((listener) => listener(...values));
  }
  /// Listeners that wait for the end of a task: none may stay when it has ended.
  waiting() {
    return [...this.listeners].filter(([, listeners]) => listeners.length).map(([event]) => event);
  }
}

function createRouter() {
  const hooks = [];
  const go = (target, way) => {
    const path = typeof target === "string" ? target : `${target.path}?${new URLSearchParams(target.query)}`;
    history[way](null, "", `#${path}`);
    hooks.forEach((hook) => hook());
    return Promise.resolve();
  };
  window.addEventListener("popstate", () => hooks.forEach((hook) => hook()));
  return {
    push: (target) => go(target, "pushState"),
    replace: (target) => go(target, "replaceState"),
    afterEach(hook) {
      hooks.push(hook);
      return () => hooks.splice(hooks.indexOf(hook), 1);
    },
  };
}

async function get(path) {
  const headers = { Authorization: "Bearer token-of-the-test" };
  return (await (await fetch(`${core.apiUrl}/module/${instance}${path}`, { headers })).json()).data;
}

/// As handleProgressTaskMessage() does: the context first, at the end the result too.
async function onTask({ id, status, progress }) {
  const { context } = await get(`/task/${id}/context`);
  const name = (word) => `${context.action}-${word}${context.extra?.eventId ? `-${context.extra.eventId}` : ""}`;
  if (context.extra?.isProgressNotified) core.$emit(name("progress"), progress, context);
  if (!ENDS.includes(status)) return;
  const result = await get(`/task/${id}/status`);
  if (status === "validation-failed") core.$emit(name(status), result.output, context);
  if (status === "aborted") core.$emit(name(status), result, context);
  if (status === "completed") core.$emit(name(status), context, result);
}

window.emitted = [];
window.CONFIG = { PRODUCT_NAME: "NethServer 8" };
const core = Object.assign(new Emitter(), {
  apiUrl: new URL("api", location.href).href,
  $router: createRouter(),
  $i18n: { locale: new URLSearchParams(location.search).get("language") ?? "en" },
});
core.$root = core;
window.core = core;
localStorage.setItem("loginInfo", JSON.stringify({ username: "admin", token: "token-of-the-test" }));

const [, instance] = /#\/apps\/([\w-]+)/.exec(location.hash);
const events = new EventSource("events");
window.loseSocket = () => events.close();
events.onmessage = (message) => onTask(JSON.parse(message.data));
events.onopen = () => {
  events.onopen = null;
  const frame = Object.assign(document.createElement("iframe"), { id: "app-frame", title: instance });
  frame.src = `apps/${instance}/index.html`;
  document.body.append(frame);
};
