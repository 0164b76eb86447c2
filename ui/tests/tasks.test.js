//
// Copyright (C) 2026 The ns8-backup-monitor authors
// SPDX-License-Identifier: MIT
//

import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { runTask } from "../src/services/tasks.js";

/// cluster-admin's root and a server: a test says what becomes of the task that was created.
class Cluster {
  listeners = new Map();
  created = [];
  asked = [];
  refusal = null;
  result = null; // what is stored of the task
  $on(event, listener) {
    this.listeners.set(event, [...(this.listeners.get(event) ?? []), listener]);
  }
  $off(event, listener) {
    const left = this.listeners.get(event).filter((each) => each !== listener);
    if (left.length) this.listeners.set(event, left);
    else this.listeners.delete(event);
  }
  emit(event, ...values) {
    (this.listeners.get(event) ?? []).forEach((listener) => listener(...values));
  }
  host() {
    const create = async (task) => {
      this.created.push(task);
      if (this.refusal) throw this.refusal;
      return "task1";
    };
    const result = async (id) => {
      this.asked.push(id);
      if (this.result instanceof Error) throw this.result;
      return this.result;
    };
    return { events: this, create, result, newId: () => "id1" };
  }
}

const TASK = { action: "get-it", data: { a: 1 }, title: "Get it", patience: 1000 };
let cluster;
beforeEach(() => {
  cluster = new Cluster();
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

describe("a task", () => {
  test("gives the output of its action", async () => {
    const task = runTask(cluster.host(), TASK);
    cluster.emit("get-it-completed-id1", {}, { output: { b: 2 } });
    expect(await task).toEqual({ b: 2 });
  });

  test("is created with what it needs, and hidden unless told", async () => {
    const task = runTask(cluster.host(), TASK);
    cluster.emit("get-it-completed-id1", {}, { output: {} });
    await task;
    const extra = { title: "Get it", description: "", isNotificationHidden: true, isProgressNotified: false, eventId: "id1" };
    expect(cluster.created).toEqual([{ action: "get-it", data: { a: 1 }, extra }]);
  });

  test.each([
    ["aborted", ["get-it-aborted-id1", { error: "it broke" }], { kind: "aborted", said: "it broke" }],
    ["refused by its schema", ["get-it-validation-failed-id1", [{ field: "a" }]], { kind: "validation-failed", errors: [{ field: "a" }] }],
  ])("that is %s says why", async (_, event, failure) => {
    const task = runTask(cluster.host(), TASK);
    cluster.emit(...event);
    await expect(task).rejects.toMatchObject(failure);
  });

  test("of another id is not ours", async () => {
    const task = runTask(cluster.host(), TASK);
    cluster.emit("get-it-completed-id2", {}, { output: "wrong" });
    cluster.emit("get-it-completed-id1", {}, { output: "right" });
    expect(await task).toBe("right");
  });

  test("whose end is never told fails in time, and not before", async () => {
    const task = runTask(cluster.host(), TASK);
    const failed = vi.fn();
    task.catch(failed);
    await vi.advanceTimersByTimeAsync(999);
    expect(failed).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(failed.mock.calls[0][0]).toMatchObject({ kind: "timeout", changes: false });
    expect(cluster.asked).toEqual(["task1"]);
  });

  test.each([
    ["completed", { exit_code: 0, output: { b: 2 }, error: "" }, { output: { b: 2 } }],
    ["aborted", { exit_code: 3, output: "", error: "it broke" }, { kind: "aborted", said: "it broke" }],
    ["aborted with a list that is no refusal", { exit_code: 3, output: [], error: "it broke" }, { kind: "aborted" }],
    ["refused", { exit_code: 2, output: [{ field: "a", error: "a_is_bad" }], error: "" }, { kind: "validation-failed", errors: [{ field: "a", error: "a_is_bad" }] }],
    ["not at its end", null, { kind: "timeout" }],
    ["not to be asked for", new Error("HTTP 400"), { kind: "timeout" }],
  ])("whose events were lost is asked for once, and then is %s", async (_, result, end) => {
    cluster.result = result;
    const task = runTask(cluster.host(), TASK).then((output) => ({ output }), (failure) => failure);
    await vi.advanceTimersByTimeAsync(1000);
    expect(await task).toMatchObject(end);
    expect(cluster.asked).toEqual(["task1"]);
  });

  test("that changes something says so when nothing is known of its end", async () => {
    const task = runTask(cluster.host(), { ...TASK, changes: true }).catch((failure) => failure);
    await vi.advanceTimersByTimeAsync(1000);
    expect(await task).toMatchObject({ kind: "timeout", changes: true });
  });

  test("whose end comes in time is not asked for", async () => {
    const task = runTask(cluster.host(), TASK);
    cluster.emit("get-it-completed-id1", {}, { output: {} });
    await task;
    await vi.advanceTimersByTimeAsync(5000);
    expect(cluster.asked).toEqual([]);
  });

  test("that cannot be created says with which status", async () => {
    cluster.refusal = { response: { status: 403 } };
    await expect(runTask(cluster.host(), TASK)).rejects.toMatchObject({ kind: "refused", status: 403 });
  });

  test("tells its progress where somebody wants it", async () => {
    const seen = [];
    const task = runTask(cluster.host(), TASK, (percent) => seen.push(percent));
    cluster.emit("get-it-progress-id1", 40, {});
    cluster.emit("get-it-completed-id1", {}, { output: {} });
    await task;
    expect(seen).toEqual([40]);
    expect(cluster.created[0].extra.isProgressNotified).toBe(true);
  });

  test("leaves nobody listening, however it ended", async () => {
    for (const end of [["completed", {}, {}], ["aborted", {}], ["validation-failed", []]]) {
      const task = runTask(cluster.host(), TASK).catch(() => {});
      expect(cluster.listeners.size).toBe(3);
      cluster.emit(`get-it-${end[0]}-id1`, ...end.slice(1));
      await task;
      expect(cluster.listeners.size).toBe(0);
    }
    const late = runTask(cluster.host(), TASK).catch(() => {});
    await vi.advanceTimersByTimeAsync(1000);
    await late;
    expect(cluster.listeners.size).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });
});
