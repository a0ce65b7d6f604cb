// WebM: the frames that repeat what the decoder keeps are found by seeking like any other. AV1 repeats from the end of a
// group of 16 frames on, so that the times are late ones in their steps.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { after, test } from 'node:test';
import { browser, folder, made, opened } from './support.mjs';

const layer = ['conv2d', '-i', '4', '--size', '480x270', '--motion', 'step', '--pace', 'even', '--step', '2s', '--chapters', 'none'];
after(() => browser.close());

/** Of the frames at `times`, in that order: a sum over the picture, and how opaque its corner is. */
const seen = (page, file, times) => page.evaluate(async ([source, seconds]) => {
  const video = document.createElement('video');
  video.muted = true;
  video.src = source;
  await new Promise((resolve, reject) => {
    video.onloadeddata = resolve;
    video.onerror = () => reject(new Error(video.error.message));
  });
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [video.videoWidth, video.videoHeight];
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  const frames = [];
  for (const second of seconds) {
    video.currentTime = second;
    await new Promise((resolve) => { video.onseeked = resolve; });
    pen.clearRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(video, 0, 0);
    const { data } = pen.getImageData(0, 0, canvas.width, canvas.height);
    frames.push({ sum: data.reduce((sum, value) => (sum * 31 + value) % 1000003, 0), corner: data[3] });
  }
  return frames;
}, [file, times]);

for (const [name, options, more, corner] of [['vp9', '', [], 255], ['av1', ':codec=av1', [], 255], ['alpha', '', ['--transparent'], 0]]) {
  test(`${name} shows the same picture however it is reached`, async () => {
    const url = made(`${name}.webm`, [...layer, ...more], options);
    const blank = join(folder, 'blank.html');
    writeFileSync(blank, '<!doctype html><title>blank</title>');
    const page = await opened(pathToFileURL(blank).href);
    const [early, late, next, back, again] = await seen(page, url, [1.5, 1.9, 5.5, 1.5, 5.9]);
    assert.equal(late.sum, early.sum);
    assert.equal(back.sum, early.sum);
    assert.equal(again.sum, next.sum);
    assert.notEqual(next.sum, early.sum);
    assert.equal(early.corner, corner);
    await page.context().close();
  });
}
