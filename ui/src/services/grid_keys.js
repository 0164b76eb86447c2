//
// Copyright (C) 2026 The ns8-backup-monitor authors
// SPDX-License-Identifier: MIT
//

// One stop for the tabulator in a table of any size, and arrows from there: the pattern of the WAI-ARIA Authoring
// Practices 1.2 for grids. What is focused in a cell is its link or its button, if it has one.

const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0], Home: [0, -Infinity], End: [0, Infinity] };
const PAGE = 10; // rows

const within = (value, count) => Math.min(Math.max(value, 0), count - 1);

/// {row, column} where a key leads in a table of that size; null if the key does not move.
export function moved({ row, column }, { key, ctrlKey = false }, { rows, columns }) {
  const [down, right] = STEPS[key] ?? { PageUp: [-PAGE, 0], PageDown: [PAGE, 0] }[key] ?? [0, 0];
  if (!down && !right) return null;
  const corner = ctrlKey && ["Home", "End"].includes(key);
  return { row: within(corner ? row + right : row + down, rows), column: within(column + right, columns) };
}

function targetIn(cell) {
  return cell.querySelector("a, button") ?? cell;
}

/// Lets the tabulator stop at `target` alone.
function stopAt(table, target) {
  table.querySelectorAll('[tabindex="0"]').forEach((each) => each.setAttribute("tabindex", "-1"));
  target?.setAttribute("tabindex", "0");
}

/// After the table has changed there is one stop again, at its first run.
export function stopAtFirst(table) {
  if (!table.querySelector('[tabindex="0"]')) stopAt(table, targetIn(table.rows[0].cells[1] ?? table.rows[0].cells[0]));
}

/// Moves the focus as a key wants it; Enter and the space bar do in a cell what a click does. Returns whether it
/// did anything.
export function onKey(table, event) {
  const cell = event.target.closest("td, th");
  if (["Enter", " "].includes(event.key) && event.target === cell) {
    cell.click();
    return true;
  }
  const place = { row: cell.parentNode.rowIndex, column: cell.cellIndex };
  const to = moved(place, event, { rows: table.rows.length, columns: table.rows[0].cells.length });
  if (!to) return false;
  const target = targetIn(table.rows[to.row].cells[to.column]);
  stopAt(table, target);
  target.setAttribute("tabindex", "0");
  target.focus();
  return true;
}
