// Pictures of the console at its main moments, for eyes. Usage: node pictures.mjs DIST OUT
import { mkdir } from 'node:fs/promises';
import { startBrowser } from '../browser.mjs';
import { Mock, serveFiles } from './server.mjs';

const [dist = 'dist', out = 'test-results/console'] = process.argv.slice(2);
await mkdir(out, { recursive: true });
const files = await serveFiles(dist);
const browser = await startBrowser();

const at = new Date();
at.setUTCHours(13, 5, 20, 0);

async function scene(
  name,
  { width, height, dark = false, centre = false, paper = false, steps = async () => {} },
) {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: dark ? 'dark' : 'light',
    locale: 'fr-FR',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  page.on('pageerror', (error) => console.error(`${name}: ${error.message}`));
  page.on('console', (message) => message.type() === 'error' && console.error(`${name}: ${message.text()}`));
  const mock = new Mock({ now: at.getTime(), centre });
  await mock.attach(page);
  if (centre) await page.addInitScript(() => localStorage.setItem('relais.console.everywhere', 'true'));
  await page.goto(`${files.url}/console`);
  await page.waitForSelector('.b-cell');
  await page.waitForTimeout(500);
  await steps(page, mock);
  await page.waitForTimeout(500);
  if (paper) await page.emulateMedia({ media: 'print', colorScheme: dark ? 'dark' : 'light' });
  await page.screenshot({ path: `${out}/${name}.png`, fullPage: width < 600 });
  mock.stop();
  await context.close();
}

const commune = async (page) => {
  await page.keyboard.press('Escape');
  await page.keyboard.press('/');
  await page.keyboard.type('cess');
  await page.waitForSelector('[role=option]');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.best[aria-busy=false] li');
  await page.waitForTimeout(200);
};
const held = async (page) => {
  await commune(page);
  await page.keyboard.press('2');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.hold');
  await page.keyboard.type('Dupont-Essai');
};
const booked = async (page) => {
  await held(page);
  await page.keyboard.press('Enter');
  await page.waitForTimeout(400);
};
const conflict = async (page, mock) => {
  await commune(page);
  mock.refuse = ({ slot }) => ({
    type: 'about:blank',
    title: 'Ce créneau vient d’être pris.',
    status: 409,
    reason: 'regulation.slot_taken',
    heldBy: 'Noé Petit',
    heldUntil: mock.iso(150_000),
    alternatives: mock
      .ranked('77067')
      .filter((s) => s.id !== slot)
      .slice(0, 3),
  });
  await page.keyboard.press('1');
  await page.keyboard.press('h');
  await page.waitForSelector('.conflict');
};
const around = async (page, mock) => {
  await booked(page);
  await page.keyboard.press('c');
  const [booking] = mock.bookings;
  mock.cases.push({
    id: 'c9',
    territory: 'essai',
    state: 'open',
    openedAt: mock.iso(-400_000),
    openedBy: 'Léa Morel',
    commune: '77067',
    reason: 'Fièvre',
  });
  booking.case = 'c9';
  booking.cancelReason = 'Urgence au cabinet';
  mock.say({
    type: 'notice',
    kind: 'booking_cancelled',
    booking: booking.id,
    slot: booking.slot,
    case: 'c9',
  });
  mock.say({
    type: 'presence',
    who: [{ holder: 'reg-2', by: 'Noé Petit', slot: mock.ranked('77067')[1].id }],
  });
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
};
const down = async (page, mock) => {
  await commune(page);
  await page.keyboard.press('3');
  mock.cut = true;
  await mock.socket.close();
  await page.waitForTimeout(300);
};
const dead = async (page, mock) => {
  await commune(page);
  mock.dead = mock.cut = true;
  await mock.socket.close();
  await page.waitForTimeout(300);
};
const choosing = async (page) => {
  await commune(page);
  await page.keyboard.press('e');
  await page.keyboard.type('Fictif-Attente');
  await page.waitForSelector('.ensus li');
};
const waiting = async (page, mock) => {
  await choosing(page);
  await page.keyboard.press('Enter');
  await page.waitForSelector('.card');
  mock.solicitations[0].practitioners[1].answer = 'declined';
  mock.say({ type: 'notice', kind: 'solicitation_settled', solicitation: mock.solicitations[0].id });
  await page.keyboard.press('c');
};
const unanswered = async (page, mock) => {
  await waiting(page, mock);
  mock.solicitations[0].state = 'expired';
  mock.say({ type: 'notice', kind: 'solicitation_expired', solicitation: mock.solicitations[0].id });
};
const several = async (page) => {
  for (let i = 0; i < 4; i++) {
    await booked(page);
    await page.keyboard.press('c');
  }
};
const ending = async (page) => {
  await commune(page);
  await page.keyboard.press('f');
};
const unsolved = async (page) => {
  await commune(page);
  await page.keyboard.press('s');
};

const scenes = {
  '1440-start': { width: 1440, height: 900 },
  '1440-held': { width: 1440, height: 900, steps: held },
  '1440-held-dark': { width: 1440, height: 900, dark: true, steps: held },
  '1440-conflict': { width: 1440, height: 900, steps: conflict },
  '1440-booked': { width: 1440, height: 900, steps: booked },
  '1440-around': { width: 1440, height: 900, steps: around },
  '1440-down': { width: 1440, height: 900, steps: down },
  '1440-dead-dark': { width: 1440, height: 900, dark: true, steps: dead },
  '1440-unsolved': { width: 1440, height: 900, steps: unsolved },
  '1440-centre': { width: 1440, height: 900, centre: true, steps: held },
  '1440-choosing': { width: 1440, height: 900, steps: choosing },
  '1440-waiting-dark': { width: 1440, height: 900, dark: true, steps: waiting },
  '1440-unanswered': { width: 1440, height: 900, steps: unanswered },
  '1440-ending': { width: 1440, height: 900, steps: ending },
  paper: { width: 794, height: 1123, dark: true, paper: true, steps: several },
  '1366-held': { width: 1366, height: 768, steps: held },
  '1366-choosing': { width: 1366, height: 768, steps: choosing },
  '1366-conflict-dark': { width: 1366, height: 768, dark: true, steps: conflict },
  '1280-held': { width: 1280, height: 720, steps: held },
  '1920-held': { width: 1920, height: 1080, steps: held },
  '390-held': { width: 390, height: 844, steps: held },
  '390-dark': { width: 390, height: 844, dark: true, steps: commune },
};
const only = process.env.ONLY?.split(',');
for (const [name, options] of Object.entries(scenes))
  if (!only || only.includes(name)) await scene(name, options);
await browser.close();
files.stop();
