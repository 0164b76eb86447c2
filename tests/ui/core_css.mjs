//
// Copyright (C) 2026 The ns8-backup-monitor authors
// SPDX-License-Identifier: MIT
//

// cluster-admin's styles for the host page: core_css.mjs FILE makes them, which takes seconds.

import { existsSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/// Makes `file` unless it is newer than its source; returns it.
export function makeCoreCss(file) {
  const source = here("host/core.scss");
  if (existsSync(file) && statSync(file).mtimeMs > statSync(source).mtimeMs) return file;
  const { css } = createRequire(here("../../ui/package.json"))("sass").compile(source, {
    loadPaths: [here("../../ui/node_modules")],
    quietDeps: true,
    silenceDeprecations: ["import"],
  });
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, css);
  return file;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) makeCoreCss(process.argv[2]);
