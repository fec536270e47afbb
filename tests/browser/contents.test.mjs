// A reader finds the way by keyboard: contents, skip link, and a focus that
// can be seen wherever it goes.

import { after, before, describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { browser, none, open, pages, setDetails, told } from './open.mjs';

const CONTENTS = 'nav[aria-label="Contents"]';

for (const file of pages()) {
  describe(`${file.name}: finding the way`, () => {
    let chrome;
    before(async () => { chrome = await browser(); });
    after(() => chrome.close());

    it('every contents link leads to a heading with its words', async () => {
      const { page, context } = await open(chrome, file.path);
      const links = await page.locator(`${CONTENTS} a`).all();
      assert.ok(links.length >= 3, `${links.length} links`);
      const wrong = [];
      for (const link of links) {
        await link.focus();
        await page.keyboard.press('Enter');
        const went = await page.evaluate(() => {
          const target = document.querySelector(':target');
          const heading = target?.matches('h1, h2, h3') ? target : target?.querySelector('h1, h2, h3');
          const box = heading?.getBoundingClientRect();
          return { words: heading && look.words(heading), seen: box && box.top >= 0 && box.bottom <= innerHeight };
        });
        const name = (await link.textContent()).trim();
        if (went.words !== name) wrong.push(`"${name}" leads to "${went.words}"`);
        else if (!went.seen) wrong.push(`"${name}": the heading is out of sight`);
      }
      const missing = await page.evaluate((nav) => {
        const linked = [...document.querySelectorAll(`${nav} a`)].map((a) => look.words(a));
        return [...document.querySelectorAll('main h2')].map(look.words).filter((h) => !linked.includes(h));
      }, CONTENTS);
      await context.close();
      none(wrong);
      assert.deepEqual(missing, [], 'every section is in the contents');
    });

    for (const width of [375, 1280]) {
      it(`the section being read is marked, ${width} px`, async () => {
        const { page, context } = await open(chrome, file.path, { width });
        const headings = await page.locator('main h2[id]').all();
        const wrong = [];
        for (const heading of headings.concat([...headings].reverse())) {
          const where = await heading.evaluate((h) => {
            scrollTo(0, h.getBoundingClientRect().top + scrollY - 20);
            return { id: h.id, end: innerHeight + scrollY >= document.documentElement.scrollHeight - 2 };
          });
          const good = () =>
            page.evaluate(
              ([nav, id, end]) => {
                const marked = [...document.querySelectorAll(`${nav} [aria-current]`)];
                if (marked.length !== 1 || marked[0].getAttribute('aria-current') !== 'true') return false;
                const target = document.getElementById(marked[0].hash.slice(1));
                if (target.id === id) return true;
                const top = target.getBoundingClientRect().top;
                return end && top >= 0 && top < innerHeight;
              },
              [CONTENTS, where.id, where.end],
            );
          let marked = await good();
          for (let tries = 0; !marked && tries < 100; tries += 1) {
            await page.waitForTimeout(50);
            marked = await good();
          }
          if (!marked) {
            const says = await page.locator(`${CONTENTS} [aria-current]`).allTextContents();
            wrong.push(`at #${where.id} the contents mark ${says.length ? says.join(', ') : 'nothing'}`);
          }
        }
        const styled = await page.evaluate((nav) => {
          const current = document.querySelector(`${nav} [aria-current]`);
          const other = document.querySelector(`${nav} a:not([aria-current])`);
          if (!current || !other) return null;
          const of = (a) => {
            const s = getComputedStyle(a);
            return [s.fontWeight, s.textDecorationLine, s.borderLeftWidth, s.borderBottomWidth, s.boxShadow].join();
          };
          return of(current) !== of(other);
        }, CONTENTS);
        await context.close();
        none(wrong);
        assert.equal(styled, true, 'the mark is seen by more than its colour');
      });
    }

    it('the first key leads past the contents to the report', async () => {
      const { page, context } = await open(chrome, file.path);
      await page.keyboard.press('Tab');
      const first = await page.evaluate(() => {
        const link = document.activeElement;
        const box = link.getBoundingClientRect();
        return { skip: link.matches('a[href^="#"]'), seen: box.left >= 0 && box.top >= 0 && box.width > 20 };
      });
      assert.deepEqual(first, { skip: true, seen: true });
      await page.keyboard.press('Enter');
      await page.keyboard.press('Tab');
      const inside = await page.evaluate(() => Boolean(document.activeElement.closest('main')));
      await context.close();
      assert.ok(inside, 'the next stop is inside the report');
    });

    for (const [colours, options] of [['light', {}], ['dark', { scheme: 'dark' }], ['forced colours', { forced: 'active' }]]) {
      it(`focus is seen at every stop, ${colours}`, async () => {
        const { page, context } = await open(chrome, file.path, options);
        await setDetails(page, 'open');
        const wrong = [];
        let stops = 0;
        for (; stops < 3000; stops += 1) {
          await page.keyboard.press('Tab');
          const stop = await page.evaluate(() => {
            const at = document.activeElement;
            if (!at || at === document.body || at.dataset.stopped) return null;
            at.dataset.stopped = 'yes';
            const style = getComputedStyle(at);
            const ring = look.over(look.rgba(style.outlineColor), look.solid(at.parentElement));
            const box = at.getBoundingClientRect();
            return {
              place: look.place(at),
              ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
              contrast: look.contrast(ring, look.solid(at.parentElement)),
              seen: box.bottom > 0 && box.top < innerHeight && box.width > 0,
            };
          });
          if (!stop) break;
          if (!stop.ring) wrong.push(`${stop.place}: no ring`);
          else if (stop.contrast < 3) wrong.push(`${stop.place}: the ring has ${stop.contrast.toFixed(2)} to 1`);
          if (!stop.seen) wrong.push(`${stop.place}: out of sight`);
        }
        const missed = await page.evaluate(() =>
          [...document.querySelectorAll('a[href], button, summary')]
            .filter((element) => look.seen(element) && !element.dataset.stopped)
            .map(look.place),
        );
        await context.close();
        assert.ok(stops > 10, `${stops} stops`);
        none(wrong);
        assert.equal(missed.length, 0, `never reached: ${told(missed)}`);
      });
    }

    it('the table behind a chart opens by keyboard', async () => {
      const { page, context } = await open(chrome, file.path);
      const wrong = [];
      for (const details of await page.locator('figure details').all()) {
        await details.locator('summary').focus();
        await page.keyboard.press('Enter');
        const state = await details.evaluate((d) => ({ open: d.open, table: look.seen(d.querySelector('table') ?? d.lastElementChild) }));
        if (!state.open || !state.table) wrong.push(await details.evaluate(look.place));
        await page.keyboard.press('Space');
        if (await details.evaluate((d) => d.open)) wrong.push('Space does not close it again');
      }
      await context.close();
      none(wrong);
    });
  });
}
