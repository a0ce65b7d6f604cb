import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, test } from 'node:test';
import { browser, made, opened } from './support.mjs';

const conv = ['conv2d', '-i', '5', '-k', '3', '-s', '2', '-p', '1'];
const url = made('conv.html', conv);
after(() => browser.close());

const counter = (page) => page.textContent('.counter');
const playing = (page) => page.evaluate(() => document.querySelector('.convreel').classList.contains('playing'));
const lit = (page) => page.$$eval('g.lit', (groups) => groups.map((g) => g.dataset.cell).sort());

async function sound(page) {
  assert.deepEqual(page.faults, []);
  await page.context().close();
}

test('plays by itself, pauses and goes on', async () => {
  const page = await opened(url);
  assert.equal(await playing(page), true);
  await page.waitForFunction(() => document.querySelector('.scrub').value > 1);
  await page.click('.play');
  assert.equal(await playing(page), false);
  await page.click('.play');
  assert.equal(await playing(page), true);
  await sound(page);
});

test('opens at a step and stays there', async () => {
  const page = await opened(`${url}?step=3&autoplay=0`);
  assert.equal(await counter(page), 'step 3 of 9');
  assert.equal(await playing(page), false);
  await sound(page);
});

test('buttons step and jump', async () => {
  const page = await opened(`${url}?step=3`);
  await page.click('[data-do=next]');
  assert.equal(await counter(page), 'step 4 of 9');
  await page.click('[data-do=previous]');
  await page.click('[data-do=previous]');
  assert.equal(await counter(page), 'step 2 of 9');
  await page.click('[data-do=last]');
  assert.equal(await page.inputValue('.scrub'), await page.getAttribute('.scrub', 'max'));
  await page.click('[data-do=first]');
  assert.equal(await page.inputValue('.scrub'), '0');
  await sound(page);
});

test('keys step, jump and play', async () => {
  const page = await opened(`${url}?step=3`);
  await page.keyboard.press('ArrowRight');
  assert.equal(await counter(page), 'step 4 of 9');
  await page.keyboard.press('ArrowLeft');
  assert.equal(await counter(page), 'step 3 of 9');
  await page.keyboard.press('Home');
  assert.equal(await page.inputValue('.scrub'), '0');
  await page.keyboard.press('End');
  assert.equal(await page.inputValue('.scrub'), await page.getAttribute('.scrub', 'max'));
  await page.keyboard.press(' ');
  assert.equal(await playing(page), true);
  await page.keyboard.press(' ');
  assert.equal(await playing(page), false);
  await sound(page);
});

test('scrubbing shows every picture, the same backwards', async () => {
  const page = await opened(`${url}?beat=1`);
  const pictures = [];
  const stops = Number(await page.getAttribute('.scrub', 'max'));
  const look = () => page.$eval('[data-stage]', (stage) => Array.from(stage.children, (g) =>
    g.style.display === 'none' ? '' : g.id + g.getAttribute('class') + g.getAttribute('transform') + g.innerHTML).join('\n'));
  for (let i = 0; i <= stops; ++i) {
    await page.locator('.scrub').fill(String(i));
    pictures.push(await look());
  }
  assert.equal(new Set(pictures).size, stops + 1);
  for (let i = stops; i >= 0; --i) {
    await page.locator('.scrub').fill(String(i));
    assert.equal(await look(), pictures[i]);
  }
  await sound(page);
});

test('a cell lights up what it is made of, and what is made of it', async () => {
  const page = await opened(`${url}?step=9&autoplay=0`);
  await page.hover('[data-cell="output.0.0.0"]');
  const window = [];
  for (const y of [0, 1, 2]) for (const x of [0, 1, 2]) window.push(`input.0.${y}.${x}`, `kernel.0.${y}.${x}`);
  assert.deepEqual(await lit(page), window.sort());
  await page.hover('[data-cell="input.0.2.2"]');
  assert.deepEqual((await lit(page)).filter((id) => id.startsWith('output')),
    ['output.0.0.0', 'output.0.0.1', 'output.0.1.0', 'output.0.1.1']);
  await page.hover('[data-cell="kernel.0.1.1"]');
  assert.equal((await lit(page)).length, 18);
  await page.mouse.move(5, 5);
  assert.deepEqual(await lit(page), []);
  await sound(page);
});

