// Opens pages in Chromium as readers do, from file://, and keeps account of
// everything that a page asks for, says or breaks. Never goes on the network.

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));

// Node's modules may lie outside the clone; run.sh says where.
const installed = createRequire(join(process.env.STAYWISE_NODE ?? here, 'package.json'));
const { chromium } = installed('playwright-core');
const AXE = readFileSync(installed.resolve('axe-core/axe.min.js'), 'utf8');
const LOOK = readFileSync(join(here, 'look.js'), 'utf8');

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--hide-scrollbars',
];

/** Chromium, without a window and without a network of its own. */
export function browser() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS });
}

/** Every page of the folder under test: its name and its path. */
export function pages() {
  const folder = process.env.STAYWISE_PAGES;
  if (!folder) throw new Error('STAYWISE_PAGES names no folder; use tests/browser/run.sh FOLDER');
  const found = readdirSync(resolve(folder))
    .filter((name) => name.endsWith('.html'))
    .sort()
    .map((name) => join(resolve(folder), name));
  if (found.length === 0) throw new Error(`${folder} holds no .html file`);
  return found.map((path) => ({ name: basename(path), path, bytes: statSync(path).size }));
}

/**
 * One page in a context of its own. `asked` has every request but the page
 * itself and data: URIs, `said` every console warning and error, `refused`
 * every violation of the page's policy. With `besides` the page may have files
 * that lie beside it, as the gallery has its letters.
 */
export async function open(chrome, path, options = {}) {
  const { width = 1280, height = 900, scale = 1, scripts = true, scheme = 'light', forced = 'none' } = options;
  const context = await chrome.newContext({
    viewport: { width, height },
    deviceScaleFactor: scale,
    javaScriptEnabled: scripts,
    colorScheme: scheme,
    forcedColors: forced,
    reducedMotion: 'reduce',
    acceptDownloads: true,
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const url = pathToFileURL(path).href;
  const asked = [];
  const said = [];
  const refused = [];
  await context.route('**/*', (route) => {
    const to = route.request().url();
    const mine = options.besides ? to.startsWith(pathToFileURL(dirname(path)).href) : to.split('#')[0] === url;
    return mine ? route.continue() : route.abort();
  });
  const page = await context.newPage();
  page.on('request', (request) => {
    const to = request.url();
    if (to.split('#')[0] !== url && !to.startsWith('data:')) asked.push(to);
  });
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) said.push(`${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => said.push(`exception: ${error.message}`));
  if (scripts) {
    await page.exposeFunction('reportRefused', (words) => refused.push(words));
    await page.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (event) => {
        window.reportRefused(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`);
      });
    });
  }
  await page.goto(url, { waitUntil: 'load' });
  await page.evaluate(LOOK);
  await page.evaluate(() => document.fonts.ready.then(() => true));
  return { page, context, asked, said, refused, url };
}

/** Opens, or closes, everything that opens. */
export function setDetails(page, state) {
  return page.evaluate((open) => {
    for (const details of document.querySelectorAll('details')) details.open = open;
  }, state === 'open');
}

/** What axe finds against WCAG 2.2 AA, one line a rule and element. */
export async function axe(page) {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE);
  const violations = await page.evaluate(async () => {
    const found = await window.axe.run(document, {
      runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] },
      resultTypes: ['violations'],
      preload: false,
    });
    return found.violations;
  });
  return violations.flatMap((rule) =>
    rule.nodes.map((node) => {
      const why = node.failureSummary.split('\n').slice(1).join(' ').trim();
      return `${rule.id}: ${node.target.join(' ')}: ${why} in ${node.html.slice(0, 160)}`;
    }),
  );
}

/** Lines for a message: at most `most`, and how many more there are. */
export function told(lines, most = 12) {
  const rest = lines.length - most;
  return `${lines.length} found\n${lines.slice(0, most).join('\n')}${rest > 0 ? `\nand ${rest} more` : ''}`;
}

/** Fails with the lines that were found, where there are any. */
export function none(lines, most) {
  if (lines.length > 0) assert.fail(told(lines, most));
}
