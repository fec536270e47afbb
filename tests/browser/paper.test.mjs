// On paper: nothing is split over two pages, headers come again on each, what
// is folded away is printed, and it is dark on white whatever the screen was.
//
// The printed file itself is asked. Links put into the corners of a figure, a
// row or a heading become link annotations of the PDF, each on its page.

import { after, before, describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { browser, none, open, pages } from './open.mjs';
import { printed } from './sheets.mjs';

for (const file of pages()) {
  describe(`${file.name}: on A4 paper`, () => {
    let chrome;
    let paper;
    before(async () => {
      chrome = await browser();
      const { page, context } = await open(chrome, file.path);
      paper = await printed(page);
      await context.close();
    });
    after(() => chrome.close());

    const split = (kind) => {
      const wrong = [];
      let count = 0;
      for (const [name, place] of Object.entries(paper.names)) {
        if (!new RegExp(`^${kind}\\d+$`).test(name)) continue;
        count += 1;
        const top = paper.marks.get(`${name}/top`)?.[0];
        const end = paper.marks.get(`${name}/end`)?.at(-1);
        if (top === undefined || end === undefined) wrong.push(`${place}: not on paper`);
        else if (top !== end) wrong.push(`${place}: begins on page ${top}, ends on page ${end}`);
      }
      return { count, wrong };
    };

    it('the printed file was read', () => {
      assert.ok(paper.marks.pages > 1, `${paper.marks.pages} pages`);
      assert.ok(paper.marks.size > 50, `${paper.marks.size} marks`);
    });

    for (const [kind, words] of [['plot', 'no chart'], ['card', 'no card'], ['caption', 'no title of a chart']]) {
      it(`${words} is split over two pages`, () => {
        const { count, wrong } = split(kind);
        assert.ok(count > 0);
        none(wrong);
      });
    }

    it('every row meant for paper is printed, folded away or not, and none is split', () => {
      const { count, wrong } = split('row');
      assert.ok(count > 0);
      none(wrong);
    });

    it('a chart stands on the page of its title', () => {
      const wrong = [];
      for (const [name, place] of Object.entries(paper.names)) {
        if (!/^plot\d+$/.test(name)) continue;
        const caption = paper.marks.get(`caption${name.slice(4)}/top`)?.[0];
        const plot = paper.marks.get(`${name}/top`)?.[0];
        if (caption !== plot) wrong.push(`${place}: title on page ${caption}, chart on page ${plot}`);
      }
      none(wrong);
    });

    it("a table's header comes again on each of its pages", () => {
      const wrong = [];
      paper.names.rowsOf.forEach((rows, index) => {
        const needed = new Set(rows.flatMap((row) => paper.marks.get(`row${row}/top`) ?? []));
        const has = new Set(paper.marks.get(`head${index}`) ?? []);
        const bare = [...needed].filter((page) => !has.has(page));
        if (bare.length > 0) wrong.push(`${paper.names[`head${index}`]}: no header on page ${bare.join(', ')}`);
      });
      none(wrong);
    });

    it('no heading is left alone at the foot of a page', () => {
      const wrong = [];
      for (const [name, place] of Object.entries(paper.names)) {
        if (!/^title\d+$/.test(name)) continue;
        const at = paper.marks.get(name)?.at(-1);
        const next = paper.marks.get(`${name}/next/top`)?.[0];
        if (at === undefined) wrong.push(`${place}: not on paper`);
        else if (next !== undefined && next !== at) wrong.push(`${place}: on page ${at}, what follows on page ${next}`);
      }
      none(wrong);
    });

    it('the style says so too, and what only a screen needs is gone', async () => {
      const { page, context } = await open(chrome, file.path);
      await page.emulateMedia({ media: 'print' });
      const seen = await page.evaluate(() => {
        const avoid = (selector) =>
          [...document.querySelectorAll(selector)]
            .filter((element) => getComputedStyle(element).breakInside !== 'avoid')
            .map(look.place);
        return {
          breaks: [...avoid('tr'), ...avoid('.card')].concat(
            [...document.querySelectorAll('.plot')]
              .filter((plot) => [plot, plot.closest('figure')].every((e) => getComputedStyle(e).breakInside !== 'avoid'))
              .map(look.place),
          ),
          heads: [...document.querySelectorAll('thead')]
            .filter((head) => getComputedStyle(head).display !== 'table-header-group')
            .map(look.place),
          screen: [...document.querySelectorAll('nav, .skip, .take button')].filter(look.seen).map(look.place),
        };
      });
      await context.close();
      none(seen.breaks);
      assert.deepEqual(seen.heads, []);
      none(seen.screen);
    });

    for (const scheme of ['light', 'dark']) {
      it(`dark words on white paper, from a ${scheme} screen`, async () => {
        const { page, context } = await open(chrome, file.path, { scheme, width: 700 });
        await page.emulateMedia({ media: 'print', colorScheme: scheme });
        const seen = await page.evaluate(() => {
          const white = [255, 255, 255, 1];
          const pale = [...document.querySelectorAll('h1, h2, h3, p, td, th, li, dd, dt')]
            .filter((element) => look.seen(element))
            .filter((element) => look.contrast(look.rgba(getComputedStyle(element).color), white) < 4.5)
            .map(look.place);
          return { pale, faint: look.charts().flatMap((svg) => look.faint(svg)) };
        });
        await context.close();
        none(seen.pale);
        none(seen.faint);
      });
    }
  });
}
