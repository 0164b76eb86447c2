//
// Copyright (C) 2026 The ns8-backup-monitor authors
// SPDX-License-Identifier: MIT
//

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { languageFor } from "../src/i18n.js";
import { followAddress, goTo, instanceIn, pageIn, stayWith } from "../src/services/address.js";
import { failureKey, saidLast } from "../src/services/failure.js";
import { escapeHtml } from "../src/services/html.js";

vi.mock("vue-i18n", () => ({ default: class {} }));
beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test("the address names the instance, the page and what it is about", () => {
  expect(instanceIn("#/apps/backup-monitor12?page=about")).toBe("backup-monitor12");
  expect(instanceIn("#/status")).toBe("");
  expect(pageIn("#/apps/x")).toEqual({ page: "status", query: {} });
  expect(pageIn("#/apps/x?page=report&run=7&plan=a%20b")).toEqual({ page: "report", query: { run: "7", plan: "a b" } });
});

test("going elsewhere changes cluster-admin's address", () => {
  const push = vi.fn();
  goTo({ $router: { push } }, "x1", "report", { run: 7 });
  expect(push).toHaveBeenCalledWith({ path: "/apps/x1", query: { page: "report", run: 7 } });
  const replace = vi.fn();
  stayWith({ $router: { replace } }, "x1", "reports", { plan: "1" });
  expect(replace).toHaveBeenCalledWith({ path: "/apps/x1", query: { page: "reports", plan: "1" } });
});

test("the address is followed until nobody wants it, and other applications' are not ours", () => {
  const host = { location: { hash: "#/apps/x?page=about" } };
  const seen = [];
  const hooks = [];
  const core = { $router: { afterEach: (hook) => (hooks.push(hook), () => hooks.pop()) } };
  const stop = followAddress(host, core, ({ page }) => seen.push(page));
  host.location.hash = "#/apps/x?page=settings";
  hooks[0]();
  vi.advanceTimersByTime(0);
  host.location.hash = "#/nodes";
  vi.advanceTimersByTime(500);
  host.location.hash = "#/apps/x?page=reports";
  vi.advanceTimersByTime(500);
  stop();
  host.location.hash = "#/apps/x?page=about";
  vi.advanceTimersByTime(5000);
  expect(seen).toEqual(["about", "settings", "reports"]);
  expect(hooks).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});

test.each([["it-IT", "it"], ["it_CH", "it"], ["en-GB", "en"], ["de", "en"], ["", "en"]])("the texts for %o", (wanted, language) =>
  expect(languageFor(wanted)).toBe(language));

test.each([
  [{ kind: "timeout" }, "timeout"], [{ kind: "timeout", changes: true }, "timeout_change"],
  [{ kind: "validation-failed", errors: [{ error: "plan_is_unknown" }] }, "plan_is_unknown"],
  [{ kind: "validation-failed", errors: [{ error: "request_in_progress" }] }, "request_in_progress"], [{ kind: "aborted" }, "aborted"], [{ kind: "validation-failed" }, "validation_failed"],
  [{ kind: "refused", status: 403 }, "403"], [{ kind: "refused", status: 500 }, "generic_error"],
  [{ kind: "refused", status: null }, "network_error"], [{ kind: "refused", status: null, late: true }, "network_timeout"],
  [new TypeError("x"), "generic_error"],
])("the failure %o", (failure, key) => expect(failureKey(failure)).toBe(`error.${key}`));

test("of a long failure the end is told", () => {
  expect(saidLast({ said: Array.from({ length: 20 }, (_, at) => `line ${at}`).join("\n") + "\n\n" }).split("\n")).toHaveLength(12);
  expect(saidLast({ said: "one\n" })).toBe("one");
  expect(saidLast(null)).toBe("");
});

test("text for HTML stays text", () => expect(escapeHtml(`<img src=x onerror="a('b')">&`)).toBe(
  "&lt;img src=x onerror=&quot;a(&#39;b&#39;)&quot;&gt;&amp;"));
