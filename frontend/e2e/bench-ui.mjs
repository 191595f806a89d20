// `make bench-ui`: what the pages cost, and how the console bears a large territory on a slow machine.
// Usage: node e2e/bench-ui.mjs [DIST] [PRACTITIONERS] [SLOTS] [SLOWED]
import { loadavg } from 'node:os';
import { startBrowser } from './browser.mjs';
import * as measure from './console/measure.mjs';
import { scriptSize } from './console/sizes.mjs';

const [dist = 'dist', practitioners = 300, each = 24, slowed = 4] = process.argv.slice(2);
const limits = { index: 60, phone: 60, pilot: 60, console: 90, training: 95 };
const renders = 3;
const seconds = 6;
const changes = 50;

const sorted = (values) => [...values].sort((a, b) => a - b);
const median = (values) => sorted(values)[Math.floor(values.length / 2)];
const line = (what, figure, held) =>
  console.log(`${what.padEnd(46)} ${figure}${held === undefined ? '' : held ? '  ok' : '  MISSED'}`);

console.log(`Scripts of each page, gzip`);
for (const [page, limit] of Object.entries(limits)) {
  const size = await scriptSize(dist, page);
  line(`  ${page}`, `${size.toFixed(1)} kB of ${limit}`, size <= limit);
}

const browser = await startBrowser();
try {
  const load = loadavg()[0].toFixed(1);
  console.log(`Console: ${practitioners} × ${each} slots, processor slowed ×${slowed}, load ${load} before`);
  const options = { practitioners: Number(practitioners), each: Number(each), slowed: Number(slowed) };
  const first = [];
  let opened;
  for (let i = 0; i < renders; i++) {
    await opened?.close();
    opened = await measure.openConsole(browser, dist, options);
    first.push(await measure.firstRender(opened));
  }
  line('  first render', `${median(first).toFixed(0)} ms (median of ${renders})`, median(first) < 300);

  const stop = measure.changing(opened, changes);
  for (const scrolling of [false, true]) {
    const before = await measure.worked(opened);
    const counts = await measure.framesPerSecond(opened, seconds, scrolling);
    const busy = ((await measure.worked(opened)) - before) / seconds;
    line(
      scrolling ? '  and scrolling' : `  under ${changes} changes/s`,
      `${median(counts)} frames/s, worst second ${Math.min(...counts)}; main thread busy ${busy.toFixed(0)} ms a second`,
    );
  }
  const arrows = await measure.arrowTimes(opened);
  line('  arrow key to paint', `${median(arrows).toFixed(0)} ms, slowest ${Math.max(...arrows).toFixed(0)}`);
  stop();

  const path = await measure.mainPath(opened);
  const typed = `${path.keys} keys and the ${path.letters} letters of the name`;
  line('  commune → slot → hold → patient → book', `${typed}, ${path.milliseconds} ms of waiting`);
  await opened.page.keyboard.press('c');
  await opened.page.keyboard.press('Escape');
  await opened.page.keyboard.press('n');
  line('  hold key to paint', `${(await measure.holdTime(opened)).toFixed(0)} ms, the answer’s way included`);
  await opened.close();
} finally {
  await browser.close();
}