// [view, arguments, cell, what must be lit, how many in all]
const joined = [
  ['matrix', ['-i', '3', '-k', '2'], 'matrix.0.1.2', ['input.0.0.2', 'output.0.0.1', 'vector.0.0.2'], 3],
  ['matrix', ['-i', '3', '-k', '2'], 'output.0.0.1', ['matrix.0.1.1', 'matrix.0.1.2', 'matrix.0.1.4', 'matrix.0.1.5', 'vector.0.1.2', 'input.0.1.2'], 12],
  ['matrix', ['-i', '3', '-k', '2'], 'vector.0.0.0', ['input.0.0.0', 'output.0.0.0', 'matrix.0.0.0'], 3],
  ['im2col', ['-i', '3', '-k', '2'], 'windows.0.1.2', ['input.0.1.1', 'output.0.0.1', 'weights.0.2.0'], 3],
  ['im2col', ['-i', '3', '-k', '2'], 'weights.0.3.0', ['windows.0.0.3', 'windows.0.3.3', 'output.0.1.1', 'input.0.2.2'], 12],
  ['roundtrip', ['-i', '3', '-k', '2'], 'restored.0.0.0', ['input.0.0.0', 'output.0.0.0', 'error.0.0.0'], 3],
  ['im2col', ['-i', '3', '-k', '2', '--in-channels', '2', '--out-channels', '2', '-g', '2'], 'windows.0.1.2',
    ['input.0.1.1', 'input.1.1.1', 'output.0.0.1', 'output.1.0.1', 'weights.0.2.0'], 5],
  ['slide+matrix', ['-i', '3', '-k', '2'], 'output.0.0.1', ['input.0.0.2', 'view2.output.0.0.1', 'view2.matrix.0.1.5', 'view2.vector.0.1.2'], 17],
  ['overlap', ['-i', '3', '-k', '2'], 'overlap.0.0.1', ['output.0.0.0', 'output.0.0.1'], 2],
];
test('a cell of another grid lights what it stands for', async () => {
  for (const [view, layer, cell, wanted, count] of joined) {
    const joined_page = await opened(`${made(`${view}-${cell}.html`, ['conv2d', ...layer, '--view', view])}?autoplay=0&step=last`);
    await joined_page.hover(`[data-cell="${cell}"]`);
    const found = await lit(joined_page);
    for (const id of wanted) assert.ok(found.includes(id), `${view}, ${cell}: ${id} is not among ${found}`);
    assert.equal(found.length, count, `${view}, ${cell}: ${found}`);
    await joined_page.context().close();
  }
});

// [view, cell, what must be lit of which grid; how many in all]
const stack = ['stack', 'Conv2d(1, 1, 2)', 'MaxPool2d(2)', 'Upsample(scale_factor=2)', '-i', '5'];
const cones = [
  ['stack', 'map3.0.0.3', { map2: ['0.0.1'], map1: ['0.0.2', '0.0.3', '0.1.2', '0.1.3'] }, 1 + 4 + 9],
  ['stack', 'map1.0.3.3', { map0: ['0.3.3', '0.3.4', '0.4.3', '0.4.4'], map2: ['0.1.1'], map3: ['0.2.2', '0.2.3', '0.3.2', '0.3.3'] }, 9],
  ['stack', 'map0.0.0.0', { map1: ['0.0.0'], map2: ['0.0.0'], map3: ['0.0.0', '0.0.1', '0.1.0', '0.1.1'] }, 6],
  ['receptive-field', 'map2.0.0.0', { map1: ['0.0.0', '0.0.1', '0.1.0', '0.1.1'], map3: ['0.0.0', '0.0.1', '0.1.0', '0.1.1'] }, 4 + 9 + 4],
  ['stages', 'stage2-map1.0.0.3', { 'stage2-map0': ['0.0.1'] }, null],
];
test('a cell of a stack lights its cone in every layer', async () => {
  for (const [view, cell, wanted, count] of cones) {
    const page = await opened(`${made(`${view}-${cell}.html`, [...stack, '--view', view])}?autoplay=0&step=last`);
    await page.hover(`[data-cell="${cell}"]`);
    const found = await lit(page);
    for (const [grid, cells] of Object.entries(wanted))
      assert.deepEqual(found.filter((id) => id.startsWith(`${grid}.`)), cells.map((at) => `${grid}.${at}`), `${view}, ${cell}`);
    if (count !== null) assert.equal(found.length, count, `${view}, ${cell}: ${found}`);
    await page.click(`[data-cell="${cell}"]`);
    await page.mouse.move(5, 5);
    await sound(page);
  }
});

