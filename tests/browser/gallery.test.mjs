// The gallery of charts under stress: every drawing, wide and narrow, at the
// smallest width that it is shown at. cargo test writes gallery.html into the
// folder that STAYWISE_GALLERY names.

import { after, before, describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { join, resolve } from 'node:path';
import { axe, browser, none, open } from './open.mjs';

const folder = process.env.STAYWISE_GALLERY;
const path = folder && join(resolve(folder), 'gallery.html');
const skip = folder ? false : 'STAYWISE_GALLERY names no folder';

// A phone of 320 px less its margins; the page's least width of a wide drawing.
const NARROW_PX = 288;
const WIDE_PX = 600;
const LEAST_PX = 12;

const COLOURS = [
  ['light', { scheme: 'light' }],
  ['dark', { scheme: 'dark' }],
  ['forced colours', { forced: 'active' }],
];

/** Shows every drawing of one kind at one width and nothing else of a chart. */
const show = (page, kind, width) =>
  page.evaluate(
    ([wanted, px]) => {
      const all = [...document.querySelectorAll('svg')].filter((svg) => svg.querySelector('text'));
      for (const svg of all) {
        const narrow = svg.closest('.narrow') ? true : svg.closest('.wide') ? false : svg.viewBox.baseVal.width < 6000;
        const right = narrow === (wanted === 'narrow');
        const host = svg.closest('.narrow, .wide') ?? svg;
        host.style.setProperty('display', right ? 'block' : 'none', 'important');
        svg.style.setProperty('width', `${px}px`, 'important');
        svg.style.setProperty('min-width', '0', 'important');
        svg.style.setProperty('height', 'auto', 'important');
      }
      return look.charts().length;
    },
    [kind, width],
  );

describe('the gallery of charts under stress', { skip }, () => {
  let chrome;
  before(async () => {
    chrome = await browser();
  });
  after(() => chrome?.close());

  for (const [kind, width] of [['narrow', NARROW_PX], ['wide', WIDE_PX]]) {
    it(`${kind}, ${width} px: text of at least ${LEAST_PX} px, none overlaps, none is cut off`, async () => {
      const { page, context } = await open(chrome, path, { besides: true });
      const count = await show(page, kind, width);
      const wrong = await page.evaluate(
        (least) =>
          look.charts().flatMap((svg) => [...look.small(svg, least), ...look.overlaps(svg), ...look.clipped(svg)]),
        LEAST_PX,
      );
      await context.close();
      assert.ok(count >= 20, `${count} ${kind} drawings`);
      none(wrong, 60);
    });

    for (const [colours, options] of COLOURS) {
      it(`${kind}, ${colours}: words and marks stand off from what is under them`, async () => {
        const { page, context } = await open(chrome, path, { ...options, besides: true });
        await show(page, kind, width);
        const wrong = await page.evaluate(() =>
          look.charts().flatMap((svg) => [...look.faint(svg), ...look.lost(svg), ...look.merged(svg)]),
        );
        const found = (await axe(page)).filter((line) => /^(color-contrast|svg-img-alt|duplicate-id)/.test(line));
        await context.close();
        none([...wrong, ...found], 60);
      });
    }
  }

  it('every drawing has a name and a description, and both widths are drawn', async () => {
    const { page, context } = await open(chrome, path, { besides: true });
    const counts = await page.evaluate(() => {
      const narrow = (svg) => (svg.closest('.narrow, .wide') ?? svg).matches('.narrow') || svg.viewBox.baseVal.width < 6000;
      const all = [...document.querySelectorAll('svg')];
      return [all.filter((svg) => !narrow(svg)).length, all.filter(narrow).length];
    });
    const wrong = await page.evaluate(() =>
      [...document.querySelectorAll('svg')]
        .filter((svg) => ['title', 'desc'].some((part) => !svg.querySelector(part)?.textContent.trim()))
        .map(look.place),
    );
    await context.close();
    assert.equal(counts[0], counts[1], `${counts[0]} wide and ${counts[1]} narrow drawings`);
    none(wrong);
  });
});
