//
// Copyright (C) 2026 The ns8-backup-monitor authors
// SPDX-License-Identifier: MIT
//

import Vue from "vue";
import VueI18n from "vue-i18n";

export const LANGUAGES = ["en", "it"];
const FALLBACK = "en";

/// `it-IT` or `it_CH` → `it`; a language without texts → English.
export function languageFor(wanted) {
  const language = String(wanted).slice(0, 2).toLowerCase();
  return LANGUAGES.includes(language) ? language : FALLBACK;
}

/// The file keeps its name when the module is updated: the browser has to ask whether it is still the same.
async function fetchTexts(language) {
  const answer = await fetch(`i18n/${language}/translation.json`, { cache: "no-cache" });
  if (!answer.ok) throw new Error(`i18n/${language}: ${answer.status}`);
  return answer.json();
}

export async function loadTexts(wanted) {
  Vue.use(VueI18n);
  const locale = languageFor(wanted);
  const languages = [...new Set([FALLBACK, locale])];
  const texts = await Promise.all(languages.map(fetchTexts));
  const messages = Object.fromEntries(languages.map((language, at) => [language, texts[at]]));
  return new VueI18n({ locale, fallbackLocale: FALLBACK, messages });
}
