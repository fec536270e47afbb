// Charts can be read at every width and in every set of colours: letters large
// enough, none over another, none cut off, hidden groups in their place.

import { after, before, describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { browser, none, open, pages, setDetails } from './open.mjs';

const LEAST_PX = 12;
const COLOURS = [
  ['light', { scheme: 'light' }],
  ['dark', { scheme: 'dark' }],
  ['forced colours on light', { scheme: 'light', forced: 'active' }],
  ['forced colours on dark', { scheme: 'dark', forced: 'active' }],
];

for (const file of pages()) {
  describe(`${file.name}: charts`, () => {
    let chrome;
    before(async () => { chrome = await browser(); });
    after(() => chrome.close());

    for (const width of [320, 375, 768, 1280]) {
      it(`${width} px: text of at least ${LEAST_PX} px, none overlaps, none is cut off`, async () => {
        const { page, context } = await open(chrome, file.path, { width });
        const found = await page.evaluate((least) => {
          const charts = look.charts();
          return {
            count: charts.length,
            wrong: charts.flatMap((svg) => [...look.small(svg, least), ...look.overlaps(svg), ...look.clipped(svg)]),
          };
        }, LEAST_PX);
        await context.close();
        assert.ok(found.count > 0, 'there are charts');
        none(found.wrong);
      });

      it(`${width} px: each figure shows one drawing, named and described`, async () => {
        const { page, context } = await open(chrome, file.path, { width });
        const wrong = await page.evaluate((phone) => {
          const out = [];
          for (const figure of document.querySelectorAll('figure')) {
            const drawings = [...figure.querySelectorAll('svg')].filter((svg) => svg.querySelector('text'));
            if (drawings.length === 0) continue;
            const shown = drawings.filter(look.seen);
            const where = look.place(drawings[0]);
            if (shown.length !== 1) out.push(`${where}: ${shown.length} drawings are shown`);
            for (const svg of shown) {
              if (phone && !svg.closest('.narrow')) out.push(`${where}: a phone gets the wide drawing`);
              const named = (svg.getAttribute('aria-labelledby') ?? '').split(/\s+/).map((id) => document.getElementById(id));
              if (svg.getAttribute('role') !== 'img' || named.some((part) => !part?.textContent.trim())) {
                out.push(`${where}: no role, name or description`);
              }
            }
          }
          return out;
        }, width < 640);
        await context.close();
        none(wrong);
      });

      it(`${width} px: a hidden group keeps its place and its words`, async () => {
        const { page, context } = await open(chrome, file.path, { width });
        await setDetails(page, 'open');
        const wrong = await page.evaluate(() => {
          const out = [];
          for (const figure of document.querySelectorAll('figure')) {
            const svg = [...figure.querySelectorAll('svg')].find((one) => one.querySelector('text') && look.seen(one));
            const table = figure.querySelector('details table');
            if (!svg || !table) continue;
            const where = look.place(svg);
            const drawn = look.texts(svg).map((text) => text.words);
            const all = ` ${drawn.join(' ')} `;
            const rows = look.table(table).rows;
            const hidden = rows.filter((row) => row.some((cell) => cell.startsWith('[c]')));
            const marks = drawn.filter((text) => text.includes('[c]')).length;
            if (hidden.length > 0 && marks === 0) out.push(`${where}: no [c] for ${hidden.length} hidden rows`);
            // Where the table's rows are the chart's rows: each, in order. Names
            // at the ends of curves stand as the curves end.
            let last = -1;
            for (const row of svg.querySelector('.direct') ? [] : rows) {
              const at = all.indexOf(` ${row[0]} `);
              if (at < 0) continue;
              if (at < last) out.push(`${where}: "${row[0]}" is out of its place`);
              last = Math.max(last, at);
            }
            const placed = hidden.filter((row) => all.includes(` ${row[0]} `)).length;
            if (marks < placed) out.push(`${where}: ${marks} [c] for ${placed} hidden rows`);
            const other = hidden.find((row) => rows.every((one) => !all.includes(` ${one[0]} `)) && marks === 0);
            if (other) out.push(`${where}: "${other[0]}" is missing`);
          }
          return out;
        });
        await context.close();
        none(wrong);
      });
    }

    for (const [colours, options] of COLOURS) {
      it(`${colours}: words and marks stand off from what is under them`, async () => {
        const wrong = [];
        for (const width of [375, 1280]) {
          const { page, context } = await open(chrome, file.path, { ...options, width });
          wrong.push(
            ...(await page.evaluate(() =>
              look.charts().flatMap((svg) => [...look.faint(svg), ...look.lost(svg), ...look.merged(svg)]),
            )),
          );
          await context.close();
        }
        none(wrong);
      });
    }
  });
}
