// A page asks for nothing, says nothing to the console, and breaks none of its
// own policy; and what it is made of leaves no room for that to change.

import { after, before, describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { browser, none, open, pages, setDetails } from './open.mjs';

const MOST_BYTES = 1_000_000;

for (const file of pages()) {
  describe(`${file.name}: one closed file`, () => {
    let chrome;
    let opened;
    before(async () => {
      chrome = await browser();
      opened = await open(chrome, file.path);
    });
    after(() => chrome.close());

    it('asks for nothing, and no policy or console complains', async () => {
      const { page, asked, said, refused } = opened;
      // Everything that could set something off: opening, sorting, taking,
      // scrolling, another width, paper.
      await setDetails(page, 'open');
      for (const button of await page.locator('button').all()) await button.click();
      await page.mouse.wheel(0, 20_000);
      await page.setViewportSize({ width: 320, height: 700 });
      await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
      await page.waitForTimeout(200);
      // A table taken as a file is made in the page; it asks nobody.
      const left = asked.filter((to) => !to.startsWith('blob:'));
      assert.deepEqual(left, []);
      assert.deepEqual(said, []);
      assert.deepEqual(refused, []);
    });

    it('is under 1 MB', () => {
      assert.ok(file.bytes < MOST_BYTES, `${file.bytes} bytes`);
    });

    it('says what may run, by hash, and has no other script', async () => {
      const html = readFileSync(file.path, 'utf8');
      const policy = await opened.page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content');
      assert.match(policy, /default-src 'none'/);
      assert.doesNotMatch(policy, /unsafe|\*|https?:/);
      const scripts = [...html.matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script>/g)];
      assert.ok(scripts.length <= 1, `${scripts.length} scripts`);
      for (const [, attributes, body] of scripts) {
        assert.equal(attributes.trim(), '', 'the script is inline and plain');
        const hash = createHash('sha256').update(body, 'utf8').digest('base64');
        assert.ok(policy.includes(`'sha256-${hash}'`), 'the policy has the hash of the script');
      }
      const handlers = await opened.page.evaluate(() =>
        [...document.querySelectorAll('*')]
          .filter((element) => element.getAttributeNames().some((name) => /^on/.test(name) || name === 'style'))
          .map(look.place),
      );
      assert.deepEqual(handlers, [], 'no element has an event or style attribute');
    });

    it('has one h1, headings in order, a language, a title, and no id twice', async () => {
      const made = await opened.page.evaluate(() => {
        const levels = [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map((h) => [
          Number(h.localName[1]),
          look.words(h),
        ]);
        const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
        return {
          levels,
          lang: document.documentElement.lang,
          title: document.title,
          twice: ids.filter((id, index) => ids.indexOf(id) !== index),
          dangling: [...document.querySelectorAll('a[href^="#"]')]
            .filter((a) => !document.getElementById(decodeURIComponent(a.hash.slice(1))))
            .map((a) => a.getAttribute('href')),
          unnamed: [...document.querySelectorAll('[aria-labelledby], [aria-describedby]')].flatMap((element) =>
            `${element.getAttribute('aria-labelledby') ?? ''} ${element.getAttribute('aria-describedby') ?? ''}`
              .split(/\s+/)
              .filter((id) => id && !document.getElementById(id)),
          ),
        };
      });
      assert.equal(made.levels.filter(([level]) => level === 1).length, 1, 'one h1');
      const jumps = made.levels
        .filter(([level], index) => level > (made.levels[index - 1]?.[0] ?? 0) + 1)
        .map(([level, words]) => `h${level} "${words}"`);
      none(jumps);
      assert.match(made.lang, /^[a-z]{2}(-[A-Z]{2})?$/);
      assert.ok(made.title.trim().length > 10, 'a title');
      assert.deepEqual(made.twice, []);
      assert.deepEqual(made.dangling, [], 'every link inside the page leads somewhere');
      assert.deepEqual(made.unnamed, [], 'every name that an element refers to is there');
    });
  });
}
