//
// Copyright (C) 2026 The ns8-backup-monitor authors
// SPDX-License-Identifier: MIT
//

// Times are shown in the browser's zone and in the page's language.

const formatters = new Map();

function formatter(locale, options) {
  const key = locale + JSON.stringify(options);
  if (!formatters.has(key)) formatters.set(key, new Intl.DateTimeFormat(locale, options));
  return formatters.get(key);
}

/// `unix` in seconds; null gives an empty text. `timeZone` is for tests: the browser's otherwise.
export function formatTime(unix, locale, timeZone) {
  if (unix === null || unix === undefined) return "";
  const options = { dateStyle: "medium", timeStyle: "short", timeZone };
  return formatter(locale, options).format(new Date(unix * 1000));
}

/// The day alone, short: for the heads of narrow columns.
export function formatDay(unix, locale, timeZone) {
  if (unix === null || unix === undefined) return "";
  return formatter(locale, { day: "numeric", month: "short", timeZone }).format(new Date(unix * 1000));
}

/// Months, 1 to 12, by their names: "February and April".
export function formatMonths(months, locale) {
  const names = months.map((month) => formatter(locale, { month: "long", timeZone: "UTC" }).format(new Date(Date.UTC(2026, month - 1, 1))));
  return new Intl.ListFormat(locale, { type: "conjunction" }).format(names);
}

/// Seconds of an ISO 8601 time, or of the number that comes with it; null if there is none.
export function toUnix(object, name) {
  const given = object?.[`${name}_unix`];
  if (Number.isFinite(given)) return given;
  const parsed = Date.parse(object?.[name] ?? "");
  return Number.isNaN(parsed) ? null : Math.floor(parsed / 1000);
}
