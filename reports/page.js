"use strict";
(() => {
  const all = (query, within = document) => [...within.querySelectorAll(query)];
  const text = (cell) => cell.textContent.trim();

  // The section that is being read, marked in the contents.
  const links = new Map(all('nav a[href^="#"]').map((link) => [decodeURIComponent(link.hash.slice(1)), link]));
  const heads = all("main h2[id]").filter((head) => links.has(head.id));
  const mark = () => {
    if (!heads.length) return;
    const root = document.documentElement;
    const end = innerHeight + scrollY >= root.scrollHeight - 4;
    const top = (head) => head.getBoundingClientRect().top;
    const passed = heads.filter((head) => top(head) < innerHeight * 0.35);
    // Of short sections that stand near the top together, the first is read.
    const near = passed.find((head) => top(head) >= 0);
    const current = end && scrollY > 0 ? heads.at(-1) : near || passed.at(-1) || heads[0];
    for (const [id, link] of links) {
      if (id === current.id) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  };
  if ("IntersectionObserver" in window) {
    const steps = Array.from({ length: 21 }, (_, step) => step / 20);
    const seen = new IntersectionObserver(mark, { threshold: steps });
    all("main section, footer").forEach((part) => seen.observe(part));
    addEventListener("scrollend", mark);
    mark();
  }

  // Tables sorted by any column: numbers by their value, words in order, shorthand last.
  const order = (column) => (a, b) => {
    const [x, y] = [a, b].map((row) => row.cells[column]);
    const [n, m] = [x, y].map((cell) => (cell.dataset.value === undefined ? NaN : Number(cell.dataset.value)));
    const [s, t] = [x, y].map((cell) => text(cell).startsWith("["));
    if (s || t) return s && t ? 0 : s ? Infinity : -Infinity;
    if (Number.isNaN(n) || Number.isNaN(m)) {
      if (!Number.isNaN(n)) return -Infinity;
      if (!Number.isNaN(m)) return Infinity;
      return text(x).localeCompare(text(y), "en-GB", { numeric: true });
    }
    return n - m;
  };
  const sort = (table, heading) => {
    const up = heading.getAttribute("aria-sort") !== "ascending";
    const compare = order(heading.cellIndex);
    const rows = [...table.tBodies[0].rows].sort((a, b) => {
      const by = compare(a, b);
      return Math.abs(by) === Infinity ? by : up ? by : -by;
    });
    table.tBodies[0].append(...rows);
    for (const other of heading.parentNode.cells) if (other.hasAttribute("aria-sort")) other.setAttribute("aria-sort", "none");
    heading.setAttribute("aria-sort", up ? "ascending" : "descending");
  };
  for (const table of all("table[data-sortable]")) {
    if (!table.tBodies[0] || table.tBodies[0].rows.length < 2) continue;
    for (const heading of table.tHead.rows[0].cells) {
      if (heading.dataset.unsorted !== undefined) continue;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      button.append(...heading.childNodes);
      button.addEventListener("click", () => sort(table, heading));
      heading.append(button);
      heading.setAttribute("aria-sort", "none");
    }
  }

  // What is shown, copied or saved.
  const cells = (table) => [...table.rows].map((row) => [...row.cells].map(text));
  const guarded = (words) => (/^[=+\-@\t\r]/.test(words) ? "'" + words : words);
  const quoted = (words) => (/[",\r\n]/.test(words) ? '"' + words.replaceAll('"', '""') + '"' : words);
  const copied = async (words) => {
    try {
      await navigator.clipboard.writeText(words);
      return true;
    } catch {
      const area = document.createElement("textarea");
      area.className = "away";
      area.value = words;
      document.body.append(area);
      area.select();
      const done = document.execCommand("copy");
      area.remove();
      return done;
    }
  };
  const saved = (name, words) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob(["\ufeff" + words], { type: "text/csv;charset=utf-8" }));
    link.download = name + ".csv";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  };
  const button = (kind, words, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.dataset.take = kind;
    made.textContent = words;
    made.addEventListener("click", act);
    return made;
  };
  for (const frame of all("div.table")) {
    const table = frame.querySelector("table");
    const status = document.createElement("span");
    status.setAttribute("role", "status");
    const line = document.createElement("p");
    line.className = "take";
    const copy = async () => {
      const focused = document.activeElement;
      const done = await copied(cells(table).map((row) => row.join("\t")).join("\n"));
      focused?.focus();
      status.textContent = done ? "Copied" : "Could not copy";
    };
    const save = () => {
      const rows = cells(table).map((row) => row.map((words) => quoted(guarded(words))).join(","));
      saved(table.dataset.name || "table", rows.join("\r\n") + "\r\n");
      status.textContent = "Saved";
    };
    line.append(button("copy", "Copy table", copy), " ", button("csv", "Download CSV", save), " ", status);
    frame.after(line);
  }

  // Everything behind is printed.
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = all("details:not([open])");
    closed.forEach((part) => (part.open = true));
  });
  addEventListener("afterprint", () => {
    closed.forEach((part) => (part.open = false));
    closed = [];
  });
})();
