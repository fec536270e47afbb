// WCAG 2.2 AA as far as axe can tell: in light, dark and forced colours, on a
// phone, a tablet and a desk, with everything closed and everything open.

import { after, before, describe, it } from 'node:test';
import { axe, browser, none, open, pages, setDetails } from './open.mjs';

const COLOURS = [
  ['light', { scheme: 'light' }],
  ['dark', { scheme: 'dark' }],
  ['forced colours', { forced: 'active' }],
];

for (const file of pages()) {
  describe(`${file.name}: axe finds nothing`, () => {
    let chrome;
    before(async () => { chrome = await browser(); });
    after(() => chrome.close());

    for (const [colours, options] of COLOURS) {
      for (const width of [320, 768, 1280]) {
        it(`${colours}, ${width} px`, async () => {
          const { page, context } = await open(chrome, file.path, { ...options, width });
          const found = new Set();
          for (const state of ['closed', 'open']) {
            await setDetails(page, state);
            for (const line of await axe(page)) found.add(line);
          }
          await context.close();
          none([...found]);
        });
      }
    }
  });
}
