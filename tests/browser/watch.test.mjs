import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { browser, folder } from './support.mjs';

const job = join(folder, 'watched.toml');
const layer = (stride) => `layer = "conv2d"\nsize = "320x200"\nchapters = "none"\nstride = ${stride}\n`;
writeFileSync(job, layer(1));
const running = [];
after(async () => {
  await browser.close();
  for (const one of running) one.kill('SIGINT');
});

/** The address that a watching run prints, as soon as it has made something. */
function address(...args) {
  const child = spawn(process.env.CONVREEL, [...args, '--watch', '--port', '0'], { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  running.push(child);
  return new Promise((resolve, reject) => {
    let said = '';
    child.stderr.on('data', (text) => {
      said += text;
      if (said.includes('wrote')) resolve(said.match(/http:\/\/\S+/)[0]);
    });
    child.on('exit', () => reject(new Error(said)));
  });
}

/** A page that fails the test on anything but requests to `url`. */
async function watched(url) {
  const page = await (await browser.newContext({ viewport: { width: 1100, height: 900 } })).newPage();
  page.faults = [];
  page.on('console', (message) => page.faults.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => page.faults.push(`error: ${error.message}`));
  page.on('request', (request) => { if (!request.url().startsWith(url) && !request.url().startsWith('data:')) page.faults.push(request.url()); });
  await page.goto(url);
  return page;
}

/** Asks until `look` is true; the page's policy allows no waitForFunction. A reload in between is no fault. */
async function until(page, look) {
  for (const end = Date.now() + 60000; Date.now() < end; await page.waitForTimeout(50))
    if (await page.evaluate(look).catch(() => false)) return;
  assert.fail(`${look} did not come`);
}

const loaded = (page) => until(page, () => document.querySelector('img')?.naturalWidth > 0);
const alt = (page) => page.getAttribute('img', 'alt');

test('shows what was made, reloads after a change, tells an error and takes it back', async () => {
  const page = await watched(await address('render', job, '-o', 'watched.gif', '-o', 'watched.mp4'));
  await loaded(page);
  assert.match(await alt(page), /stride 1/);
  assert.equal(await page.isVisible('#live'), false);
  await until(page, () => document.querySelector('video').readyState >= 2);
  writeFileSync(job, layer(2));
  await until(page, () => document.querySelector('img')?.alt.includes('stride 2'));
  await loaded(page);
  writeFileSync(job, layer('"far"'));
  await until(page, () => document.querySelector('#live')?.textContent.includes('error: '));
  assert.equal(await page.isVisible('#live'), true);
  assert.match(await alt(page), /stride 2/);
  writeFileSync(job, layer(2));
  await until(page, () => !document.querySelector('#live').textContent);
  assert.deepEqual(page.faults, []);
});

test('a sweep shows its gallery, whose pictures play', async () => {
  const sweep = join(folder, 'swept.toml');
  const axes = (last) => `${layer(1)}output = "swept/{padding}.gif"\n[axes]\npadding = "0..${last}"\n`;
  writeFileSync(sweep, axes(1));
  const page = await watched(await address('sweep', sweep));
  await until(page, () => document.querySelectorAll('.card').length === 2);
  await page.hover('#case-1 .stage');
  await until(page, () => document.querySelector('#case-1 .moving')?.naturalWidth > 0);
  writeFileSync(sweep, axes(2));
  await until(page, () => document.querySelectorAll('.card').length === 3);
  await loaded(page);
  assert.deepEqual(page.faults, []);
});
