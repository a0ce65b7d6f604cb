// Makes pages with the program under test and opens them in a headless Chromium that has no network.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const program = process.env.CONVREEL;
assert.ok(program, 'set CONVREEL to the program under test');

export const folder = mkdtempSync(join(tmpdir(), 'convreel-browser-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

/** Runs the program; gives the file's URL. */
export function made(name, args, options = '') {
  const path = join(folder, name);
  execFileSync(program, [...args, '-q', '-o', path + options], { stdio: ['ignore', 'ignore', 'inherit'] });
  return pathToFileURL(path).href;
}

/** A browser; `more` are its own switches. */
export const launched = (...more) => chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--allow-file-access-from-files', ...more],
});
export const browser = await launched();

/** A page that fails the test on any request but for its own file, any console message, any error. */
export async function opened(url, settings = {}, within = browser) {
  const context = await within.newContext({ viewport: { width: 1100, height: 900 }, ...settings });
  const page = await context.newPage();
  page.faults = [];
  page.on('console', (message) => page.faults.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => page.faults.push(`error: ${error.message}`));
  page.on('request', (request) => {
    if (!request.url().startsWith('file://') && !request.url().startsWith('data:')) page.faults.push(`request: ${request.url()}`);
  });
  await page.goto(url);
  return page;
}
