// Tables are sorted from the keyboard and taken away as they are shown.

import { after, before, describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { browser, none, open, pages, setDetails } from './open.mjs';
import { disorder, guarded, isReason, numberOf, parseCsv } from './told.mjs';

const DIRECTIONS = { ascending: 1, descending: -1 };
const rowsKey = (rows) => rows.map((row) => row.join('\t')).sort().join('\n');
const read = (table) => table.evaluate((element) => look.table(element));
const column = (rows, index) => rows.map((row) => row[index]);

/** Sorts one column by two keys and says what went wrong. */
async function sortBy(page, table, index) {
  const wrong = [];
  const header = table.locator('thead th').nth(index);
  const button = header.locator('button');
  const before = await read(table);
  const name = `${before.place}, "${before.head[index]}"`;
  // Amounts of several units and formulas are in no order of each other.
  if ((await header.getAttribute('data-unsorted')) !== null) {
    return (await button.count()) === 0 ? [] : [`${name}: a column without an order has a button`];
  }
  if ((await button.count()) !== 1) return [`${name}: the header has no button`];
  const seen = [];
  for (const key of ['Enter', 'Space']) {
    await button.focus();
    await page.keyboard.press(key);
    const now = await read(table);
    const direction = DIRECTIONS[now.sorts[index]];
    seen.push(now.sorts[index]);
    if (!direction) wrong.push(`${name}: after ${key} aria-sort is ${now.sorts[index]}`);
    else {
      const why = disorder(column(now.rows, index), direction);
      if (why) wrong.push(`${name}: ${now.sorts[index]}: ${why}: ${column(now.rows, index).join(' | ')}`);
    }
    const others = now.sorts.filter((sort, at) => at !== index && sort && sort !== 'none');
    if (others.length > 0) wrong.push(`${name}: another column still says ${others[0]}`);
    if (rowsKey(now.rows) !== rowsKey(before.rows)) wrong.push(`${name}: ${key} changed the rows themselves`);
    if (now.foot.join() !== before.foot.join()) wrong.push(`${name}: ${key} moved the foot`);
    if (!(await button.evaluate((b) => b === document.activeElement))) wrong.push(`${name}: ${key} lost the focus`);
  }
  if (seen[0] === seen[1]) wrong.push(`${name}: the second key did not turn the order round (${seen.join(', ')})`);
  return wrong;
}

/** The text of a table as a reader sees it, header first. */
const cells = (now) => [now.head, ...now.rows, ...now.foot];

for (const file of pages()) {
  describe(`${file.name}: tables`, () => {
    let chrome;
    let page;
    let tables;
    before(async () => {
      chrome = await browser();
      ({ page } = await open(chrome, file.path));
      await setDetails(page, 'open');
      tables = await page.locator('table').all();
    });
    after(() => chrome.close());

    it('there are tables, each with a caption, column and row headers', async () => {
      assert.ok(tables.length > 0);
      const wrong = await page.evaluate(() =>
        [...document.querySelectorAll('table')].flatMap((table) => {
          const where = look.place(table);
          const out = [];
          if (!table.caption || !look.words(table.caption)) out.push(`${where}: no caption`);
          if (!table.tHead || table.tHead.rows.length !== 1) out.push(`${where}: not one header row`);
          if (![...(table.tHead?.rows[0]?.cells ?? [])].every((th) => th.scope === 'col')) out.push(`${where}: a header without scope`);
          const width = table.tHead?.rows[0]?.cells.length;
          for (const row of [...table.tBodies].flatMap((body) => [...body.rows])) {
            if (row.cells.length !== width) out.push(`${where}: a row of ${row.cells.length} cells under ${width}`);
            if (row.cells[0]?.scope !== 'row') out.push(`${where}: a row without its header`);
          }
          return out;
        }),
      );
      none(wrong);
    });

    it('each column of each table sorts by Enter and by Space, reasons last', async () => {
      const wrong = [];
      for (const table of tables) {
        // One row is in order already.
        if ((await read(table)).rows.length < 2) continue;
        const columns = await table.locator('thead th').count();
        for (let index = 0; index < columns; index += 1) wrong.push(...(await sortBy(page, table, index)));
      }
      none(wrong);
    });

    it('sorting orders rows that came in no order', async () => {
      // The page's own rows may happen to lie in order; these do not.
      const table = page.locator('table[data-sortable]').first();
      assert.equal(await table.count(), 1, 'no table is sortable');
      const values = ['9%', '100%', '[c]', '10%', '85%'];
      await table.evaluate((element, texts) => {
        const body = element.tBodies[0];
        const model = body.rows[0].cloneNode(true);
        body.replaceChildren(
          ...texts.map((text, index) => {
            const row = model.cloneNode(true);
            row.cells[0].textContent = `Row ${[3, 10, 1, 2, 20][index]}`;
            row.cells[1].textContent = text;
            if (text.endsWith('%')) row.cells[1].dataset.value = String(parseFloat(text) / 100);
            else delete row.cells[1].dataset.value;
            return row;
          }),
        );
      }, values);
      assert.deepEqual(await sortBy(page, table, 1), []);
      await page.reload();
      await page.evaluate(readFileSync(new URL('./look.js', import.meta.url), 'utf8'));
      await setDetails(page, 'open');
    });

    it('no cell without a figure has a number behind it, and no number differs from its text', async () => {
      const wrong = [];
      for (const table of tables) {
        const now = await read(table);
        now.rows.forEach((row, r) =>
          row.forEach((text, c) => {
            const value = now.values[r][c];
            if (value === null) return;
            const where = `${now.place}, row "${row[0]}", "${now.head[c]}"`;
            if (isReason(text) || text === '') wrong.push(`${where}: "${text}" has the value ${value}`);
            if (value.trim() === '' || Number.isNaN(Number(value))) wrong.push(`${where}: the value "${value}" is no number`);
            const number = numberOf(text);
            if (number === null) return;
            const shown = text.includes('%') ? number / 100 : number;
            const decimals = (text.split('.')[1] ?? '').replace(/\D/g, '').length + (text.includes('%') ? 2 : 0);
            const half = 0.5 * 10 ** -decimals * 1.001;
            if (Math.abs(Number(value) - shown) > half) wrong.push(`${where}: "${text}" is not ${value}`);
          }),
        );
      }
      none(wrong);
    });

    it('the table behind each chart can be copied and taken as CSV', async () => {
      const wrong = await page.evaluate(() =>
        [...document.querySelectorAll('figure')]
          .filter((figure) => figure.querySelector('svg'))
          .filter((figure) => ['copy', 'csv'].some((kind) => !figure.querySelector(`.take [data-take="${kind}"]`)))
          .map(look.place),
      );
      none(wrong);
    });

    it('what is copied is what is shown, tab separated', async () => {
      const takes = await taken(page);
      assert.ok(takes.length > 0, 'no table can be copied');
      const wrong = [];
      for (const { table, take } of takes) {
        await spoil(table);
        const status = take.locator('[role="status"]');
        if ((await status.count()) !== 1) wrong.push(`${(await read(table)).place}: no status`);
        await empty(status);
        await take.locator('[data-take="copy"]').focus();
        await page.keyboard.press('Enter');
        const now = await read(table);
        const expected = cells(now).map((row) => row.join('\t')).join('\n');
        const said = await filled(status);
        if (!said) wrong.push(`${now.place}: copying tells nobody`);
        const got = (await page.evaluate(() => navigator.clipboard.readText())).replaceAll('\r\n', '\n').trimEnd();
        if (got !== expected) wrong.push(`${now.place}: copied\n${got.slice(0, 300)}\nnot\n${expected.slice(0, 300)}`);
      }
      none(wrong, 4);
    });

    it('what is taken as CSV is what is shown, guarded, with BOM and CRLF', async () => {
      const all = (await taken(page)).length;
      assert.ok(all > 0, 'no table can be taken');
      const wrong = [];
      const names = [];
      for (let at = 0; at < all; at += 1) {
        // A browser asks before one page's tenth file, and here nobody answers.
        const fresh = await open(chrome, file.path);
        await setDetails(fresh.page, 'open');
        const { name, faults } = await download(fresh.page, at);
        names.push(name);
        wrong.push(...faults);
        await fresh.context.close();
      }
      wrong.push(...names.filter((name) => !/^[a-z0-9][a-z0-9-]*\.csv$/.test(name)).map((name) => `the name ${name}`));
      wrong.push(...names.filter((name, at) => names.indexOf(name) !== at).map((name) => `two files named ${name}`));
      none(wrong, 6);
    });
  });
}

/** Every pair of take buttons with the table that stands before it. */
async function taken(page) {
  const out = [];
  for (const take of await page.locator('.take').all()) {
    const id = await take.evaluate((element) => {
      const tables = [...document.querySelectorAll('table')].filter(
        (table) => table.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING,
      );
      const table = tables.at(-1);
      table.dataset.testId ??= `t${tables.length}`;
      return table.dataset.testId;
    });
    out.push({ take, table: page.locator(`table[data-test-id="${id}"]`) });
  }
  return out;
}

/** Takes one table of the page as CSV: the file's name and what is wrong with it. */
async function download(page, at) {
  const faults = [];
  const { table, take } = (await taken(page))[at];
  await spoil(table);
  await empty(take.locator('[role="status"]'));
  const waiting = page.waitForEvent('download', { timeout: 60000 });
  await take.locator('[data-take="csv"]').focus();
  await page.keyboard.press('Space');
  const file = await waiting;
  const name = file.suggestedFilename();
  const now = await read(table);
  const bytes = readFileSync(await file.path());
  if (bytes.subarray(0, 3).toString('hex') !== 'efbbbf') faults.push(`${now.place}: no byte order mark`);
  if (!(await filled(take.locator('[role="status"]')))) faults.push(`${now.place}: the download tells nobody`);
  let got;
  try {
    got = parseCsv(bytes.toString('utf8').replace(/^\ufeff/, ''));
  } catch (error) {
    return { name, faults: [...faults, `${now.place}: ${error.message}`] };
  }
  const same = (one, other) => one === guarded(other) || (one === other && numberOf(other) !== null);
  cells(now).forEach((row, r) =>
    row.forEach((text, c) => {
      if (!same(got[r]?.[c] ?? '(nothing)', text)) faults.push(`${now.place}: "${got[r]?.[c]}" for "${text}"`);
    }),
  );
  const counts = [got.length, ...got.map((row) => row.length)].join();
  const expected = [cells(now).length, ...cells(now).map((row) => row.length)].join();
  if (counts !== expected) faults.push(`${now.place}: ${got.length} lines for ${cells(now).length}`);
  return { name, faults };
}

/** Puts texts into the last column's first rows that break careless writers. */
function spoil(table) {
  return table.evaluate((element) => {
    const hard = ['=1+1', '@cmd "q", x', '-2+3'];
    [...element.tBodies[0].rows].slice(0, hard.length).forEach((row, index) => {
      row.cells[row.cells.length - 1].textContent = hard[index];
    });
  });
}

/** Silence before an act, so that what is said after it is of that act. */
const empty = (status) => status.evaluateAll((all) => all.forEach((one) => one.replaceChildren()));

/** The words of a status, once it has some. */
async function filled(status) {
  for (let tries = 0; tries < 200; tries += 1) {
    const words = (await status.first().textContent())?.trim();
    if (words) return words;
    await new Promise((resolve) => { setTimeout(resolve, 50); });
  }
  return '';
}
