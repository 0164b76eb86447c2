//
// Copyright (C) 2026 The ns8-backup-monitor authors
// SPDX-License-Identifier: MIT
//

// What the status page says of schedules, recovery points and coverage, on real answers of the action and on answers that
// take days to come about.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openStage, picture, seriousFindings } from "./stage.mjs";

let stage;
let overview;
before(async () => {
  stage = await openStage();
  await stage.tell("furnish", { plans: { 1: ["Nightly", ["mail1", "samba1"]], 2: ["Weekly", ["mail1"]] } });
  await stage.tell("configure");
  await stage.tell("back_up", { plan: "1", results: { mail1: 0, samba1: 0 } });
  overview = await stage.tell("must", { action: "get-overview" });
});
after(() => stage.stop());

/// The page, while get-overview answers so: `plan` is laid over plan 1, `more` over the rest.
async function openWith(plan, more = {}, options = {}) {
  const plans = overview.plans.map((each) => (each.id === "1" ? { ...each, ...plan } : { ...each, enabled: false, state: null }));
  await stage.tell("answer", { action: "get-overview", value: { ...overview, ...more, plans } });
  const window = await stage.open(options);
  await window.frame.locator(".safety li").first().waitFor();
  return window;
}

const at = (seconds) => ({ due: new Date(seconds * 1000).toISOString(), due_unix: seconds });
const now = Math.floor(Date.now() / 1000);
const noGood = async (frame) => assert.equal(await frame.locator(".safety-good").count(), 0);

test("what the daemon knows of recovery points is there", async () => {
  const points = Object.fromEntries(overview.recovery.map(({ module, state, newest_data_unix: newest }) => [module, [state, newest > 0]]));
  assert.deepEqual(points.mail1, ["in_target", true]);
  assert.deepEqual(overview.nodes.map(({ node, oldest_module: oldest }) => [node, typeof oldest]), [[1, "string"]]);
  const { page, frame, said, close } = await openWith({});
  await frame.locator(".status-card", { hasText: "If a node were lost now" }).waitFor();
  assert.deepEqual(await seriousFindings(page), []);
  assert.deepEqual(said, []);
  await close();
});

for (const [name, plan, label, sentence] of [
  ["missed", { state: "missed", ...at(now - 86_400) }, "Did not run", "Nightly: did not run when it was due"],
  ["late", { state: "late", ...at(now - 3_600) }, "Late", "Nightly: was due at"],
  ["never due", { state: "never", never_due: "no such day" }, "Never runs by itself", "Nightly: never runs by itself."],
  ["long unseen", { state: "unknown" }, "Not known", "Nightly: the last known run began at"],
]) {
  test(`a plan that is ${name} is nowhere called good, however its last run ended`, async () => {
    assert.equal(overview.plans[0].run.outcome, "SUCCESS");
    const { page, frame, close } = await openWith(plan);
    await frame.locator(".status-card", { hasText: "Nightly" }).locator(".tone-bad, .tone-warn, .tone-wait", { hasText: label }).waitFor();
    await frame.locator(".safety li", { hasText: sentence }).waitFor();
    await noGood(frame);
    assert.equal(await frame.locator(".status-card", { hasText: "Nightly" }).locator(".tone-good").count(), 0);
    await picture(page, `status-${name.replace(" ", "-")}`);
    await close();
  });
}

test("data that is too old, by application and by node", async () => {
  const point = (module, state, more = {}) => ({
    module, ui_name: "", node: 2, node_name: "Rome", state, newest_data: null, newest_data_unix: null, plan: null, target_seconds: 180_000, ...more });
  const old = { newest_data: new Date((now - 260_000) * 1000).toISOString(), newest_data_unix: now - 260_000, plan: "1" };
  const recovery = [point("mail1", "over", old), point("web1", "never"), point("n8n1", "unknown")];
  const nodes = [{ node: 2, node_name: "Rome", modules: 3, without_data: 2, over: 1, ...old, oldest_module: "mail1" }];
  for (const options of [{}, { width: 400, height: 800 }, { language: "it" }]) {
    const { page, frame, close } = await openWith({}, { recovery, nodes }, options);
    if (options.language !== "it") {
      await frame.locator(".safety li", { hasText: "The newest good backup of mail1 is older than its target." }).waitFor();
      const card = frame.locator(".status-card", { hasText: "Recovery points" });
      await card.locator("li", { hasText: /^\s*mail1: newest data of .*, older than its target of 2 d 2 h/ }).waitFor();
      await card.locator("li", { hasText: "web1: never backed up yet" }).waitFor();
      await card.locator("li", { hasText: "n8n1: not known whether its data is recent (no good data is known)" }).waitFor();
      await card.locator("li", { hasText: /Node 2 \(Rome\): oldest data of .* \(mail1\); none known of 2 applications/ }).waitFor();
    }
    await noGood(frame);
    assert.deepEqual(await seriousFindings(page), []);
    await picture(page, `status-too-old-${options.language ?? options.width ?? "wide"}`);
    await close();
  }
});

test("the cluster's own backup, and alerts that do not fit", async () => {
  const upload = { uploaded_at: "2026-11-20T09:00:00Z", uploaded_at_unix: 1_795_165_200, failed_at: "2026-11-21T09:00:00Z", failed_at_unix: 1_795_251_600,
    words: "<b>no room</b>", over: false, read_at: "2026-11-21T09:10:00Z", read_at_unix: 1_795_252_200, trouble: null };
  const alert = (kind, plan, node) => ({ kind, plan, node, node_name: node ? "Rome" : "", since: upload.failed_at, since_unix: upload.failed_at_unix, silenced: false });
  const contradictions = [alert("plan_gone", { id: "8", name: "Old plan" }, null), alert("not_raised", { id: "1", name: "Nightly" }, 2)];
  for (const options of [{}, { width: 400, height: 800 }, { language: "it" }]) {
    const { page, frame, close } = await openWith({ cluster_backup: upload }, { alert_contradictions: contradictions }, options);
    if (options.language !== "it") {
      await frame.locator(".safety li", { hasText: "Nightly does not upload the cluster's own backup as it should." }).waitFor();
      await frame.getByText("cannot be rebuilt, failed: <b>no room</b>. Last upload:").waitFor();
      await frame.getByText("An alert is firing for the plan Old plan, which has been removed").waitFor();
      await frame.getByText("The last run of Nightly has failed on node 2 (Rome)").waitFor();
    }
    await noGood(frame);
    assert.deepEqual(await seriousFindings(page), []);
    await picture(page, `status-cluster-backup-${options.language ?? options.width ?? "wide"}`);
    await close();
  }
});

test("applications in no plan, exempt ones, a shared disk and months that are left out", async () => {
  const cluster = { ...overview.cluster, unprotected: ["web1"], unprotected_since: [{ module: "web1", since: "2026-11-20T09:00:00Z", since_unix: 1_795_165_200 }],
    exempt: [{ module: "test1", until: "2027-02-01T00:00:00Z", until_unix: 1_801_440_000, reason: "<b>a machine for tests</b>" }] };
  const { page, frame, close } = await openWith({ same_node: ["mail1"], months_left_out: [2, 4] }, { cluster });
  await frame.locator("li", { hasText: /web1 \(since .*2026.*, or longer\)/ }).waitFor();
  await frame.locator("li", { hasText: /test1 until .*: <b>a machine for tests<\/b>/ }).waitFor();
  await frame.getByText("The destination is on the node that mail1 runs on").waitFor();
  await frame.getByText("The schedule leaves out February and April").waitFor();
  assert.deepEqual(await seriousFindings(page), []);
  await picture(page, "status-coverage");
  await close();
});