test('both sides of an equality light each other', async () => {
  const page = await opened(`${made('equals.html', ['render', 'preset:teach/equal-resize'])}?autoplay=0&step=last`);
  await page.hover('[data-cell="one.0.0.0"]');
  const found = await lit(page);
  for (const id of ['map0.0.0.0', 'map1.0.0.0', 'map1.0.1.1', 'map2.0.0.0', 'kernel.0.1.1']) assert.ok(found.includes(id), id);
  for (const id of ['map0.0.0.1', 'map1.0.0.2', 'map2.0.0.1', 'kernel.0.0.0']) assert.ok(!found.includes(id), id);
  await page.hover('[data-cell="kernel.0.0.0"]');
  assert.deepEqual((await lit(page)).filter((id) => id.startsWith('map1')), []);
  assert.equal((await lit(page)).filter((id) => id.startsWith('one')).length, 4);
  await sound(page);
  const gradient = await opened(`${made('gradient.html', ['render', 'preset:teach/equal-gradient'])}?autoplay=0&step=last`);
  await gradient.hover('[data-cell="back.0.0.0"]');
  assert.deepEqual(await lit(gradient), ['gradient.0.0.0', 'kernel.0.1.1', 'one.0.0.0']);
  await sound(gradient);
});

test('layers side by side light their own cells only', async () => {
  const page = await opened(`${made('compare.html', ['compare', 'conv2d -i 3 -k 2', 'conv2d -i 4 -k 2'])}?autoplay=0&step=last`);
  await page.hover('[data-cell="view2.output.0.0.0"]');
  assert.deepEqual((await lit(page)).filter((id) => /input/.test(id)),
    ['view2.input.0.0.0', 'view2.input.0.0.1', 'view2.input.0.1.0', 'view2.input.0.1.1']);
  await page.hover('[data-cell="output.0.0.0"]');
  assert.deepEqual((await lit(page)).filter((id) => /^view2/.test(id)), []);
  await sound(page);
});

test('focus does what hover does; arrows go from cell to cell', async () => {
  const page = await opened(`${url}?step=9&autoplay=0`);
  await page.focus('[data-cell="output.0.0.0"]');
  assert.equal((await lit(page)).length, 18);
  await page.keyboard.press('ArrowRight');
  assert.equal(await page.evaluate(() => document.activeElement.dataset.cell), 'output.0.0.1');
  await page.keyboard.press('ArrowDown');
  assert.equal(await page.evaluate(() => document.activeElement.dataset.cell), 'output.0.1.1');
  await page.keyboard.press('Escape');
  assert.deepEqual(await lit(page), []);
  await sound(page);
});

test('reduced motion starts paused', async () => {
  const page = await opened(url, { reducedMotion: 'reduce' });
  assert.equal(await playing(page), false);
  await sound(page);
});

test('dark scheme changes ground and cells', async () => {
  const ground = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor +
    getComputedStyle(document.querySelector('.background > rect')).fill);
  const light = await opened(`${url}?step=2`), dark = await opened(`${url}?step=2`, { colorScheme: 'dark' });
  assert.notEqual(await ground(light), await ground(dark));
  await sound(light);
  await sound(dark);
});

