"use strict";
/* The network as the scripts see it. A key names a study ("s12"), a mark for one or several things
   ("g3"), or a thing that is folded into another mark ("t44"). */
const cellkgNetwork = (() => {
  const data = cellkgPage.data;
  const kinds = data.kinds.map(([id, name, plural]) => ({ id, name, plural }));
  const studies = data.studies.map((row, number) => {
    const [name, title, origin, described, status, phase, begins, ends, countries, documents,
      identifiers, people] = row;
    return { key: `s${number}`, id: `study:${name}`, kind: "study", label: name, title, origin,
      described, status, phase, begins, ends, countries, documents, identifiers, people,
      relations: [] };
  });
  const things = data.things.map(([id, label, kind], number) => (
    { key: `t${number}`, id, label, kind: kinds[kind].id, relations: [], group: null }));
  const groups = data.groups.map(([id, kind, label, role, inside, named, colour], number) => (
    { key: `g${number}`, id, kind: kinds[kind].id, label, role, colour,
      things: inside.map((each) => things[each]), studies: named.map((each) => studies[each]) }));
  for (const group of groups) for (const thing of group.things) thing.group = group;

  for (const [study, other, kind, answer, records, words] of data.relations) {
    const relation = {
      study: studies[study],
      thing: kind < 0 ? studies[other] : things[other],
      kind: kind < 0 ? "overlap" : kinds[kind].id,
      answer,
      records,
      words: words.map(([quote, status, source]) => (
        { quote: quote < 0 ? null : data.quotes[quote], status, source: data.sources[source] })),
    };
    relation.study.relations.push(relation);
    relation.thing.relations.push(relation);
  }

  const named = new Map([...studies, ...groups, ...things].map((each) => [each.key, each]));
  const byId = new Map([...things, ...groups, ...studies].map((each) => [each.id, shown(each)]));

  /** What stands for a thing wherever it is drawn by name: its mark. */
  function shown(entity) {
    const group = entity.group;
    return group && group.role === "one" ? group : entity;
  }

  /** The studies of a mark or a thing. */
  function studiesOf(entity) {
    if (entity.studies) return entity.studies;
    if (entity.kind === "study") return [entity];
    return entity.relations.map((relation) => relation.study);
  }

  /** The relations that a mark or a thing stands for, by study. */
  function relationsOf(entity) {
    if (entity.relations) return entity.relations;
    return entity.things.flatMap((thing) => thing.relations);
  }

  /** A count and its noun. */
  function counted(number, noun) {
    const plural = noun === "study" ? "studies" : `${noun}s`;
    return `${number.toLocaleString("en")} ${number === 1 ? noun : plural}`;
  }

  /** What a mark is called, with how much is folded into it. */
  function longLabel(entity) {
    if (entity.role === "rest") return `${entity.things.length.toLocaleString("en")} ${entity.label}`;
    if (entity.role === "broader") {
      const folded = entity.things.filter((thing) => thing.id !== entity.id).length;
      return `${entity.label} + ${folded} narrower`;
    }
    return entity.label;
  }

  /** The line that a relation is drawn as. */
  function lineOf(relation) {
    if (relation.kind === "overlap") return "overlap";
    return relation.kind === "adverse-event" ? relation.answer : "";
  }

  const listeners = [];
  let chosen = null;

  /** Choose something, or nothing: picture and facts follow. */
  function choose(entity) {
    chosen = entity && shown(entity);
    const address = chosen ? `#${encodeURIComponent(chosen.id)}` : location.pathname + location.search;
    history.replaceState(null, "", address);
    for (const listener of listeners) listener(chosen);
  }

  /** Choose what the address of the page names after its #. */
  function chooseFromAddress() {
    let id = location.hash.slice(1);
    try {
      id = decodeURIComponent(id);
    } catch {
      return; // an address typed by hand may hold a stray %
    }
    const entity = byId.get(id);
    if (entity) choose(entity);
  }

  return { data, kinds, studies, groups, things, named, byId, shown, studiesOf, relationsOf, counted,
    longLabel, lineOf, choose, chooseFromAddress, whenChosen: (listener) => listeners.push(listener),
    chosen: () => chosen };
})();
