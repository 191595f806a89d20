// What the console costs: drawing a large territory, keeping it alive under changes and scrolling, and
// answering keys. The page runs with its processor slowed; the server is the made-up one of server.mjs.
import { openPage } from '../browser.mjs';
import { Mock, serveFiles } from './server.mjs';

/** Opens the console of a large territory. `slowed` is how many times slower its processor is made. */
export async function openConsole(browser, dist, { practitioners, each, slowed }) {
  const at = new Date();
  at.setUTCHours(13, 5, 20, 0);
  const mock = new Mock({ practitioners, each, now: at.getTime() });
  const files = await serveFiles(dist, () => mock);
  const page = await openPage(browser, files.url, {
    viewport: { width: 1440, height: 900 },
    bypassCSP: true,
  });
  await page.addInitScript(marks);
  page.setDefaultTimeout(60_000);
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: slowed });
  await page.goto('/console');
  await page.waitForFunction('globalThis.drawn');
  const close = async () => {
    mock.stop();
    await page.context().close();
    files.stop();
  };
  return { page, mock, cdp, close };
}

// The clock starts when the snapshot reaches the page and stops at the frame after the first block; a
// key's starts when it is pressed and stops once the next frame is out.
function marks() {
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
  globalThis.keyTimes = [];
  const timed = ({ timeStamp }) =>
    requestAnimationFrame(() => setTimeout(() => globalThis.keyTimes.push(performance.now() - timeStamp)));
  addEventListener('keydown', timed, true);
}

/** Milliseconds from the snapshot's arrival to the painted board. */
export const firstRender = ({ page }) => page.evaluate('globalThis.drawn - globalThis.begun');

/** Milliseconds the main thread has worked so far, whatever else the machine does meanwhile. */
export async function worked({ cdp }) {
  const { metrics } = await cdp.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'TaskDuration').value * 1000;
}

/** Changes `perSecond` slots a second until the answer is called. */
export function changing({ mock }, perSecond) {
  const slots = [...mock.slots.values()].filter((slot) => slot.seats === 1);
  let i = 0;
  const timer = setInterval(() => {
    const { id } = slots[(i += 7) % slots.length];
    const slot = mock.slots.get(id);
    mock.change({ ...slot, free: slot.free ? 0 : 1, booked: slot.free ? 1 : 0 });
  }, 1000 / perSecond);
  return () => clearInterval(timer);
}

/** Frames of each of so many seconds, the board scrolled a little at every frame when asked. */
export function framesPerSecond({ page }, seconds, scrolling = false) {
  return page.evaluate(
    async ([seconds, scrolling]) => {
      const grid = document.querySelector('#board-grid');
      const counts = [];
      for (let s = 0; s < seconds; s++) {
        const end = performance.now() + 1000;
        let frames = 0;
        while (performance.now() < end) {
          await new Promise((next) => requestAnimationFrame(next));
          frames++;
          if (scrolling) grid.scrollTop += s % 2 ? -30 : 30;
        }
        counts.push(frames);
      }
      return counts;
    },
    [seconds, scrolling],
  );
}

/** Milliseconds from each press of an arrow key to the frame that shows it. */
export async function arrowTimes({ page }, presses = 20) {
  await page.locator('#board-grid').focus();
  await page.keyboard.press('ArrowDown');
  await page.evaluate('(globalThis.keyTimes.length = 0)');
  for (let i = 0; i < presses; i++) await page.keyboard.press(i % 4 ? 'ArrowDown' : 'ArrowRight');
  await page.waitForFunction((n) => globalThis.keyTimes.length >= n, presses);
  return page.evaluate('globalThis.keyTimes.slice()');
}

/** Milliseconds from the key of a hold to the frame that shows it granted, the answer's way included. */
export async function holdTime({ page }) {
  await page.evaluate(() => {
    addEventListener('keydown', ({ key, timeStamp }) => key === 'h' && (globalThis.asked = timeStamp), true);
    const shown = () => document.querySelector('.b-cell.mine');
    new MutationObserver((_, seen) => {
      if (!shown()) return;
      seen.disconnect();
      requestAnimationFrame(() => setTimeout(() => (globalThis.held = performance.now())));
    }).observe(document, { childList: true, subtree: true, attributes: true, attributeFilter: ['class'] });
  });
  await page.keyboard.press('h');
  await page.waitForFunction('globalThis.held');
  return page.evaluate('globalThis.held - globalThis.asked');
}

/**
 * The main path by keyboard: commune, slot, hold, patient, book. Gives the keys pressed, the letters of
 * the name apart, and the milliseconds from the first key to the summary, typed without a pause.
 */
export async function mainPath({ page }) {
  let keys = 0;
  const press = async (key) => {
    await page.keyboard.press(key);
    keys++;
  };
  await page.locator('#board-grid').focus();
  const begun = Date.now();
  await press('/');
  for (const letter of 'cess') await press(letter);
  await page.getByRole('option').first().waitFor();
  await press('Enter');
  await page.locator('.best[aria-busy=false] li').first().waitFor();
  await press('1');
  await press('Enter');
  await page.getByRole('timer').waitFor();
  await page.keyboard.type('Essai');
  await press('Enter');
  await page.getByText('À dire à l’appelant').waitFor();
  return { keys, letters: 'Essai'.length, milliseconds: Date.now() - begun };
}
