// What a table's texts mean, worked out from the texts alone: numbers, words,
// and the order a reader expects when a column is sorted.

const MONTHS = [
  'january', 'february', 'march', 'april', 'may', 'june',
  'july', 'august', 'september', 'october', 'november', 'december',
];

/** `[c] hidden to protect people` and the other reasons why there is no figure. */
export const isReason = (text) => /^\[[a-z]+\]/.test(text);

/** The number that a text is, in its own unit, or null where it is words. */
export function numberOf(text) {
  const plain = text.replaceAll('\u2212', '-').replaceAll('\u00a0', ' ');
  const match = /^([+-]?)£?(\d[\d,]*(?:\.\d+)?)(?:%| points?| pp| days?| months?| years?)?$/.exec(plain.trim());
  if (!match) return null;
  return Number(`${match[1]}${match[2].replaceAll(',', '')}`);
}

/** A period's last month as a count, or null: "April to June 2026", "Apr to Jun 26", "30 June 2026". */
export function monthOf(text) {
  const match = /([A-Za-z]{3,9}) (?:20)?(\d\d)$/.exec(text.trim());
  if (!match) return null;
  const month = MONTHS.findIndex((name) => name.startsWith(match[1].toLowerCase()));
  return month < 0 ? null : Number(match[2]) * 12 + month;
}

const steps = (compare, values, direction) =>
  values.every((value, index) => index === 0 || compare(values[index - 1], value) * direction <= 0);

/** Why a sorted column is out of order, or null. `direction` is 1 or -1. */
export function disorder(texts, direction) {
  const numbers = texts.filter((text) => numberOf(text) !== null);
  // A column with any number in it sorts by its numbers; words come last.
  const last = (text) => isReason(text) || (numbers.length > 0 && numberOf(text) === null);
  const firstLast = texts.findIndex(last);
  if (firstLast >= 0 && texts.slice(firstLast).some((text) => !last(text))) {
    return `"${texts[firstLast]}" stands before a figure`;
  }
  // An empty cell among words may stand at either end.
  const kept = texts.filter((text) => !last(text) && text !== '');
  if (numbers.length > 0) {
    return steps((a, b) => a - b, kept.map(numberOf), direction) ? null : 'numbers out of order';
  }
  if (kept.length > 0 && kept.every((text) => monthOf(text) !== null)) {
    if (steps((a, b) => a - b, kept.map(monthOf), direction)) return null;
  }
  const orders = [new Intl.Collator('en-GB', { numeric: true }), new Intl.Collator('en-GB')];
  return orders.some((order) => steps(order.compare, kept, direction)) ? null : 'words out of order';
}

/** Rows of a CSV text by RFC 4180; throws where a quote or a line end is wrong. */
export function parseCsv(text) {
  const rows = [];
  let row = [];
  let at = 0;
  while (at < text.length) {
    let cell = '';
    if (text[at] === '"') {
      at += 1;
      for (;;) {
        if (at >= text.length) throw new Error('a quote is never closed');
        if (text[at] !== '"') cell += text[at];
        else if (text[at + 1] === '"') { cell += '"'; at += 1; }
        else break;
        at += 1;
      }
      at += 1;
    } else {
      while (at < text.length && !',\r\n'.includes(text[at])) {
        if (text[at] === '"') throw new Error(`a bare quote after "${cell}"`);
        cell += text[at];
        at += 1;
      }
    }
    row.push(cell);
    if (text[at] === ',') { at += 1; if (at === text.length) row.push(''); continue; }
    if (text.startsWith('\r\n', at)) { rows.push(row); row = []; at += 2; continue; }
    throw new Error(at >= text.length ? 'no line end at the end' : `a line ends otherwise than by CRLF near "${cell}"`);
  }
  return rows;
}

/** A text that no spreadsheet runs; a number keeps its sign. */
export const guarded = (text) => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);
