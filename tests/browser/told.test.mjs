// The oracle itself: what the other tests hold tables against.

import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { disorder, guarded, monthOf, numberOf, parseCsv } from './told.mjs';

describe('the order and the texts that tables are held against', () => {
  it('reads numbers as shown, and words as words', () => {
    assert.equal(numberOf('1,204'), 1204);
    assert.equal(numberOf('67%'), 67);
    assert.equal(numberOf('\u22125 points'), -5);
    assert.equal(numberOf('£2,300.50'), 2300.5);
    for (const words of ['under 1%', '[c]', 'between 62% and 71%', '', 'Band 5']) assert.equal(numberOf(words), null);
    assert.equal(monthOf('April to June 2026'), monthOf('Apr to Jun 26'));
    assert.ok(monthOf('October to December 2025') < monthOf('January to March 2026'));
  });

  it('knows an order from a disorder', () => {
    assert.equal(disorder(['9%', '10%', '100%', '[c]'], 1), null);
    assert.equal(disorder(['100%', '10%', '9%', '[c]'], -1), null);
    assert.match(disorder(['10%', '100%', '9%'], 1), /out of order/);
    assert.match(disorder(['[c]', '9%'], 1), /before a figure/);
    assert.match(disorder(['[c]', '9%'], -1), /before a figure/);
    assert.equal(disorder(['Band 5', 'Band 10'], 1), null);
    assert.match(disorder(['b', 'a'], 1), /words out of order/);
    assert.equal(disorder(['October to December 2025', 'January to March 2026'], 1), null);
  });

  it('reads CSV strictly', () => {
    assert.deepEqual(parseCsv('a,"b ""q"", c"\r\n1,\r\n'), [['a', 'b "q", c'], ['1', '']]);
    assert.throws(() => parseCsv('a\nb\r\n'));
    assert.throws(() => parseCsv('a"b\r\n'));
    assert.throws(() => parseCsv('a,b'));
    assert.equal(guarded('=1'), "'=1");
    assert.equal(guarded('a=1'), 'a=1');
  });
});
