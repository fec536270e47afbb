// Nothing scrolls sideways on a phone or when the page is made larger, and
// nothing is cut off.

import { after, before, describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { browser, none, open, pages, setDetails, told } from './open.mjs';

// A zoom of 200% on a desk of 1280 px is 640 px of twice the size.
const SCREENS = [
  ['a phone of 320 px', { width: 320, height: 640 }],
  ['a phone of 375 px', { width: 375, height: 800 }],
  ['a tablet of 768 px', { width: 768, height: 1024 }],
  ['a desk of 1280 px', { width: 1280, height: 900 }],
  ['200% zoom', { width: 640, height: 450, scale: 2 }],
  ['400% zoom', { width: 320, height: 256, scale: 4 }],
];

for (const file of pages()) {
  describe(`${file.name}: layout`, () => {
    let chrome;
    before(async () => { chrome = await browser(); });
    after(() => chrome.close());

    for (const [screen, options] of SCREENS) {
      it(`no sideways scroll: ${screen}`, async () => {
        const { page, context } = await open(chrome, file.path, options);
        await setDetails(page, 'open');
        const seen = await page.evaluate(() => {
          const width = document.documentElement.clientWidth;
          const wide = [...document.querySelectorAll('body *')].filter((element) => {
            if (element.closest('.table, svg') || !look.seen(element)) return false;
            const box = element.getBoundingClientRect();
            return box.right > width + 0.5 && box.left > -1000;
          });
          const scrolling = [...document.querySelectorAll('.plot')].filter((plot) => plot.scrollWidth > plot.clientWidth + 1);
          const hidden = [document.documentElement, document.body].filter((e) =>
            ['hidden', 'clip'].includes(getComputedStyle(e).overflowX),
          );
          return {
            width,
            scroll: document.documentElement.scrollWidth,
            wide: wide.map(look.place),
            scrolling: scrolling.map((plot) => look.place(plot.querySelector('svg') ?? plot)),
            hidden: hidden.map((e) => e.localName),
          };
        });
        await context.close();
        assert.ok(seen.scroll <= seen.width, `${seen.scroll} px on ${seen.width} px:\n${told(seen.wide)}`);
        none(seen.wide);
        assert.deepEqual(seen.hidden, [], 'the page does not hide what runs over');
        assert.equal(seen.scrolling.length, 0, `charts scroll sideways: ${told(seen.scrolling)}`);
      });
    }

    it('stays readable with letters and lines spaced out', async () => {
      // WCAG 1.4.12: nothing is lost with a reader's own spacing.
      const { page, context } = await open(chrome, file.path, { width: 375 });
      await setDetails(page, 'open');
      const lost = await page.evaluate(() => {
        for (const element of document.querySelectorAll('body *:not(svg, svg *)')) {
          element.style.setProperty('line-height', '1.5', 'important');
          element.style.setProperty('letter-spacing', '0.12em', 'important');
          element.style.setProperty('word-spacing', '0.16em', 'important');
          if (element.localName === 'p') element.style.setProperty('margin-bottom', '2em', 'important');
        }
        return [...document.querySelectorAll('body *:not(svg, svg *)')]
          .filter((element) => look.seen(element) && !element.closest('.table'))
          .filter((element) => {
            const style = getComputedStyle(element);
            return (
              (style.overflowX !== 'visible' && element.scrollWidth > element.clientWidth + 1) ||
              (style.overflowY !== 'visible' && element.scrollHeight > element.clientHeight + 1)
            );
          })
          .map(look.place);
      });
      await context.close();
      none(lost);
    });
  });
}
