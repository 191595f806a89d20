// How long the console takes to draw many practitioners, from the first snapshot to the painted frame,
// and what a change of one slot costs. Usage: node e2e/console/measure.mjs [DIST] [PRACTITIONERS] [SLOTS]
import { openPage, startBrowser } from '../browser.mjs';
import { Mock, serveFiles } from './server.mjs';

const [dist = 'dist', practitioners = '300', each = '20'] = process.argv.slice(2);
const runs = 7;
const files = await serveFiles(dist);
const browser = await startBrowser();

async function measured() {
  const page = await openPage(browser, files.url, {
    viewport: { width: 1440, height: 900 },
    bypassCSP: true,
  });
  const at = new Date();
  at.setUTCHours(13, 5, 20, 0);
  const mock = new Mock({ practitioners: Number(practitioners), each: Number(each), now: at.getTime() });
  await mock.attach(page);
  // The clock starts when the snapshot reaches the page and stops at the frame after the first block.
  await page.addInitScript(() => {
    const { parse } = JSON;
    JSON.parse = (text, ...rest) => {
      if (text?.length > 100_000) globalThis.begun ??= performance.now();
      return parse(text, ...rest);
    };
    new MutationObserver((_, seen) => {
      if (!document.querySelector('.b-cell')) return;
      seen.disconnect();
      requestAnimationFrame(() => setTimeout(() => (globalThis.drawn = performance.now())));
    }).observe(document, { childList: true, subtree: true });
  });
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
  await page.goto('/console');
  await page.waitForFunction('globalThis.drawn');
  const { metrics } = await cdp.send('Performance.getMetrics');
  const spent = Object.fromEntries(metrics.map(({ name, value }) => [name, value * 1000]));
  const first = await page.evaluate('globalThis.drawn - globalThis.begun');
  const rows = await page.locator('.b-row').count();
  const frames = await framesUnderChanges(page, mock);
  mock.stop();
  await page.context().close();
  return { first, rows, frames, spent };
}

// Frames drawn in two seconds while 50 slots a second change.
async function framesUnderChanges(page, mock) {
  const counted = page.evaluate(async () => {
    let frames = 0;
    const end = performance.now() + 2000;
    while (performance.now() < end) {
      await new Promise((next) => requestAnimationFrame(next));
      frames++;
    }
    return frames / 2;
  });
  const slots = [...mock.slots.values()].filter((slot) => slot.seats === 1);
  let i = 0;
  const changing = setInterval(() => {
    const slot = slots[(i += 7) % slots.length];
    mock.change({ ...slot, free: slot.free ? 0 : 1, booked: slot.free ? 1 : 0 });
  }, 20);
  const frames = await counted;
  clearInterval(changing);
  return frames;
}

const all = [];
for (let i = 0; i < runs; i++) all.push(await measured());
const middle = (pick) => all.map(pick).sort((a, b) => a - b)[Math.floor(runs / 2)];
console.log(
  `${practitioners} practitioners × ${each} slots: first render ${middle((m) => m.first).toFixed(0)} ms (median of ${runs}; fastest ${Math.min(...all.map((m) => m.first)).toFixed(0)} ms), ` +
    `main thread ${middle((m) => m.spent.TaskDuration).toFixed(0)} ms from opening the page (script ${middle((m) => m.spent.ScriptDuration).toFixed(0)}), ` +
    `${all[0].rows} rows in the document, ${middle((m) => m.frames).toFixed(0)} frames/s under 50 changes/s`,
);
await browser.close();
files.stop();
