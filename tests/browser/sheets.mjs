// Prints a page and says what came on which sheet. Links put into the corners
// of a figure, a row or a heading become link annotations of the PDF, each on
// its page: the printed file itself is asked, not the style that made it.

/** Marks corners with links and prints; says on which pages each mark came. */
export async function printed(page) {
  const names = await page.evaluate(() => {
    const mark = (host, name, edge) => {
      const link = document.createElement('a');
      link.href = `https://mark.invalid/${name}`;
      link.textContent = '.';
      link.setAttribute('aria-hidden', 'true');
      Object.assign(link.style, { position: 'absolute', left: '0', width: '6px', height: '6px', fontSize: '4px', lineHeight: '6px', [edge]: '0' });
      if (getComputedStyle(host).position === 'static') host.style.position = 'relative';
      host.append(link);
    };
    const inline = (host, name) => {
      const link = document.createElement('a');
      link.href = `https://mark.invalid/${name}`;
      link.textContent = '.';
      host.append(link);
    };
    const names = {};
    const each = (kind, elements, act) =>
      elements.forEach((element, index) => {
        // Months between half-years are left off paper, and a line says so.
        if (element.matches('tr.between')) return;
        const name = `${kind}${index}`;
        names[name] = look.place(element);
        act(element, name);
      });
    const both = (element, name) => {
      mark(element, `${name}/top`, 'top');
      mark(element, `${name}/end`, 'bottom');
    };
    each('plot', [...document.querySelectorAll('figure .plot')], both);
    each('card', [...document.querySelectorAll('.card')], both);
    each('caption', [...document.querySelectorAll('figure .plot')].map((plot) => plot.closest('figure').querySelector('figcaption')), both);
    each('head', [...document.querySelectorAll('table')], (table, name) => inline(table.tHead.rows[0].cells[0], name));
    each('row', [...document.querySelectorAll('tbody tr')], (row, name) => {
      mark(row.cells[0], `${name}/top`, 'top');
      mark(row.cells[0], `${name}/end`, 'bottom');
    });
    each('title', [...document.querySelectorAll('main h2, main h3')], (heading, name) => {
      inline(heading, name);
      const next = heading.nextElementSibling ?? heading.parentElement.nextElementSibling;
      if (next) both(next.matches('figure') ? next.firstElementChild : next, `${name}/next`);
    });
    names.rowsOf = [...document.querySelectorAll('table')].map((table) =>
      [...table.querySelectorAll('tbody tr')].map((row) => [...document.querySelectorAll('tbody tr')].indexOf(row)),
    );
    return names;
  });
  const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true });
  return { names, marks: marksIn(pdf.toString('latin1')), bytes: pdf.length };
}

/** The marks of a PDF: name to the pages that it is on, from 1. */
function marksIn(text) {
  const objects = new Map();
  for (const [, id, body] of text.matchAll(/(?:^|\n)(\d+) 0 obj\s([\s\S]*?)(?:stream\r?\n|endobj)/g)) objects.set(id, body);
  const order = [];
  const walk = (id) => {
    const body = objects.get(id) ?? '';
    const kids = /\/Kids\s*\[([^\]]*)\]/.exec(body);
    if (/\/Type\s*\/Pages\b/.test(body) && kids) [...kids[1].matchAll(/(\d+) 0 R/g)].forEach(([, kid]) => walk(kid));
    else if (/\/Type\s*\/Page\b/.test(body)) order.push(id);
  };
  walk(/\/Pages (\d+) 0 R/.exec([...objects.values()].find((body) => /\/Type\s*\/Catalog/.test(body)) ?? '')?.[1]);
  const marks = new Map();
  marks.pages = order.length;
  order.forEach((id, index) => {
    const annotations = /\/Annots\s*\[([^\]]*)\]/.exec(objects.get(id));
    for (const [, one] of (annotations?.[1] ?? '').matchAll(/(\d+) 0 R/g)) {
      const uri = /mark\.invalid\/([^)\s]+)/.exec(objects.get(one) ?? '');
      if (!uri) continue;
      if (!marks.has(uri[1])) marks.set(uri[1], []);
      if (marks.get(uri[1]).at(-1) !== index + 1) marks.get(uri[1]).push(index + 1);
    }
  });
  return marks;
}
