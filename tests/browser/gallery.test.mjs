import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { browser, folder, made, opened } from './support.mjs';

// Twelve cases: three strides, two paddings, two themes.
const cases = ['-i', '5', '--size', '320x200', '--chapters', 'none', '-P', 'stride=1..3', '-P', 'padding=0..1', '-L', 'theme=light,dark'];
made('gallery/s{stride}_p{padding}_{theme}.gif', ['sweep', 'conv2d', ...cases]);
const url = new URL('gallery/index.html', new URL(`file://${folder}/`)).href;
after(() => browser.close());

const titles = (page) => page.$$eval('.card:not([hidden])', (cards) => cards.map((card) => card.id));
const parameter = (page, name) => page.$$eval('.card:not([hidden])', (cards, key) => cards.map((c) => JSON.parse(c.dataset.parameters)[key]), name);
const focused = (page) => page.evaluate(() => document.activeElement.closest('.card')?.id);

async function sound(page) {
  assert.deepEqual(page.faults, []);
  await page.context().close();
}

test('shows every case with its poster', async () => {
  const page = await opened(url);
  assert.equal((await titles(page)).length, 12);
  assert.equal(await page.textContent('#count'), '12 animations');
  const width = await page.$eval('.stage img', async (image) => { await image.decode(); return image.naturalWidth; });
  assert.ok(width > 100);
  await sound(page);
});

test('filters join, and clear again', async () => {
  const page = await opened(url);
  await page.selectOption('select[data-name=stride]', '2');
  await page.selectOption('select[data-name=theme]', 'dark');
  assert.deepEqual(await parameter(page, 'padding'), ['0', '1']);
  assert.equal(await page.textContent('#count'), '2 of 12 animations');
  await page.fill('#search', 'nothing like it');
  assert.equal((await titles(page)).length, 0);
  assert.equal(await page.isVisible('#none'), true);
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => document.querySelectorAll('.card:not([hidden])').length === 12);
  await sound(page);
});

test('sorts by a parameter', async () => {
  const page = await opened(url);
  await page.selectOption('#sort', 'theme');
  const themes = await parameter(page, 'theme');
  assert.deepEqual(themes, [...themes].sort());
  assert.equal(themes[0], 'dark');
  await sound(page);
});

test('plays on hover and on focus, one at a time', async () => {
  const page = await opened(url);
  await page.hover('#case-1 .stage');
  assert.match(await page.getAttribute('#case-1 .moving', 'src'), /\.gif$/);
  await page.focus('#case-2 .stage');
  assert.equal(await page.$$eval('.moving', (all) => all.length), 1);
  assert.equal(await page.$$eval('#case-2 .moving', (all) => all.length), 1);
  await page.evaluate(() => document.activeElement.blur());
  assert.equal(await page.$$eval('.moving', (all) => all.length), 0);
  await sound(page);
});

test('arrow keys move among what is shown, / searches', async () => {
  const page = await opened(url);
  await page.focus('#case-1 .stage');
  await page.keyboard.press('ArrowRight');
  assert.equal(await focused(page), 'case-2');
  await page.keyboard.press('ArrowDown');
  assert.equal(await focused(page), 'case-5');
  await page.keyboard.press('End');
  assert.equal(await focused(page), 'case-12');
  await page.keyboard.press('/');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'search');
  await sound(page);
});

test('reduced motion keeps the posters still', async () => {
  const page = await opened(url, { reducedMotion: 'reduce' });
  await page.hover('#case-1 .stage');
  assert.equal(await page.$$eval('.moving', (all) => all.length), 0);
  await sound(page);
});

test('dark and light grounds differ', async () => {
  const ground = async (colorScheme) => {
    const page = await opened(url, { colorScheme });
    const colour = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    await sound(page);
    return colour;
  };
  assert.notEqual(await ground('dark'), await ground('light'));
});
