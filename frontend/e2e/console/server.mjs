// A server for the console's pictures and measures: the built pages, the few calls the console makes,
// and the live line, answered from memory inside the browser test. Nothing of it is shipped.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { accept } from './socket.mjs';
import { me, other, people, slots, territory } from './territory.mjs';

const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };
const csp =
  "default-src 'self'; img-src 'self' data:; connect-src 'self' ws:; object-src 'none'; base-uri 'none'";

/**
 * Serves the built pages under a strict policy, and the contract from what `answering` gives, a Mock, when
 * no page is attached to one. Returns its address and how to stop it.
 */
export async function serveFiles(folder, answering = () => undefined) {
  const server = createServer(async (request, response) => {
    const path = new URL(request.url, 'http://x').pathname;
    if (path.startsWith('/api/')) return answering().answer(await routeOf(request, response));
    const file = path === '/console' ? '/console.html' : path;
    try {
      const body = await readFile(join(folder, file));
      const type = types[extname(file)] ?? 'application/octet-stream';
      response.writeHead(200, { 'Content-Type': type, 'Content-Security-Policy': csp }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  server.on('upgrade', (request, stream) => answering()?.connect(accept(request, stream)));
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${server.address().port}`, stop };
}

// A request over the network in the shape of one the debugger caught.
async function routeOf(request, response) {
  let body = '';
  for await (const chunk of request) body += chunk;
  return {
    request: () => ({
      url: () => `http://x${request.url}`,
      method: () => request.method,
      postDataJSON: () => (body ? JSON.parse(body) : undefined),
    }),
    fulfill: ({ status = 200, json }) =>
      response
        .writeHead(status, { 'Content-Type': 'application/json' })
        .end(status === 204 ? undefined : JSON.stringify(json)),
    abort: () => response.destroy(),
  };
}

/** A territory in memory, answering the page it is attached to. */
export class Mock {
  /** `centre` answers for a second territory too. */
  constructor({ practitioners = 25, each = 20, now, centre = false }) {
    this.ahead = now - Date.now();
    this.territories = centre ? [territory, other] : [territory];
    this.members = new Map([[territory.id, people(practitioners)]]);
    if (centre) this.members.set(other.id, people(8, 'q'));
    this.people = [...this.members.values()].flat();
    this.slots = new Map(slots(this.people, each, now).map((slot) => [slot.id, slot]));
    this.sockets = new Map();
    this.solicitations = [];
    this.cases = [];
    this.bookings = [];
    this.holds = new Map();
    this.seq = 1;
    this.next = 1;
    this.refuse = undefined;
    /** How long a hold lasts, in milliseconds. */
    this.holdFor = 180_000;
    this.dead = false; // no answer over HTTP
    this.ticking = [];
  }

  now() {
    return Date.now() + this.ahead;
  }

  iso(later = 0) {
    return new Date(this.now() + later).toISOString();
  }

  async attach(page) {
    await page.route('**/api/v1/**', (route) => this.answer(route));
    await page.routeWebSocket('**/api/v1/live', (socket) => this.connect(socket));
  }

  connect(socket) {
    if (this.cut) return void socket.close();
    this.socket ??= socket;
    let watched = territory.id;
    socket.onMessage((text) => {
      const command = JSON.parse(text);
      if (command.op === 'watch') this.sockets.set((watched = command.territory), socket);
      this.command(command, watched);
    });
    const tick = () => this.say({ type: 'tick', seq: this.seq, now: this.iso() }, watched);
    this.ticking.push(setInterval(tick, 2000));
  }

  say(frame, to = territory.id) {
    this.sockets.get(to)?.send(JSON.stringify({ territory: to, epoch: 'e1', ...frame }));
  }

  /** The territory of a slot: that of its practitioner. */
  homeOf({ practitioner }) {
    return [...this.members].find(([, theirs]) => theirs.some((p) => p.id === practitioner))[0];
  }

  /** Every territory counts the changes of all: a delta without slots keeps the others in step. */
  change(...slots) {
    for (const slot of slots) this.slots.set(slot.id, slot);
    for (const { id } of this.territories) {
      const theirs = this.territories.length === 1 ? slots : slots.filter((slot) => this.homeOf(slot) === id);
      this.say({ type: 'delta', from: this.seq, to: this.seq + 1, slots: theirs }, id);
    }
    this.seq++;
  }

  command(command, watched) {
    const reply = (ok) => this.say({ type: 'reply', id: command.id, ok }, watched);
    if (command.op === 'watch') {
      reply({});
      const all = [...this.slots.values()];
      const slots = this.territories.length === 1 ? all : all.filter((slot) => this.homeOf(slot) === watched);
      return this.say({ type: 'snapshot', seq: this.seq, now: this.iso(), slots }, watched);
    }
    if (command.op === 'hold' && this.refuse) {
      const problem = this.refuse(command);
      this.refuse = undefined;
      return this.say({ type: 'reply', id: command.id, problem }, watched);
    }
    if (command.op === 'hold') return reply(this.hold(command.slot));
    if (command.op === 'extend') {
      const hold = { ...this.holds.get(command.hold), extended: true, expiresAt: this.iso(180_000) };
      this.holds.set(hold.token, hold);
      return reply(hold);
    }
    if (command.op === 'release') this.release(command.hold);
    if (command.op === 'book') return reply(this.book(command));
    reply({});
  }

  hold(id) {
    const slot = this.slots.get(id);
    const expiresAt = this.iso(this.holdFor);
    const hold = { token: `t${this.next++}`, slot: id, expiresAt, extended: false };
    this.holds.set(hold.token, hold);
    const seat = { by: me.name, holder: me.id, until: expiresAt };
    this.change({ ...slot, free: slot.free - 1, held: [...slot.held, seat] });
    return hold;
  }

  release(token) {
    const hold = this.holds.get(token);
    if (!hold) return;
    this.holds.delete(token);
    const slot = this.slots.get(hold.slot);
    this.change({ ...slot, free: slot.free + 1, held: slot.held.filter((seat) => seat.holder !== me.id) });
  }

  book({ hold: token, slot: id, patient, case: kase }) {
    const slot = this.slots.get(this.holds.get(token)?.slot ?? id);
    const mine = slot.held.filter((seat) => seat.holder !== me.id);
    const free = token ? slot.free : slot.free - 1;
    this.change({ ...slot, free, held: mine, booked: slot.booked + 1 });
    this.cases = this.cases.filter((c) => c.id !== kase);
    const booking = {
      id: `b${this.next++}`,
      slot: slot.id,
      start: slot.start,
      end: slot.end,
      practitioner: slot.practitioner,
      location: slot.location,
      modality: slot.modality,
      state: 'booked',
      bookedAt: this.iso(),
      by: me.name,
      case: kase,
      patient,
    };
    this.bookings.push(booking);
    return booking;
  }

  ranked(near) {
    const from = territory.communes.find((c) => c.insee === near);
    return [...this.slots.values()]
      .filter((s) => s.free > 0 && !s.withdrawn && Date.parse(s.start) > this.now())
      .map((s) => {
        const location = this.people.find((p) => p.id === s.practitioner).locations[0];
        const far = from ? Math.hypot(from.lat - location.lat, (from.lon - location.lon) * 0.66) * 111 : 0;
        const delay = Math.round((Date.parse(s.start) - this.now()) / 60000);
        const rank = { delayMinutes: delay, distanceKm: far, approximate: false, ownMT: false };
        return { ...s, rank, score: delay + 3 * far };
      })
      .sort((a, b) => a.score - b.score);
  }

  answer(route) {
    if (this.dead) return route.abort();
    const request = route.request();
    const url = new URL(request.url());
    const path = url.pathname.replace('/api/v1', '');
    const json = (body, status = 200) => route.fulfill({ status, json: body });
    const body = request.postDataJSON?.() ?? {};
    const asked = url.searchParams.get('territory');
    if (path === '/me')
      return json({ ...me, territories: this.territories.map(({ id, name }) => ({ id, name })) });
    if (path.startsWith('/territories/'))
      return json(this.territories.find((t) => path.endsWith(`/${t.id}`)));
    if (path === '/practitioners') return json({ items: this.members.get(asked) });
    if (path === '/communes') return json({ items: this.communes(url.searchParams.get('q') ?? '') });
    if (path === '/slots') {
      const ranked = this.ranked(url.searchParams.get('near'));
      const theirs =
        this.territories.length === 1 ? ranked : ranked.filter((slot) => this.homeOf(slot) === asked);
      return json({ items: theirs.slice(0, 100) });
    }
    if (path.endsWith('/candidates')) return json({ items: this.candidates() });
    if (path.startsWith('/solicitations')) return this.solicited(request, body, json);
    if (path.endsWith('/effort')) return route.fulfill({ status: 204 });
    if (path === '/bookings' && request.method() === 'GET')
      return json({ items: asked === territory.id ? this.bookings : [] });
    if (path.startsWith('/bookings/')) return json(this.bookings.find((b) => path.includes(b.id)));
    if (path === '/cases' && request.method() === 'GET')
      return json({ items: this.cases.filter((kase) => kase.territory === asked) });
    if (path === '/cases') {
      const opened = {
        id: `c${this.next++}`,
        state: 'open',
        openedAt: this.iso(),
        openedBy: me.name,
        ...body,
      };
      this.cases.unshift(opened);
      return json(opened, 201);
    }
    if (path.endsWith('/close')) {
      this.cases = this.cases.filter((c) => !path.includes(c.id));
      return json({});
    }
    const kase = this.cases.find((c) => path === `/cases/${c.id}`);
    if (kase) return json(Object.assign(kase, body));
    return json({ type: 'about:blank', title: 'Inconnu', status: 404, reason: 'request.not_found' }, 404);
  }

  candidates() {
    return this.people.slice(0, 6).map(({ id }, i) => ({
      practitioner: id,
      distanceKm: i * 1.7,
      approximate: false,
      ownMT: false,
    }));
  }

  solicited(request, body, json) {
    if (request.method() === 'GET') return json({ items: this.solicitations });
    if (request.url().endsWith('/withdraw')) {
      this.solicitations = [];
      return json({});
    }
    const kase = this.cases.find((c) => c.id === body.case);
    const solicitation = {
      id: `s${this.next++}`,
      territory: kase.territory,
      case: kase.id,
      state: 'waiting',
      askedAt: this.iso(),
      until: this.iso(body.minutes * 60_000),
      by: me.name,
      practitioners: body.practitioners.map((practitioner) => ({ practitioner, answer: 'waiting' })),
      commune: kase.commune,
    };
    this.solicitations.unshift(solicitation);
    kase.solicitation = solicitation.id;
    return json(solicitation, 201);
  }

  communes(q) {
    const plain = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
    return territory.communes.filter(
      (c) => plain(c.name).startsWith(plain(q)) || c.postalCodes[0].startsWith(q),
    );
  }

  stop() {
    for (const each of this.ticking) clearInterval(each);
  }
}
