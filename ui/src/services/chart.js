//
// Copyright (C) 2026 The ns8-backup-monitor authors
// SPDX-License-Identifier: MIT
//

import { BarController, BarElement, CategoryScale, Chart, Legend, LinearScale, LineController, LineElement, PointElement, Tooltip } from "chart.js";

Chart.register(BarController, BarElement, CategoryScale, Legend, LinearScale, LineController, LineElement, PointElement, Tooltip);

/// Draws sizes as bars and durations as a line. `size(bytes)` and `duration(seconds)` give the texts of values.
export function drawChart(canvas, { labels, sizes, durations, sizeLabel, durationLabel, size, duration }) {
  const texts = { sizes: size, durations: duration };
  const axis = (position, values, text) => ({
    position,
    beginAtZero: true,
    display: values.some((value) => value !== null),
    grid: { drawOnChartArea: position === "left" },
    ticks: { callback: text, maxTicksLimit: 6 },
  });
  return new Chart(canvas, {
    type: "bar",
    data: {
      labels,
      datasets: [
        { label: sizeLabel, data: sizes, yAxisID: "sizes", backgroundColor: "#8ab8e0", maxBarThickness: 48, order: 2 },
        { label: durationLabel, data: durations, yAxisID: "durations", type: "line", borderColor: "#8a3800", backgroundColor: "#8a3800", borderWidth: 2, order: 1 },
      ],
    },
    options: {
      animation: false,
      maintainAspectRatio: false,
      interaction: { mode: "index", intersect: false },
      plugins: { tooltip: { callbacks: { label: ({ dataset, raw }) => `${dataset.label}: ${texts[dataset.yAxisID](raw)}` } } },
      scales: { sizes: axis("left", sizes, size), durations: axis("right", durations, duration) },
    },
  });
}
