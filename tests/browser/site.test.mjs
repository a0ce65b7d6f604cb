// The gallery's site: searched, dark, on a phone.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { browser, folder, opened } from './support.mjs';

const source = new URL('../../src/python', import.meta.url).pathname;
execFileSync('python3', ['-m', 'convreel.gallery', join(folder, 'site'), '--only', 'teach/padding-*', '-j1'],
  { env: { ...process.env, PYTHONPATH: source, PYTHONDONTWRITEBYTECODE: '1' }, stdio: ['ignore', 'ignore', 'inherit'] });
const url = (path) => pathToFileURL(join(folder, 'site', path)).href;
after(() => browser.close());

const cards = (page) => page.$$eval('ul.cards li:not([hidden])', (all) => all.length);

async function sound(page) {
  assert.deepEqual(page.faults, []);
  await page.context().close();
}

test('the first page is searched', async () => {
  const page = await opened(url('index.html'));
  const all = await cards(page);
  assert.ok(all >= 3);
  await page.fill('#search', 'REFLECT');
  assert.ok(await cards(page) < all);
  await page.fill('#search', 'nothing like this');
  assert.equal(await cards(page), 0);
  assert.equal(await page.isVisible('section'), false);
  await page.fill('#search', '');
  assert.equal(await cards(page), all);
  await sound(page);
});

test('a dark system gets the dark picture, a quiet one the still', async () => {
  const shown = async (settings) => {
    const page = await opened(url('teach/padding-reflect/index.html'), settings);
    const source_of = await page.$eval('figure img', (image) => image.currentSrc.split('/').pop());
    await sound(page);
    return source_of;
  };
  assert.equal(await shown({}), 'animation.webp');
  assert.equal(await shown({ colorScheme: 'dark' }), 'dark.webp');
  assert.equal(await shown({ reducedMotion: 'reduce' }), 'animation.png');
  assert.equal(await shown({ colorScheme: 'dark', reducedMotion: 'reduce' }), 'dark.png');
});

test('a phone scrolls down only', async () => {
  for (const path of ['index.html', 'teach/padding-reflect/index.html']) {
    const page = await opened(url(path), { viewport: { width: 390, height: 844 }, isMobile: true });
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 390);
    await sound(page);
  }
});

test('pages lead to their neighbours and to the player', async () => {
  const page = await opened(url('index.html'));
  await page.click('ul.cards a');
  await page.click('text=→');
  await page.click('text=Step through it');
  assert.ok(await page.$('.convreel'));
  await sound(page);
});
