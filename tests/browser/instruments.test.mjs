// The instruments themselves: each finds the fault that it is there to find,
// on a small page made faulty on purpose, and finds nothing where none is.

import { after, before, describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { axe, browser, open } from './open.mjs';
import { printed } from './sheets.mjs';

const page = (body, style = '') => `<!doctype html><html lang="en-GB"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>A page with a fault</title>
<style>body { margin: 0; font: 16px/1.5 sans-serif; background: #fff; color: #111; } ${style}</style>
</head><body><main><h1>Faults</h1>${body}</main></body></html>`;
const svg = (inside) => `<figure><div class="plot"><svg role="img" width="600" height="300" viewBox="0 0 600 300">
<title>A chart</title>${inside}</svg></div></figure>`;
const text = (x, y, words, more = '') => `<text x="${x}" y="${y}" font-size="15" fill="#111" ${more}>${words}</text>`;

describe('the instruments find the faults they are there for', () => {
  let chrome;
  let folder;
  before(async () => {
    chrome = await browser();
    folder = mkdtempSync(join(tmpdir(), 'staywise-'));
  });
  after(async () => {
    await chrome.close();
    rmSync(folder, { recursive: true });
  });

  const opened = (html, options) => {
    const path = join(folder, `${Math.random().toString(36).slice(2)}.html`);
    writeFileSync(path, html);
    return open(chrome, path, options);
  };
  const measured = async (inside, what, ...more) => {
    const { page: at, context } = await opened(page(svg(inside)));
    const found = await at.evaluate(
      ([name, rest]) => look.charts().flatMap((chart) => look[name](chart, ...rest)),
      [what, more],
    );
    await context.close();
    return found.length;
  };

  it('texts over one another, and texts on lines of their own', async () => {
    assert.equal(await measured(text(100, 100, 'White') + text(120, 104, 'Black'), 'overlaps'), 1);
    assert.equal(await measured(text(100, 100, 'Nursing and') + text(100, 117, 'Midwifery'), 'overlaps'), 0);
  });

  it('text cut off at an edge, and text just inside it', async () => {
    assert.equal(await measured(text(570, 100, 'Hospital'), 'clipped'), 1);
    assert.equal(await measured(text(-4, 100, 'Hospital'), 'clipped'), 1);
    assert.equal(await measured(text(100, 4, 'Hospital'), 'clipped'), 1);
    assert.equal(await measured(text(598, 100, 'Hospital', 'text-anchor="end"'), 'clipped'), 0);
  });

  it('text that a drawing shrinks', async () => {
    const shrunk = `<g transform="scale(.7)">${text(100, 100, 'Small')}</g>`;
    assert.equal(await measured(shrunk, 'small', 12), 1);
    assert.equal(await measured(text(100, 100, 'Large enough'), 'small', 12), 0);
  });

  it('text lost on a bar, and the same text with a halo', async () => {
    const bar = '<rect x="50" y="50" width="300" height="100" fill="#12436d"/>';
    assert.equal(await measured(bar + text(100, 100, 'Dark on dark'), 'faint'), 1);
    assert.equal(await measured(bar + text(100, 200, 'Beside it'), 'faint'), 0);
    const halo = 'stroke="#fff" stroke-width="4" paint-order="stroke"';
    assert.equal(await measured(bar + text(100, 100, 'Haloed', halo), 'faint'), 0);
    assert.equal(await measured(`<g opacity=".4">${text(100, 200, 'Faded')}</g>`, 'faint'), 1);
  });

  it('a mark lost on the paper, and neighbours run together', async () => {
    assert.equal(await measured(`${text(9, 99, 'a')}<circle class="dot" cx="50" cy="50" r="5" fill="#eee"/>`, 'lost'), 1);
    assert.equal(await measured(`${text(9, 99, 'a')}<circle class="dot" cx="50" cy="50" r="5" fill="#333"/>`, 'lost'), 0);
    const bars = (two, edge = '') => `${text(9, 99, 'a')}<rect class="a" width="50" height="20" fill="#12436d" ${edge}/>
      <rect class="b" x="50" width="50" height="20" fill="${two}" ${edge}/>`;
    assert.equal(await measured(bars('#12436d'), 'merged'), 1);
    assert.equal(await measured(bars('#b8480f'), 'merged'), 0);
    assert.equal(await measured(bars('#12436d', 'stroke="#fff"'), 'merged'), 0);
  });

  it('what axe is there for', async () => {
    const { page: at, context } = await opened(page('<p style="color:#999">Pale</p><button></button>'));
    const rules = (await axe(at)).map((line) => line.split(':')[0]);
    await context.close();
    assert.ok(rules.includes('color-contrast') && rules.includes('button-name'), rules.join());
  });

  it('a request, a refusal and a word on the console', async () => {
    const policy = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src file: https:; style-src 'unsafe-inline'">`;
    const html = page('<img alt="" src="https://elsewhere.invalid/a.png"><img alt="" src="beside.png">')
      .replace('<title>', `${policy}<title>`)
      .replace('</main>', '<script>document.title = "ran"</script></main>');
    const { page: at, context, asked, said, refused } = await opened(html);
    await at.waitForTimeout(1000);
    assert.equal(asked.length, 2, asked.join());
    assert.ok(refused.some((words) => words.startsWith('script-src')), refused.join());
    assert.ok(said.length > 0);
    assert.notEqual(await at.title(), 'ran');
    await context.close();
  });

  it('a chart, a row and a header split or missing on paper', async () => {
    const row = (lines) => `<tr><th scope="row">${'word<br>'.repeat(lines)}</th><td>1</td></tr>`;
    const table = `<table><caption>Long</caption><thead><tr><th scope="col">A</th><th scope="col">B</th></tr></thead>
      <tbody>${row(30)}${row(30)}${row(30)}</tbody></table>`;
    const body = `<figure><figcaption><h2>Tall</h2></figcaption><div class="plot"><svg height="900" viewBox="0 0 1 1"></svg></div></figure>
      <figure><figcaption><h2>Taller</h2></figcaption><div class="plot"><svg height="700" viewBox="0 0 1 1"></svg></div></figure>${table}`;
    const pagesOf = async (style) => {
      const { page: at, context } = await opened(page(body, style));
      const { marks } = await printed(at);
      await context.close();
      return marks;
    };
    const split = (marks, name) => marks.get(`${name}/top`)[0] !== marks.get(`${name}/end`).at(-1);
    const careless = await pagesOf('svg { break-inside: auto; } thead { display: table-row-group; } .plot::before { content: "x"; display: block; height: 300px; }');
    assert.ok(split(careless, 'plot0') || split(careless, 'plot1'), 'a split chart is seen');
    assert.ok([0, 1, 2].some((n) => split(careless, `row${n}`)), 'a split row is seen');
    assert.equal(careless.get('head0').length, 1, 'a header that comes once is seen once');
    const careful = await pagesOf('tr, figure { break-inside: avoid; } thead { display: table-header-group; }');
    assert.ok(!split(careful, 'plot0') && !split(careful, 'plot1'));
    assert.ok([0, 1, 2].every((n) => !split(careful, `row${n}`)));
    assert.ok(careful.get('head0').length > 1, 'a header that comes again is seen again');
  });
});
