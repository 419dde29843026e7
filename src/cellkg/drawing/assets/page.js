"use strict";
/* What all pages share: the data, search, filters, tables that can be sorted.

   An item is an element with data-item. It is hidden while it lacks a word of the search, or while
   none of its values (data-NAME, parted by "|") is checked in the fieldset data-filter="NAME".
   After every change the event "cellkg:filter" tells which items are shown. */
const cellkgPage = (() => {
  const data = JSON.parse(document.getElementById("page-data").textContent);
  const search = document.getElementById("search");
  const shown = document.getElementById("shown");
  const filters = [...document.querySelectorAll("fieldset[data-filter]")];
  const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  /** What is asked for now: the words of the search, and the checked values by filter. */
  function asked() {
    const allowed = new Map(filters.map((group) => [
      group.dataset.filter,
      new Set([...group.querySelectorAll("input:checked")].map((box) => box.value)),
    ]));
    return { words: folded(search.value).split(/\s+/).filter(Boolean), allowed };
  }

  /** Whether something with this text and these values (a list by filter) is asked for. */
  function fits({ words, allowed }, text, values) {
    const searched = folded(text);
    return words.every((word) => searched.includes(word)) &&
      [...allowed].every(([name, some]) =>
        values[name] === undefined || values[name].some((value) => some.has(value)));
  }

  function apply() {
    const now = asked();
    const items = [...document.querySelectorAll("[data-item]")];
    let count = 0;
    for (const item of items) {
      const values = {};
      for (const name of now.allowed.keys()) {
        if (item.dataset[name] !== undefined) values[name] = item.dataset[name].split("|");
      }
      item.hidden = !fits(now, item.textContent, values);
      if (!item.hidden) count += 1;
    }
    if (items.length) shown.textContent = `${count} of ${items.length} shown`;
    document.dispatchEvent(new CustomEvent("cellkg:filter", { detail: now }));
  }

  /** Sort the rows of a table by a column, numbers as numbers; empty cells come last. */
  function sortBy(header) {
    const table = header.closest("table");
    const column = [...header.parentElement.children].indexOf(header);
    const up = header.getAttribute("aria-sort") !== "ascending";
    for (const each of header.parentElement.children) each.removeAttribute("aria-sort");
    header.setAttribute("aria-sort", up ? "ascending" : "descending");
    const value = (row) => {
      const cell = row.children[column];
      return (cell.dataset.value ?? cell.textContent).trim();
    };
    const compare = new Intl.Collator("en", { numeric: true }).compare;
    for (const body of table.tBodies) {
      const rows = [...body.rows];
      rows.sort((a, b) => {
        const [first, second] = [value(a), value(b)];
        if (!first || !second) return (first ? 0 : 1) - (second ? 0 : 1);
        return up ? compare(first, second) : compare(second, first);
      });
      body.append(...rows);
    }
  }

  for (const header of document.querySelectorAll("table[data-sortable] thead th")) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...header.childNodes);
    header.append(button);
    button.addEventListener("click", () => sortBy(header));
  }
  search.addEventListener("input", apply);
  for (const group of filters) group.addEventListener("change", apply);
  document.addEventListener("DOMContentLoaded", apply);

  /** Make an element with text that is never read as markup. */
  function element(tag, text = "", className = "") {
    const made = document.createElement(tag);
    made.textContent = text;
    if (className) made.className = className;
    return made;
  }

  return { data, asked, fits, apply, element };
})();
