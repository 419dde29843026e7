"use strict";
/* The facts of what is chosen, with the words they rest on. */
(() => {
  const { element } = cellkgPage;
  const N = cellkgNetwork;
  const panel = document.getElementById("facts");
  const nothing = [...panel.childNodes].map((node) => node.cloneNode(true));
  const AT_FIRST = 40;

  function button(entity, text = entity.label) {
    const made = element("button", text);
    made.type = "button";
    made.addEventListener("click", () => N.choose(entity));
    return made;
  }

  function wordsOf(relation) {
    const line = element("span", "", "faint");
    if (relation.kind === "overlap") {
      line.textContent = `may be the same people: score ${relation.answer}`;
      return line;
    }
    relation.words.forEach((words, place) => {
      if (place) line.append("; ");
      if (words.quote !== null) line.append(element("span", words.quote, "words"), " ");
      line.append(`(${words.status}, `, sourceOf(words.source), ")");
    });
    if (!relation.words.length) line.textContent = "no words recorded";
    if (relation.records > 1) line.append(`, first of ${relation.records} records`);
    return line;
  }

  /** A document: a link to its registry record where it is one, or the way to its mark. */
  function sourceOf(source) {
    const name = source.replace(/^source:/, "");
    if (!/^NCT\d{8}$/.test(name)) {
      return N.byId.has(source) ? button(N.byId.get(source), name) : element("span", name);
    }
    const link = element("a", name);
    link.href = `https://clinicaltrials.gov/study/${name}`;
    link.rel = "noreferrer";
    return link;
  }

  function answerOf(relation) {
    return relation.kind === "adverse-event" ? element("span", ` ${relation.answer}`, "answer") : "";
  }

  /** A list that shows its first items, and the others when asked. */
  function list(items, make) {
    const made = element("ul", "", "facts-list");
    made.append(...items.slice(0, AT_FIRST).map(make));
    if (items.length <= AT_FIRST) return [made];
    const more = element("button", `Show all ${items.length.toLocaleString("en")}`);
    more.type = "button";
    more.addEventListener("click", () => {
      made.append(...items.slice(AT_FIRST).map(make));
      more.remove();
      made.children[AT_FIRST].querySelector("button").focus();
    });
    return [made, more];
  }

  function facts(pairs) {
    const made = element("dl");
    for (const [name, value] of pairs) {
      made.append(element("dt", name));
      const shown = element("dd", value || "not stated");
      if (!value) shown.className = "faint";
      made.append(shown);
    }
    return made;
  }

  function peopleOf(study) {
    return study.people.map(([role, number, quote]) => {
      const words = quote < 0 ? "" : ` “${N.data.quotes[quote]}”`;
      return `${role}: ${number.toLocaleString("en")}${words}`;
    }).join("; ");
  }

  function showStudy(study) {
    const made = [element("h3", study.label), element("p", study.title, "title"), facts([
      ["recorded", study.origin === "curated" ? "curated by hand" : study.origin && `read from a ${study.origin}`],
      ["identifiers", study.identifiers.join(", ")],
      ["status", study.status],
      ["phase", study.phase],
      ["dates", study.begins || study.ends ? `${study.begins || "?"} to ${study.ends || "?"}` : ""],
      ["countries", study.countries],
      ["people", peopleOf(study)],
      ["told by", study.documents],
    ])];
    if (!study.described) made.push(element("p", "A document only names it in passing."));
    for (const kind of [...N.kinds, { id: "overlap", name: "possible overlap" }]) {
      const found = study.relations.filter((relation) => relation.kind === kind.id);
      if (kind.id === "overlap" && !found.length) continue;
      made.push(element("h4", `${kind.name} (${found.length})`));
      if (!found.length) made.push(element("p", "not recorded: silence, not absence", "faint"));
      else made.push(...list(found, (relation) => {
        const other = relation.study === study ? relation.thing : relation.study;
        const item = element("li");
        item.append(button(N.shown(other)), answerOf(relation), wordsOf(relation));
        return item;
      }));
    }
    made.push(element("p", `Everything recorded: cellkg show ${study.label}`, "faint"));
    return made;
  }

  function showShared(entity) {
    const kind = N.kinds.find((each) => each.id === entity.kind);
    const studies = N.studiesOf(entity);
    const made = [element("h3", N.longLabel(entity)),
      element("p", `${kind.name}; ${N.counted(studies.length, "study")} of ${N.studies.length.toLocaleString("en")}`)];
    if (entity.role === "silent") {
      made.push(element("p", "Their records name none that the terms know. Silence is not absence."));
    }
    if (entity.group) {
      const into = element("p", "Drawn as a part of ");
      into.append(button(entity.group, N.longLabel(entity.group)), ".");
      made.push(into);
    }
    if (entity.things && entity.role !== "one" && entity.things.length) {
      made.push(element("h4", `Folded here (${entity.things.length.toLocaleString("en")})`));
      made.push(...list(entity.things, (thing) => {
        const item = element("li");
        item.append(button(thing), ` ${N.counted(N.studiesOf(thing).length, "study")}`);
        return item;
      }));
    }
    made.push(element("h4", `Studies (${studies.length.toLocaleString("en")})`));
    const told = new Map();
    for (const relation of N.relationsOf(entity)) {
      if (!told.has(relation.study)) told.set(relation.study, []);
      told.get(relation.study).push(relation);
    }
    made.push(...list(studies, (study) => {
      const item = element("li");
      item.append(button(study));
      for (const relation of told.get(study) ?? []) {
        if (entity.role && entity.role !== "one") item.append(` ${relation.thing.label}`);
        item.append(answerOf(relation), wordsOf(relation));
      }
      return item;
    }));
    return made;
  }

  N.whenChosen((entity) => {
    if (!entity) panel.replaceChildren(...nothing.map((node) => node.cloneNode(true)));
    else panel.replaceChildren(...(entity.kind === "study" ? showStudy(entity) : showShared(entity)));
    document.getElementById("details").scrollTop = 0;
  });
  cellkgNetwork.button = button;
})();
