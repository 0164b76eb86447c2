//
// Copyright (C) 2026 The ns8-backup-monitor authors
// SPDX-License-Identifier: MIT
//

import { expect, test } from "vitest";
import { toCsv } from "../src/services/csv.js";
import { historyCsv, matching, toRow, wholeHistory } from "../src/services/history.js";

const RUN = {
  id: 3, plan: { id: "1", name: "daily" }, begin: "2026-11-22T02:00:00Z", begin_unix: 1795312800,
  end: "2026-11-22T02:14:05Z", end_unix: 1795313645, outcome: "PARTIAL", phrase: "partially_failed", modules: 3, succeeded: 2, without_snapshot: 1,
};

test("a run becomes one flat row", () => {
  expect(toRow(RUN)).toEqual({ id: 3, begin: 1795312800, plan: "daily", tone: "warn", outcomeKey: "phrase.partially_failed", modules: 3, succeeded: 1, seconds: 845 });
  expect(toRow({ ...RUN, plan: { id: "7", name: "" }, end: null, end_unix: null })).toMatchObject({ plan: "7", seconds: null });
});

test("every word of a search must be there, in any script", () => {
  const rows = [{ plan: "Täglich" }, { plan: "毎日 backup" }, { plan: "a+b (c)" }];
  const found = (search) => matching(rows, search, (row) => [row.plan]).map((row) => row.plan);
  expect(found("  ")).toHaveLength(3);
  expect(found("TÄG")).toEqual(["Täglich"]);
  expect(found("backup 毎")).toEqual(["毎日 backup"]);
  expect(found("(c) a+")).toEqual(["a+b (c)"]);
  expect(found("a+b x")).toEqual([]);
});

test("the whole history is read page by page", async () => {
  const asked = [];
  const pages = [{ runs: [{ id: 9 }], next_before: 9 }, { runs: [{ id: 4 }], next_before: null }];
  const runs = await wholeHistory({ reports: async (filter) => (asked.push(filter), pages.shift()) }, { plan: "1" });
  expect(runs.map((run) => run.id)).toEqual([9, 4]);
  expect(asked).toEqual([{ plan: "1", limit: 1000 }, { plan: "1", limit: 1000, before: 9 }]);
});

test("a table for spreadsheets says the same, and runs nothing", () => {
  expect(toCsv([["name", (row) => row.name], ["n", (row) => row.n]], [{ name: 'a "b", c', n: 1 }, { name: "=1+1", n: null }], ",")).toBe(
    '\uFEFF"name","n"\r\n"a ""b"", c",1\r\n"\'=1+1",\r\n');
  expect(historyCsv([RUN], (name) => name, "en")).toBe(
    '\uFEFF"run","plan","begin","end","outcome","succeeded","without_snapshot","applications"\r\n' +
    '3,"daily","2026-11-22T02:00:00Z","2026-11-22T02:14:05Z","PARTIAL",1,1,3\r\n');
  expect(historyCsv([RUN], (name) => name, "it")).toContain('3;"daily";"2026-11-22T02:00:00Z"');
});

test.each(["=1", "+1", "-1", "@a", "\t=1", "x;=1", "x,@a", "x; -1", "x\n+1"])("%j runs nowhere, wherever a spreadsheet splits", (text) => {
  const cells = toCsv([["", (row) => row]], [text], ",").split("\r\n")[1].slice(1, -1).split(/[;,\n]/);
  cells.forEach((cell) => expect(cell).not.toMatch(/^\s*[=+\-@]/));
});

test("what is no formula stays as it is", () => {
  expect(toCsv([["", (row) => row]], ["a-b + c@d, e; f"], ",")).toContain('"a-b + c@d, e; f"');
});
