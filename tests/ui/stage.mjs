//
// Copyright (C) 2026 The ns8-backup-monitor authors
// SPDX-License-Identifier: MIT
//

// What a test of the page stands on: the scene (scene.py), a browser, and words for what it does there.

import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { makeCoreCss } from "./core_css.mjs";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const require = createRequire(here("../../ui/package.json"));
const { chromium } = require("playwright-core");
const { AxeBuilder } = require("@axe-core/playwright");

export const OUT = process.env.BACKUP_MONITOR_UI_OUT ?? here("../../build/ui");
const PATIENCE = 20_000; // ms

/// The scene of the test, or the one that runs already: BACKUP_MONITOR_UI_SCENE is {"url", "instance"} then.
async function openScene() {
  if (process.env.BACKUP_MONITOR_UI_SCENE) return { ...JSON.parse(process.env.BACKUP_MONITOR_UI_SCENE), end: async () => {} };
  const scene = spawn("/usr/bin/python3", [here("scene.py"), "--core-css", makeCoreCss(`${OUT}/core.css`)], { stdio: ["pipe", "pipe", "inherit"] });
  const line = await new Promise((resolve, reject) => {
    scene.stdout.once("data", resolve);
    scene.once("exit", () => reject(new Error("the scene has ended")));
  });
  const end = async () => {
    scene.stdin.end();
    await new Promise((resolve) => scene.once("exit", resolve));
  };
  return { ...JSON.parse(line), end };
}

/// Starts everything; stop() ends it.
export async function openStage() {
  const { url, instance, end } = await openScene();
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
  const tell = async (what, more = {}) => {
    const answer = await fetch(new URL("/control", url), { method: "POST", body: JSON.stringify({ do: what, with: more }) });
    if (!answer.ok) throw new Error(`${what}: ${await answer.text()}`);
    return (await answer.json()).value;
  };
  const stop = async () => {
    await browser.close();
    await end();
  };
  return { url, browser, tell, stop, open: (options) => openPage(browser, url, instance, options) };
}

/// One window with the module's page in it. `said` is everything on the console; `at`: the Unix time that its clock shows.
async function openPage(browser, url, instance, { page: asked = "", query = "", language = "en", width = 1300, height = 900, at } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, timezoneId: "Europe/Rome", acceptDownloads: true, reducedMotion: "reduce" });
  if (at !== undefined) await context.clock.setFixedTime(at * 1000);
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  const said = [];
  const dialogs = [];
  const outside = [];
  page.on("console", (message) => said.push(message.text()));
  page.on("pageerror", (error) => said.push(`pageerror ${error}`));
  page.on("dialog", (dialog) => {
    dialogs.push(dialog.message());
    dialog.dismiss();
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(new URL("/", url).href) && !/^(data|blob):/.test(request.url())) outside.push(request.url());
  });
  const hash = `#/apps/${instance}${asked ? `?page=${asked}${query}` : ""}`;
  await page.goto(`${url}?language=${language}${hash}`);
  const frame = page.frameLocator("#app-frame");
  await frame.locator("#main-content").waitFor();
  return { page, frame, said, dialogs, outside, close: () => context.close() };
}

/// Serious and critical findings of axe in the module's frame: ["id: selector"…].
export async function seriousFindings(page) {
  const { violations } = await new AxeBuilder({ page }).include(["#app-frame", "#ns8-app"]).analyze();
  return violations
    .filter(({ impact }) => ["serious", "critical"].includes(impact))
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.flat().join(" ")}`));
}

/// A picture of what a test has reached; no state of the page may have a serious finding of axe.
export async function picture(page, name) {
  mkdirSync(OUT, { recursive: true });
  await page.screenshot({ path: `${OUT}/${name}.png` });
  const findings = await seriousFindings(page);
  if (findings.length) throw new Error(`${name}: axe finds ${findings.join("; ")}`);
}
