//
// Copyright (C) 2026 The ns8-backup-monitor authors
// SPDX-License-Identifier: MIT
//

import { expect, test } from "vitest";
import { moved } from "../src/services/grid_keys.js";

const SIZE = { rows: 40, columns: 31 };

test.each([
  ["ArrowRight", {}, [1, 2]], ["ArrowLeft", {}, [1, 0]], ["ArrowUp", {}, [0, 1]], ["ArrowDown", {}, [2, 1]],
  ["Home", {}, [1, 0]], ["End", {}, [1, 30]], ["PageDown", {}, [11, 1]], ["PageUp", {}, [0, 1]],
  ["Home", { ctrlKey: true }, [0, 0]], ["End", { ctrlKey: true }, [39, 30]],
])("%s %o leads from the first cell to %o", (key, more, [row, column]) =>
  expect(moved({ row: 1, column: 1 }, { key, ...more }, SIZE)).toEqual({ row, column }));

test("nothing leads out of the table, and other keys lead nowhere", () => {
  expect(moved({ row: 39, column: 30 }, { key: "ArrowDown" }, SIZE)).toEqual({ row: 39, column: 30 });
  expect(moved({ row: 0, column: 0 }, { key: "ArrowLeft" }, SIZE)).toEqual({ row: 0, column: 0 });
  expect(moved({ row: 0, column: 0 }, { key: "Tab" }, SIZE)).toBeNull();
  expect(moved({ row: 0, column: 0 }, { key: "a" }, SIZE)).toBeNull();
});
