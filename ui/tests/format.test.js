//
// Copyright (C) 2026 The ns8-backup-monitor authors
// SPDX-License-Identifier: MIT
//

import { expect, test } from "vitest";
import { formatDuration } from "../src/format/duration.js";
import { formatSize } from "../src/format/size.js";
import { formatDay, formatMonths, formatTime, toUnix } from "../src/format/time.js";

const NOON = 1_795_348_800; // 2026-11-22T12:00:00Z

test("times are told in the zone and the language of the reader", () => {
  expect(formatTime(NOON, "en", "Europe/Rome")).toMatch(/Nov 22, 2026, 1:00\sPM/u);
  expect(formatTime(NOON, "it", "Asia/Tokyo")).toMatch(/22 nov 2026, 21:00/);
  expect(formatDay(NOON, "it", "UTC")).toBe("22 nov");
});

test("no time is no text", () => {
  expect([formatTime(null, "en"), formatTime(undefined, "en"), formatDay(null, "en")]).toEqual(["", "", ""]);
});

test.each([
  [{ at: "2026-11-22T12:00:00Z", at_unix: 7 }, 7],
  [{ at: "2026-11-22T12:00:00Z" }, NOON],
  [{ at: null, at_unix: null }, null],
  [{ at: "yesterday" }, null],
  [null, null],
])("the seconds of %o", (object, unix) => expect(toUnix(object, "at")).toBe(unix));

test.each([
  [0, "0 B"],
  [999, "999 B"],
  [1000, "1 kB"],
  [4_200_000_000, "4.2 GB"],
  [99_940_000, "99.9 MB"],
  [99_960_000, "100 MB"],
  [999_499_999, "999 MB"],
  [999_500_000, "1 GB"],
  [1.5e15, "1.5 PB"],
  [null, ""],
])("%s bytes", (bytes, text) => expect(formatSize(bytes, "en")).toBe(text));

test("sizes are written as the language writes numbers", () => expect(formatSize(4_200_000_000, "it")).toBe("4,2 GB"));

test.each([
  [0, "0 s"],
  [45, "45 s"],
  [60, "1 min"],
  [845, "14 min 5 s"],
  [7_380, "2 h 3 min"],
  [7_205, "2 h"],
  [273_600, "3 d 4 h"],
  [-1, ""],
  [null, ""],
])("%s seconds", (seconds, text) => expect(formatDuration(seconds)).toBe(text));

test.each([
  ["en", [2], "February"],
  ["en", [2, 4, 6, 9, 11], "February, April, June, September, and November"],
  ["it", [2, 4], "febbraio e aprile"],
])("months in %s: %o", (language, months, text) => expect(formatMonths(months, language)).toBe(text));
