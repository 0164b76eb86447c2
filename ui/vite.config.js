//
// Copyright (C) 2026 The ns8-backup-monitor authors
// SPDX-License-Identifier: MIT
//

import { fileURLToPath } from "node:url";
import vue from "@vitejs/plugin-vue2";
import licenses from "rollup-plugin-license";
import { defineConfig } from "vite";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

// Our own code is MIT. ns8-ui-lib is not, so the page as built is a work under GPL-3.0-or-later: this may go into
// one, another licence ends the build.
const COMPATIBLE = ["MIT", "ISC", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "GPL-3.0-or-later"];

// What the page says of its licences, before the notices of its parts.
const LICENCES = `The page of the backup monitor in cluster-admin

Its own code is Copyright (C) 2026 The ns8-backup-monitor authors and licensed under MIT. The page as a whole
contains parts under GPL-3.0-or-later (@nethserver/ns8-ui-lib) and may be passed on under that licence alone, which is
in gpl-3.0.txt. Its source: https://github.com/nethserver/ns8-backup-monitor

Its parts, with their notices:
`;
const BETWEEN = "\n\n---\n\n";

const folders = { css: "css", png: "img", svg: "img" };
const assetName = ({ names }) => {
  const folder = folders[names[0].split(".").pop()] ?? "assets";
  return `${folder}/[name].[hash][extname]`;
};

export default defineConfig({
  base: "./", // NS8 serves the page at cluster-admin/apps/<instance>/
  plugins: [
    vue(),
    // The notices that these licences want beside every copy.
    licenses({
      thirdParty: {
        allow: { test: `(${COMPATIBLE.join(" OR ")})`, failOnUnlicensed: true, failOnViolation: true },
        output: {
          file: here("dist/licenses.txt"),
          template: (parts) => [LICENCES, ...parts.map((part) => part.text())].join(BETWEEN),
        },
      },
    }),
  ],
  resolve: {
    // ns8-ui-lib 0.1.32 imports Carbon's sources without their extension.
    extensions: [".mjs", ".js", ".json", ".vue"],
    alias: [
      { find: "@", replacement: here("src") },
      // Renamed since ns8-ui-lib 0.1.32 was built.
      { find: "@carbon/icons-vue/es/app-switcher/20", replacement: "@carbon/icons-vue/es/switcher/20" },
      // The player of animations without expressions, which needs no eval().
      { find: /^lottie-web$/, replacement: "lottie-web/build/player/esm/lottie_light.min.js" },
      // ns8-ui-lib takes its ids from node's module.
      { find: /^crypto$/, replacement: here("src/shims/crypto.js") },
    ],
  },
  css: {
    preprocessorOptions: {
      scss: {
        loadPaths: [here("node_modules")],
        quietDeps: true,
        silenceDeprecations: ["import", "global-builtin", "slash-div", "color-functions"],
      },
    },
  },
  build: {
    assetsInlineLimit: 0, // NS8 looks for the logo as img/*logo*png
    chunkSizeWarningLimit: 1500, // Carbon and ns8-ui-lib come as one piece
    rollupOptions: {
      output: {
        entryFileNames: "js/[name].[hash].js",
        chunkFileNames: "js/[name].[hash].js",
        assetFileNames: assetName,
      },
    },
  },
  test: { include: ["tests/**/*.test.js"], environment: "node" },
});
