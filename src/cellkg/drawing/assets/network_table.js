"use strict";
/* Search, and the table of all studies, one page of it at a time. */
(() => {
  const { element } = cellkgPage;
  const N = cellkgNetwork;
  const PAGE = 25;
  const FOUND = 10;
  const NAMED = 5;
  const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const search = document.getElementById("search");
  const found = document.getElementById("found");
  const body = document.querySelector("#studies tbody");
  const kinds = [...N.kinds.map((kind) => kind.id),
    ...(N.data.relations.some(([, , kind]) => kind < 0) ? ["overlap"] : [])];
  let rows = N.studies;
  let page = 0;
  let texts = null;

  /** The text of everything that can be found, made at the first search. */
  function index() {
    if (texts) return texts;
    texts = [];
    for (const each of [...N.groups, ...N.things, ...N.studies]) {
      if (N.shown(each) !== each) continue;
      const more = each.kind === "study" ? ` ${each.title} ${each.identifiers.join(" ")}` : "";
      texts.push([each, folded(each.label), folded(each.label + more), N.studiesOf(each).length]);
    }
    return texts;
  }

  function fits(text, words) {
    return words.every((word) => text.includes(word));
  }

  function matches(words, allowed) {
    const whole = words.join(" ");
    const rank = (label) => (label === whole ? 0 : label.startsWith(whole) ? 1 : label.includes(whole) ? 2 : 3);
    return index()
      .filter(([each, , text]) => allowed.has(each.kind) && fits(text, words))
      .sort((a, b) => rank(a[1]) - rank(b[1]) || b[3] - a[3])
      .map(([each]) => each);
  }

  function nameOfKind(entity) {
    return entity.kind === "study" ? "study" : N.kinds.find((kind) => kind.id === entity.kind).name;
  }

  function showFound(words, allowed) {
    const hits = words.length ? matches(words, allowed) : [];
    document.getElementById("shown").textContent = words.length ? `${hits.length.toLocaleString("en")} found` : "";
    found.hidden = !hits.length;
    found.replaceChildren(...hits.slice(0, FOUND).map((hit) => (
      N.button(hit, `${nameOfKind(hit)}: ${N.longLabel(hit)}`))));
    if (hits.length > FOUND) found.append(element("span", `and ${(hits.length - FOUND).toLocaleString("en")} more: type more words`));
    return hits;
  }

  function cells(study) {
    const name = element("td");
    name.append(N.button(study));
    const row = element("tr");
    row.append(name, element("td", study.title, "title"), element("td", study.origin),
      element("td", study.status || "not stated"));
    for (const kind of kinds) {
      const cell = element("td");
      const told = study.relations.filter((relation) => relation.kind === kind);
      const listed = element("ul");
      for (const relation of told.slice(0, NAMED)) {
        const other = relation.study === study ? relation.thing : relation.study;
        const item = element("li");
        if (kind === "adverse-event" && relation.answer !== "reported") item.append(`${relation.answer}: `);
        item.append(N.button(N.shown(other), other.label));
        listed.append(item);
      }
      if (told.length > NAMED) {
        const more = element("li");
        more.append(N.button(study, `and ${told.length - NAMED} more`));
        listed.append(more);
      }
      if (told.length) cell.append(listed);
      if (!told.length) cell.append(kind === "overlap" ? "none found" : "not recorded");
      if (!told.length) cell.className = "faint";
      row.append(cell);
    }
    return row;
  }

  function showPage() {
    const last = Math.max(0, Math.ceil(rows.length / PAGE) - 1);
    page = Math.min(Math.max(page, 0), last);
    const first = page * PAGE;
    body.replaceChildren(...rows.slice(first, first + PAGE).map(cells));
    const end = Math.min(first + PAGE, rows.length);
    document.getElementById("pages").textContent = rows.length
      ? `Studies ${first + 1} to ${end} of ${rows.length.toLocaleString("en")}` : "No study fits";
    document.getElementById("earlier").disabled = page === 0;
    document.getElementById("later").disabled = page === last;
  }

  function textOf(study) {
    study.text ??= folded([study.label, study.title, study.identifiers.join(" "),
      ...study.relations.map((relation) => relation.thing.label)].join(" "));
    return study.text;
  }

  document.getElementById("earlier").addEventListener("click", () => { page -= 1; showPage(); });
  document.getElementById("later").addEventListener("click", () => { page += 1; showPage(); });
  search.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    const { words, allowed } = cellkgPage.asked();
    const [best] = words.length ? matches(words, allowed.get("kind")) : [];
    if (!best) return;
    found.hidden = true;
    N.choose(best);
    document.getElementById("picture").scrollIntoView({ block: "nearest" });
  });
  document.addEventListener("cellkg:filter", ({ detail: { words, allowed } }) => {
    showFound(words, allowed.get("kind"));
    rows = allowed.get("kind").has("study") ? N.studies : [];
    if (words.length) rows = rows.filter((study) => fits(textOf(study), words));
    page = 0;
    showPage();
  });
})();
