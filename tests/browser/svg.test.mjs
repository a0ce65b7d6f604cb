import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { browser, folder, launched, made, opened } from './support.mjs';

const conv = ['conv2d', '-i', '5', '-k', '3', '-s', '2', '-p', '1'];
made('moving.svg', conv, ':animated');
made('still.svg', conv);
for (const name of ['moving', 'still'])
  writeFileSync(join(folder, `${name}.html`), `<!doctype html><body style="margin:0"><img alt="" src="${name}.svg"></body>`);
const page_of = (name) => pathToFileURL(join(folder, `${name}.html`)).href;
after(() => browser.close());

test('inside <img> the picture changes', async () => {
  const page = await opened(page_of('moving'));
  const first = await page.screenshot();
  await page.waitForTimeout(4000);
  assert.notDeepEqual(await page.screenshot(), first);
  assert.deepEqual(page.faults, []);
});

test('reduced motion shows the finished still, and nothing moves', async () => {
  // Playwright's own emulation does not reach pictures inside <img>; the browser's switch does.
  const quiet = await launched('--force-prefers-reduced-motion');
  const settings = { reducedMotion: null };
  const still = await (await opened(page_of('still'), settings, quiet)).screenshot();
  const page = await opened(page_of('moving'), settings, quiet);
  assert.deepEqual(await page.screenshot(), still);
  await page.waitForTimeout(2000);
  assert.deepEqual(await page.screenshot(), still);
  await quiet.close();
});

test('the dark scheme has its own colours', async () => {
  const light = await (await opened(page_of('still'))).screenshot();
  const dark = await (await opened(page_of('still'), { colorScheme: 'dark' })).screenshot();
  assert.notDeepEqual(light, dark);
});
