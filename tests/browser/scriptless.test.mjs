// With scripts off everything can still be read, and nothing dead is offered.

import { after, before, describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { browser, none, open, pages, setDetails } from './open.mjs';

// Every run of words that can be seen, buttons that scripts add left out.
const visible = () =>
  [...document.querySelectorAll('body *')]
    .filter((element) => !element.closest('script, style, .take'))
    .flatMap((element) => [...element.childNodes].map((node) => [element, node]))
    .filter(([element, node]) => node.nodeType === Node.TEXT_NODE && node.data.trim() !== '' && look.seen(element))
    .map(([, node]) => node.data.replace(/\s+/g, ' ').trim());

for (const file of pages()) {
  describe(`${file.name}: with scripts off`, () => {
    let chrome;
    before(async () => { chrome = await browser(); });
    after(() => chrome.close());

    for (const width of [375, 1280]) {
      it(`every word is there, ${width} px`, async () => {
        const texts = [];
        for (const scripts of [true, false]) {
          const { page, context } = await open(chrome, file.path, { width, scripts });
          if (scripts) await setDetails(page, 'open');
          else for (const summary of await page.locator('details > summary').all()) await summary.click();
          texts.push(await page.evaluate(visible));
          await context.close();
        }
        const [withScripts, without] = texts.map((list) => list.join('\n').split('\n'));
        assert.ok(without.length > 100, 'there are words');
        const left = new Map();
        for (const text of without) left.set(text, (left.get(text) ?? 0) + 1);
        const missing = withScripts.filter((text) => {
          const count = left.get(text) ?? 0;
          left.set(text, count - 1);
          return count <= 0;
        });
        none(missing);
      });
    }

    it('no button is dead: there is none', async () => {
      const { page, context } = await open(chrome, file.path, { scripts: false });
      const dead = await page.evaluate(() =>
        [...document.querySelectorAll('button, input, select, [role="button"], [role="status"]')].map((b) => b.outerHTML),
      );
      await context.close();
      none(dead);
    });
  });
}