test('listens to the page around it', async () => {
  const page = await opened(`${url}?step=1`);
  const post = (message) => page.evaluate((m) => window.postMessage(m, '*'), message);
  await post({ convreel: 'step', to: 5 });
  await page.waitForFunction(() => document.querySelector('.counter').textContent === 'step 5 of 9');
  await post({ convreel: 'next' });
  await page.waitForFunction(() => document.querySelector('.counter').textContent === 'step 6 of 9');
  await post({ convreel: 'constructor' });
  await post('nonsense');
  await post({ convreel: 'play' });
  await page.waitForFunction(() => document.querySelector('.convreel').classList.contains('playing'));
  await sound(page);
});

test('without scripts the first picture and the transcript are there', async () => {
  const page = await opened(url, { javaScriptEnabled: false });
  assert.equal(await page.locator('[data-stage] > g').first().isVisible(), true);
  assert.equal(await page.locator('.controls').isVisible(), false);
  assert.equal(await page.locator('.lines li').count(), 9);
  await sound(page);
});

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
for (const colorScheme of ['light', 'dark']) {
  test(`axe finds no fault, ${colorScheme}`, async () => {
    const page = await opened(`${url}?step=4&autoplay=0`, { colorScheme });
    await page.click('summary');
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => window.axe.run());
    assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 120)).join(' | ')}`), []);
    await sound(page);
  });
}

test('has every step of a large map, and plays it in about a minute', async () => {
  const page = await opened(`${made('large.html', ['conv2d', '-i', '12'])}?step=57`);
  assert.equal(await counter(page), 'step 57 of 100');
  await page.keyboard.press('ArrowRight');
  assert.equal(await counter(page), 'step 58 of 100');
  const story = await page.evaluate(() => JSON.parse(document.getElementById('convreel-story').textContent));
  assert.deepEqual(story.steps.filter((step) => step > 0), Array.from({ length: 100 }, (_, step) => step + 1));
  const whole = story.shots.reduce((sum, milliseconds) => sum + milliseconds, 0);
  assert.ok(whole <= 62000, `${whole} milliseconds`);
  assert.equal(await page.locator('.lines li').count() >= 100, true);
  await sound(page);
});

test('the focus is seen', async () => {
  const page = await opened(`${url}?step=4&autoplay=0`);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  const style = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
  assert.equal(style, 'solid');
  await sound(page);
});

// What a phone shows: the narrow telling, whatever was said about the wide one's measures.
const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
const narrow = {
  layer: conv,
  size: [...conv, '--size', '1280x720'],
  cell: [...conv, '--cell', '60'],
  smooth: [...conv, '--motion', 'smooth'],
  plates: ['conv2d', '-i', '4', '--view', 'iso'],
  stack: ['stack', 'Conv2d(1, 1, 3)', 'ReLU()', '-i', '6'],
  comparison: ['compare', 'conv2d -i 5', 'conv2d -i 5 -s 2'],
};
for (const [name, args] of Object.entries(narrow)) {
  test(`a phone can read it: ${name}`, async () => {
    const page = await opened(`${made(`narrow-${name}.html`, args)}?step=2&autoplay=0`, phone);
    const measured = await page.evaluate(() => {
      const picture = document.querySelector('figure > svg');
      const scale = picture.getBoundingClientRect().width / picture.viewBox.baseVal.width;
      return {
        wide: document.documentElement.scrollWidth, shown: picture.getBoundingClientRect().width,
        least: Math.min(...[...picture.querySelectorAll('text')].map((text) => parseFloat(getComputedStyle(text).fontSize) * scale)),
        buttons: Math.min(...[...document.querySelectorAll('.controls button')].map((b) => Math.min(b.offsetWidth, b.offsetHeight))),
      };
    });
    assert.ok(measured.wide <= 390 && measured.shown <= 390, `no moving about: ${JSON.stringify(measured)}`);
    assert.ok(measured.least >= 7, `letters of ${measured.least} pixels`);
    assert.ok(measured.buttons >= 44, `buttons of ${measured.buttons} pixels`);
    await sound(page);
  });
}
