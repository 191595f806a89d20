import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { openPage, startBrowser } from './browser.mjs';
import { startRelais } from './relais.mjs';

/** A running Relais with its demo territory and a browser, for the tests of one file. */
export function stage() {
  let relais: Awaited<ReturnType<typeof startRelais>>;
  let browser: Browser;
  const faults: string[] = [];

  beforeAll(async () => {
    [relais, browser] = await Promise.all([startRelais(), startBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await relais?.stop();
  });

  return {
    /** Script errors and refusals of the Content-Security-Policy seen on any page so far. */
    faults,
    /** A page of its own session. */
    async page(options: BrowserContextOptions = {}): Promise<Page> {
      const page: Page = await openPage(browser, relais.url, options);
      page.on('pageerror', (error) => faults.push(error.message));
      page.on('console', (said) => {
        if (said.text().includes('Content Security Policy')) faults.push(said.text());
      });
      return page;
    },
  };
}

/** Calls the HTTP contract as the person signed in on a page. */
export async function call<T>(page: Page, method: string, path: string, body?: unknown): Promise<T> {
  const answer = await page.evaluate(
    async ([method, path, body, key]) => {
      const headers: Record<string, string> = { 'Idempotency-Key': key };
      if (body !== undefined) headers['Content-Type'] = 'application/json';
      const response = await fetch(`/api/v1${path}`, {
        method,
        headers,
        body: body === undefined ? undefined : JSON.stringify(body),
      });
      return { status: response.status, body: response.status === 204 ? null : await response.json() };
    },
    [method, path, body, crypto.randomUUID()] as const,
  );
  if (answer.status >= 300)
    throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body as T;
}
