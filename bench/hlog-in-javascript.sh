#!/usr/bin/env bash
# Does HdrHistogram's JavaScript library (hdr-histogram-js 3.0.1) read a histogram log of ours, and find in
# each interval as many values and the same median as the JSON file says?
#
#   bench/hlog-in-javascript.sh [DIR]   DIR is what --out wrote; without it a short compare writes one
#
# Installs the library with npm into a temporary folder, so it wants a network; needs Node.js. Ends with 0 if
# all agrees, 1 if not, 4 if the library can't be had.
set -euo pipefail
command -v npm >/dev/null || {
  echo "npm is missing: install Node.js with it" >&2
  exit 4
}
home=$(cd "$(dirname "$0")/.." && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
from=${1:-$folder/results}
[ -n "${1:-}" ] || "$home/sockbed" compare --quick --quiet --only setup,rtt --trials 2 --out "$from" >/dev/null
from=$(cd "$from" && pwd)

cd "$folder"
npm install --silent --no-audit --no-fund --prefix . hdr-histogram-js@3.0.1 >npm.log 2>&1 || {
  cat npm.log >&2
  exit 4
}
cat >read.js <<'JAVASCRIPT'
const fs = require("fs");
const { HistogramLogReader } = require("hdr-histogram-js");
const [, , log, json] = process.argv;
const cells = JSON.parse(fs.readFileSync(json, "utf8")).cells.filter((cell) => cell.serviceNs.count > 0);
const reader = new HistogramLogReader(fs.readFileSync(log, "utf8"));
const tagged = new Map();
for (let h = reader.nextIntervalHistogram(); h; h = reader.nextIntervalHistogram()) {
  if (h.tag && h.tag !== "NO TAG" && h.tag.endsWith("/service")) tagged.set(h.tag, h);
}
let wrong = 0;
for (const cell of cells) {
  const pace = cell.ratePerSecond === null ? `w${cell.window}` : `r${Math.round(cell.ratePerSecond)}`;
  const tag = [cell.transport, cell.scenario, `${cell.sizeBytes}B`, `c${cell.connections}`, pace,
    ...(cell.placement ? [cell.placement] : []), ...(cell.fork ? [`f${cell.fork}`] : []), `t${cell.trial}`, "service"].join("/");
  const found = tagged.get(tag);
  const count = found ? found.totalCount : "none";
  const p50 = found ? found.getValueAtPercentile(50) : "none";
  if (count !== cell.serviceNs.count || (cell.serviceNs.p50 !== null && p50 !== cell.serviceNs.p50)) {
    console.log(`${tag}: ${count} values, median ${p50}; the JSON has ${cell.serviceNs.count}, ${cell.serviceNs.p50}`);
    wrong++;
  }
}
console.log(`hdr-histogram-js ${require("hdr-histogram-js/package.json").version}: ` +
  `${tagged.size} intervals read, ${cells.length} measurements, ${wrong} of them differ`);
process.exit(wrong === 0 && cells.length > 0 ? 0 : 1);
JAVASCRIPT
log=("$from"/*.hlog)
json=("$from"/*.json)
node read.js "${log[0]}" "${json[0]}"
