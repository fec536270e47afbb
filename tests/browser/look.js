// Put into a page by the tests: what a reader would see there, measured.
// Everything hangs from `look`; lengths are CSS pixels of the screen.

globalThis.look = (() => {
  const words = (element) => {
    const copy = element.cloneNode(true);
    for (const silent of copy.querySelectorAll('[aria-hidden="true"]')) silent.remove();
    return copy.textContent.replace(/\s+/g, ' ').trim();
  };

  const seen = (element) => {
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: false })) {
      return false;
    }
    const box = element.getBoundingClientRect();
    return box.width > 0 || box.height > 0;
  };

  // Where something stands, in words that lead a reader to it.
  const place = (element) => {
    const svg = element.closest('svg') ?? element.closest('.plot')?.querySelector('svg');
    const narrow = element.closest('.narrow') ? ' (narrow)' : '';
    if (svg) return `chart "${svg.querySelector('title')?.textContent ?? '?'}"${narrow}`;
    const table = element.closest('table');
    if (table?.caption) return `table "${words(table.caption)}"`;
    const id = element.id ? `#${element.id}` : '';
    return `<${element.localName}${id}> "${words(element).slice(0, 60)}"`;
  };

  const charts = () => [...document.querySelectorAll('svg')].filter((svg) => svg.querySelector('text') && seen(svg));

  // A text's ink: from the top of its capitals to the foot of its tails. A
  // font's line box is taller and would overlap where nothing does.
  const inkOf = (text) => {
    const around = text.getBoundingClientRect();
    const matrix = text.getScreenCTM();
    if (matrix.b !== 0 || text.querySelector('tspan')) return around;
    const size = parseFloat(getComputedStyle(text).fontSize) * matrix.d;
    const start = text.getStartPositionOfChar(0);
    const base = start.y * matrix.d + start.x * matrix.b + matrix.f;
    return new DOMRect(around.x, base - 0.72 * size, around.width, 0.93 * size);
  };

  const texts = (svg) =>
    [...svg.querySelectorAll('text')]
      .filter((text) => text.textContent.trim() !== '' && seen(text))
      .map((text) => {
        const matrix = text.getScreenCTM();
        const scale = Math.sqrt(Math.abs(matrix.a * matrix.d - matrix.b * matrix.c));
        return {
          element: text,
          words: words(text),
          ink: inkOf(text),
          px: parseFloat(getComputedStyle(text).fontSize) * scale,
        };
      });

  const overlaps = (svg) => {
    const all = texts(svg);
    const found = [];
    all.forEach((one, index) => {
      for (const other of all.slice(index + 1)) {
        const wide = Math.min(one.ink.right, other.ink.right) - Math.max(one.ink.left, other.ink.left);
        const high = Math.min(one.ink.bottom, other.ink.bottom) - Math.max(one.ink.top, other.ink.top);
        if (wide > 0.5 && high > 0.5) {
          found.push(
            `${place(svg)}: "${one.words}" and "${other.words}" overlap by ${wide.toFixed(1)} x ${high.toFixed(1)} px`,
          );
        }
      }
    });
    return found;
  };

  const clipped = (svg) => {
    const frame = svg.getBoundingClientRect();
    const found = [];
    for (const text of texts(svg)) {
      const over = {
        left: frame.left - text.ink.left,
        right: text.ink.right - frame.right,
        top: frame.top - text.ink.top,
        bottom: text.ink.bottom - frame.bottom,
      };
      for (const [side, by] of Object.entries(over)) {
        // A letter's ink may hang over its own place by a part of a pixel, and boxes are whole ones.
        if (by > 1) found.push(`${place(svg)}: "${text.words}" is cut off at the ${side} by ${by.toFixed(1)} px`);
      }
    }
    return found;
  };

  const small = (svg, least) =>
    texts(svg)
      .filter((text) => text.px < least - 0.01)
      .map((text) => `${place(svg)}: "${text.words}" is ${text.px.toFixed(1)} px`);

  // Colours, whatever notation the style has them in.
  const paint = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgba = (colour) => {
    paint.clearRect(0, 0, 1, 1);
    paint.fillStyle = colour;
    paint.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = paint.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = (top, under, opacity = 1) => {
    const a = top[3] * opacity;
    return [0, 1, 2].map((i) => top[i] * a + under[i] * (1 - a)).concat(1);
  };
  const light = ([r, g, b]) => {
    const part = (value) => {
      const v = value / 255;
      return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
    };
    return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  };
  const contrast = (one, other) => {
    const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };

  const solid = (element) => {
    let colour = rgba('Canvas');
    const chain = [];
    for (let at = element; at; at = at.parentElement) chain.unshift(at);
    for (const at of chain) {
      const own = getComputedStyle(at).backgroundColor;
      if (own && own !== 'transparent') colour = over(rgba(own), colour);
    }
    return colour;
  };

  const opacity = (element, kind) => {
    let all = parseFloat(getComputedStyle(element)[`${kind}Opacity`] || '1');
    for (let at = element; at && at.localName !== 'svg'; at = at.parentElement) {
      all *= parseFloat(getComputedStyle(at).opacity || '1');
    }
    return all;
  };
  const inked = (element, kind) => {
    const colour = getComputedStyle(element)[kind];
    if (!colour || colour === 'none' || colour.startsWith('url')) return null;
    const value = rgba(colour);
    value[3] *= opacity(element, kind);
    return value[3] > 0.01 ? value : null;
  };

  const SHAPES = 'rect, circle, ellipse, path, polygon, polyline, line';
  const shapes = (svg) =>
    [...svg.querySelectorAll(SHAPES)].filter((s) => s.checkVisibility() && !s.closest('defs, clipPath, mask, pattern'));

  // What a drawing fills, in the order that it is drawn in.
  const filled = (svg) =>
    shapes(svg).flatMap((shape) => {
      const fill = inked(shape, 'fill');
      return fill ? [{ shape, fill, box: shape.getBoundingClientRect(), back: shape.getScreenCTM().inverse() }] : [];
    });

  // The colour under a point of the screen, of what was drawn before `until`.
  const under = (ground, fills, x, y, until) => {
    let colour = ground;
    for (const { shape, fill, box, back } of fills) {
      if (x < box.left || x > box.right || y < box.top || y > box.bottom) continue;
      if (!(shape.compareDocumentPosition(until) & Node.DOCUMENT_POSITION_FOLLOWING)) break;
      if (shape.isPointInFill(new DOMPoint(x, y).matrixTransform(back))) colour = over(fill, colour);
    }
    return colour;
  };

  // Texts that do not stand off from what is under them by 4.5 to 1 (3 to 1
  // where large). A halo is what a haloed text stands on.
  const faint = (svg) => {
    const found = [];
    const paper = solid(svg.parentElement);
    const fills = filled(svg);
    for (const text of texts(svg)) {
      const fill = inked(text.element, 'fill');
      if (!fill) {
        found.push(`${place(svg)}: "${text.words}" has no colour`);
        continue;
      }
      const style = getComputedStyle(text.element);
      const halo = style.paintOrder.startsWith('stroke') ? inked(text.element, 'stroke') : null;
      const bold = parseInt(style.fontWeight, 10) >= 700;
      const least = text.px >= 24 || (bold && text.px >= 18.66) ? 3 : 4.5;
      const { ink } = text;
      const at = [0.04, 0.5, 0.96].map((part) => [ink.left + part * ink.width, ink.top + ink.height / 2]);
      const worst = Math.min(
        ...at.map(([x, y]) => {
          const ground = halo ?? under(paper, fills, x, y, text.element);
          return contrast(over(fill, ground), ground);
        }),
      );
      if (worst < least) found.push(`${place(svg)}: "${text.words}" has ${worst.toFixed(2)} to 1`);
    }
    return found;
  };

  // Marks that carry a figure and are lost on the paper, by 3 to 1.
  const MARKS = '.dot, .interval, .line, .bar, .point, .thread, .site, .limit, .ref, .mark';
  const lost = (svg, which = MARKS) => {
    const ground = solid(svg.parentElement);
    const found = [];
    for (const mark of svg.querySelectorAll(which)) {
      if (!mark.checkVisibility()) continue;
      const inks = [inked(mark, 'fill'), inked(mark, 'stroke')].filter(Boolean);
      const best = Math.max(0, ...inks.map((ink) => contrast(over(ink, ground), ground)));
      if (best < 3) found.push(`${place(svg)}: .${mark.getAttribute('class')} has ${best.toFixed(2)} to 1`);
    }
    return [...new Set(found)];
  };

  // Neighbouring bars that cannot be told apart: same colour, no edge.
  const merged = (svg) => {
    const paper = solid(svg.parentElement);
    const bars = [...svg.querySelectorAll('rect')]
      .filter((bar) => bar.checkVisibility() && inked(bar, 'fill'))
      .map((bar) => ({
        bar,
        box: bar.getBoundingClientRect(),
        fill: over(inked(bar, 'fill'), paper),
        edge: inked(bar, 'stroke'),
      }))
      .filter(({ box }) => box.width > 1 && box.height > 1);
    const found = [];
    for (const one of bars) {
      for (const other of bars) {
        const beside = Math.abs(one.box.right - other.box.left) < 0.5;
        const level = Math.abs(one.box.top - other.box.top) < 0.5 && Math.abs(one.box.bottom - other.box.bottom) < 0.5;
        if (one === other || !beside || !level) continue;
        const same = contrast(one.fill, other.fill) < 1.05 && one.fill.every((v, i) => Math.abs(v - other.fill[i]) < 8);
        const edged = [one, other].some(({ edge, fill }) => edge && contrast(edge, fill) >= 1.5);
        if (same && !edged) {
          found.push(`${place(svg)}: .${one.bar.getAttribute('class')} and .${other.bar.getAttribute('class')} run together`);
        }
      }
    }
    return [...new Set(found)];
  };

  const table = (element) => ({
    place: place(element),
    head: [...element.tHead.rows].flatMap((row) => [...row.cells].map(words)),
    rows: [...element.tBodies].flatMap((body) => [...body.rows].map((row) => [...row.cells].map(words))),
    values: [...element.tBodies].flatMap((body) =>
      [...body.rows].map((row) => [...row.cells].map((cell) => cell.dataset.value ?? null)),
    ),
    foot: element.tFoot ? [...element.tFoot.rows].map((row) => [...row.cells].map(words)) : [],
    sorts: [...element.tHead.rows].flatMap((row) => [...row.cells].map((cell) => cell.getAttribute('aria-sort'))),
  });

  return {
    words, seen, place, charts, texts, overlaps, clipped, small, faint, lost, merged, table,
    solid, contrast, rgba, shapes, inked, over,
  };
})();
