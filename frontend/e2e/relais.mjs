// Starts the real binary with its demo territory in a folder of its own, and stops it by its pid.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const binary = process.env.RELAIS_BIN ?? fileURLToPath(new URL('../../bin/relais', import.meta.url));

export const password = 'une phrase de passe pour essai';
export const people = {
  gp: 'gp@relais.demo',
  gp2: 'gp2@relais.demo',
  regulator: 'regulation@relais.demo',
  regulator2: 'regulation2@relais.demo',
  coordinator: 'coordination@relais.demo',
  treasurer: 'tresorerie@relais.demo',
  nurse: 'infirmiere@relais.demo',
  professional: 'pharmacie@relais.demo',
  admin: 'admin@relais.demo',
};

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

async function answers(address, child, within = 30_000) {
  const end = Date.now() + within;
  while (Date.now() < end) {
    if (child.exitCode !== null) throw new Error(`relais ended with code ${child.exitCode}`);
    const ready = await fetch(address).catch(() => undefined);
    if (ready?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`relais did not answer within ${within / 1000} s`);
}

/**
 * Starts `relais serve --demo`. `flags` adds to it (--demo-quiet stops the simulated colleagues) and
 * `env` to its settings. Gives the address and `stop`, which waits for the end and removes the folder.
 */
export async function startRelais({ flags = ['--demo-quiet'], env = {} } = {}) {
  if (!existsSync(binary)) throw new Error(`${binary} is missing: run \`make build\` first`);
  const folder = await mkdtemp(join(tmpdir(), 'relais-e2e-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(binary, ['serve', '--demo', ...flags], {
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      TZ: process.env.TZ ?? '',
      RELAIS_ADDR: `127.0.0.1:${port}`,
      RELAIS_DATA_DIR: folder,
      RELAIS_DEMO_PASSWORD: password,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text));

  const stop = async () => {
    if (child.exitCode === null) {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await answers(`${url}/readyz`, child);
  } catch (error) {
    await stop();
    throw new Error(`${error.message}\n${said}`, { cause: error });
  }
  return { url, stop, said: () => said };
}
