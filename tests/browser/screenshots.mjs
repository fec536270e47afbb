// Takes the pictures and the PDF of each page; screenshots.sh turns the PDF
// into sheets. A page that is too long for one picture is taken in parts.

import { join } from 'node:path';
import { browser, open, pages } from './open.mjs';

// What an eye still reads in one picture.
const TALLEST_PX = { 375: 2400, 768: 3200, 1280: 4000 };
const out = process.argv[2];
const VIEWS = [
  ...[375, 768, 1280].flatMap((width) =>
    ['light', 'dark'].map((scheme) => [`${width}-${scheme}`, { width, scheme }]),
  ),
  ['1280-forced', { width: 1280, forced: 'active' }],
];

const chrome = await browser();
for (const file of pages()) {
  const stem = join(out, file.name.replace(/\.html$/, ''));
  for (const [view, options] of VIEWS) {
    const { page, context } = await open(chrome, file.path, options);
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    // A sticky part would otherwise stay at the top of the first picture only.
    await page.setViewportSize({ width: options.width, height: Math.min(height, 1200) });
    const tallest = TALLEST_PX[options.width];
    const parts = Math.ceil(height / tallest);
    for (let part = 0; part < parts; part += 1) {
      const y = part * tallest;
      const clip = { x: 0, y, width: options.width, height: Math.min(tallest, height - y) };
      const number = parts > 1 ? `-${String(part + 1).padStart(2, '0')}` : '';
      await page.screenshot({ path: `${stem}-${view}${number}.png`, fullPage: true, clip });
    }
    await context.close();
  }
  const { page, context } = await open(chrome, file.path);
  await page.pdf({ path: `${stem}.pdf`, format: 'A4', preferCSSPageSize: true });
  await context.close();
}
await chrome.close();
