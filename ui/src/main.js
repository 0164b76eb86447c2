//
// Copyright (C) 2026 The ns8-backup-monitor authors
// SPDX-License-Identifier: MIT
//

import CarbonComponentsVue from "@carbon/vue";
import Ns8Lib from "@nethserver/ns8-ui-lib";
import LottieAnimation from "lottie-web-vue";
import Vue from "vue";
import vueDebounce from "vue-debounce";
import App from "./App.vue";
import { loadTexts } from "./i18n.js";
import { createPageRouter } from "./router.js";
import { createPageStore } from "./store.js";
import "./styles/page.scss";

Vue.use(CarbonComponentsVue);
Vue.use(Ns8Lib);
Vue.use(LottieAnimation);
Vue.use(vueDebounce);
Vue.config.productionTip = false;

async function start() {
  const core = window.parent.core;
  const i18n = await loadTexts(core?.$root?.$i18n?.locale || navigator.language);
  const store = createPageStore(core, window.parent);
  document.documentElement.lang = i18n.locale;
  new Vue({ router: createPageRouter(), store, i18n, render: (h) => h(App) }).$mount("#ns8-app");
}

// There are no texts of ours then.
start().catch((error) => {
  document.body.textContent = `This page cannot be loaded: ${error.message}. Reload it.`;
});
