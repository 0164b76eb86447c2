//
// Copyright (C) 2026 The ns8-backup-monitor authors
// SPDX-License-Identifier: MIT
//

// A history as a table for spreadsheets: RFC 4180, with a BOM so that they read it as UTF-8.

/// Where a comma is in numbers, spreadsheets split cells at semicolons.
export function separatorOf(language) {
  return (0.5).toLocaleString(language).includes(",") ? ";" : ",";
}

/// A spreadsheet would run a cell that begins like a formula, and names in it come from outside. One that splits at
/// another character than ours sees beginnings within a cell, too.
function harmless(text) {
  return text.replace(/(^|[;,\t\r\n]\s*)(?=[=+\-@\t\r])/g, "$1'");
}

function cell(value) {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return String(value);
  return `"${harmless(String(value)).replaceAll('"', '""')}"`;
}

/// `columns` is [[heading, (row) => value]…].
export function toCsv(columns, rows, separator) {
  const lines = [columns.map(([heading]) => cell(heading)), ...rows.map((row) => columns.map(([, of]) => cell(of(row))))];
  return `\uFEFF${lines.map((line) => line.join(separator)).join("\r\n")}\r\n`;
}
