"use strict";
/* The picture: the views whose places were computed before, and the neighbourhood of a choice. */
(() => {
  const N = cellkgNetwork;
  const box = document.getElementById("network");
  const told = document.getElementById("pointed");
  const looks = N.data.looks;
  const views = new Map(N.data.views.map((view) => [view.name, view]));
  const kindOf = new Map(N.kinds.map((kind) => [kind.plural, kind.id]));
  const FONT = "Inter, Helvetica Neue, Arial, Liberation Sans, sans-serif";
  let view = null;
  let cursor = -1;

  const dashed = (pattern) => (pattern.length
    ? { "line-style": "dashed", "line-dash-pattern": pattern } : { "line-style": "solid" });

  function styles() {
    const side = (halign, valign, x, y) => ({ "text-halign": halign, "text-valign": valign,
      "text-margin-x": x, "text-margin-y": y });
    return [
      { selector: "node", style: { width: "data(w)", height: "data(w)", "overlay-opacity": 0,
        "border-width": 0, "font-family": FONT, color: "#1a1a1a", "text-wrap": "wrap",
        "text-max-width": "2000px", "text-outline-color": "#ffffff", "text-outline-width": 2,
        "line-height": 1.25, "min-zoomed-font-size": 5 } },
      { selector: "node[label]", style: { label: "data(label)", "font-size": "data(size)" } },
      { selector: ".left", style: { ...side("left", "center", "data(away)", 0), "text-justification": "right" } },
      { selector: ".right", style: { ...side("right", "center", "data(away)", 0), "text-justification": "left" } },
      { selector: ".above", style: side("center", "top", 0, -2) },
      { selector: ".below", style: side("center", "bottom", 0, 3) },
      { selector: ".study", style: { "background-color": "#ffffff", "border-width": 1.4,
        "border-color": looks.studies.registry } },
      { selector: ".curated", style: { "background-color": looks.studies.curated,
        "border-color": looks.studies.curated } },
      ...Object.entries(looks.kinds).map(([kind, [colour, corners]]) => ({
        selector: `.kind-${kind}`,
        style: { "background-color": colour, "border-color": colour,
          ...(corners ? { shape: "polygon", "shape-polygon-points": corners } : {}) } })),
      { selector: ".open", style: { "background-color": "#ffffff", "border-width": 1.6 } },
      { selector: ".disc", style: { shape: "ellipse", "border-width": 1.2 } },
      ...Object.entries(looks.discs).map(([role, [fill, pattern]]) => ({
        selector: `.disc.role-${role}`,
        style: { "background-color": fill, ...(pattern.length
          ? { "border-style": "dashed", "border-dash-pattern": pattern } : {}) } })),
      { selector: ".role-silent", style: { "border-color": "#8a8a8a" } },
      { selector: ".heading", style: { "background-opacity": 0, "font-weight": "bold", events: "no" } },
      { selector: "edge", style: { width: "data(w)", "curve-style": "haystack",
        "haystack-radius": 0, opacity: 0.75, events: "no", "overlay-opacity": 0 } },
      { selector: "edge.curved", style: { "curve-style": "unbundled-bezier",
        "control-point-weights": "data(weights)", "control-point-distances": "data(bends)",
        "edge-distances": "node-position", "source-endpoint": "data(from)", "target-endpoint": "0 0" } },
      ...Object.entries(looks.lines).map(([look, [colour, pattern]]) => ({
        selector: `edge[look = "${look}"]`, style: { "line-color": colour, ...dashed(pattern) } })),
      { selector: 'edge[look = "weight"]', style: { "line-color": "#6b7480", opacity: 0.3 } },
      { selector: ".faded", style: { opacity: 0.13 } },
      { selector: "edge.faded", style: { opacity: 0.04 } },
      { selector: "edge.focused", style: { opacity: 0.85, "z-index": 9 } },
      { selector: 'edge.focused[look = "weight"]', style: { opacity: 0.55, "line-color": "#005a8d" } },
      { selector: ".chosen, .pointed", style: { "border-width": 3, "border-color": "#005a8d",
        "border-style": "solid", "z-index": 10 } },
      { selector: ".disc.chosen, .disc.pointed", style: { "z-index": 0 } }, // its dots stay above
      { selector: ".gone", style: { display: "none" } },
    ];
  }

  const cy = cytoscape({ container: box, style: styles(), pixelRatio: 1, hideEdgesOnViewport: true,
    autoungrabify: true, boxSelectionEnabled: false, minZoom: 0.05, maxZoom: 8 });
  cellkgNetwork.cy = cy;

  function node([key, x, y, radius, label, size, side], disc) {
    const entity = N.named.get(key);
    const classes = entity.kind === "study" ? ["study", entity.origin]
      : [`kind-${entity.kind}`, `role-${entity.role ?? "one"}`];
    if (disc) classes.push("disc");
    else if (entity.role === "rest" || entity.role === "silent") classes.push("open");
    if (side) classes.push(side);
    const away = Math.max(14 - radius, 5) * (side === "left" ? -1 : 1);
    const data = { id: key, w: 2 * radius, away, kind: entity.kind };
    if (label) Object.assign(data, { label, size });
    return { group: "nodes", data, position: { x, y }, classes };
  }

  function heading([text, x, y, side], number) {
    return { group: "nodes", classes: ["heading", side], position: { x, y: y - 5 },
      data: { id: `h${number}`, w: 1, away: 0, label: text, size: 13, kind: kindOf.get(text) } };
  }

  /** A line: across columns an S that leaves and arrives level, within a column a bow beside it,
      within discs straight. */
  function edge(from, to, look, width, classes = [], label = 0) {
    const data = { source: from.key, target: to.key, look, w: width };
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    const near = Math.abs(dx) < 120;
    if (near && view.shown.discs) return { group: "edges", data, classes };
    const length = Math.hypot(dx, dy) || 1;
    const aside = -Math.min(110, 40 + Math.abs(dy) / 7);
    const turns = near ? [[aside, dy / 5], [aside, 4 * dy / 5]] : [[label + 0.3 * (dx - label), 0], [dx - 0.3 * (dx - label), dy]];
    Object.assign(data, {
      weights: turns.map(([x, y]) => (x * dx + y * dy) / length ** 2),
      bends: turns.map(([x, y]) => (y * dx - x * dy) / length),
      from: [label, 0],
    });
    return { group: "edges", data, classes: [...classes, "curved"] };
  }

  function marksOf(shown) {
    return new Map(shown.marks.map(([key, x, y]) => [key, { key, x, y }]));
  }

  /** Show all of the view, and no mark larger than it reads well. */
  function fit() {
    const nodes = cy.nodes().not(".gone");
    cy.fit(nodes, 18);
    if (cy.zoom() > 1.6) {
      cy.zoom(1.6);
      cy.center(nodes);
    }
  }

  function draw(name, shown) {
    const discs = new Map(shown.marks.slice(0, shown.discs).map(([key, , , radius]) => [key, radius]));
    view = { name, shown, discs, marks: marksOf(shown) };
    cursor = -1;
    const most = Math.max(1, ...shown.links.map((link) => link[3]));
    const lines = shown.links.map(([start, end, look, studies, label]) => edge(
      view.marks.get(start), view.marks.get(end), look,
      look === "weight" ? 0.8 + 13 * studies / most : 1.2, [], label ?? 0));
    cy.batch(() => {
      cy.elements().remove();
      cy.add([...shown.marks.map((mark, place) => node(mark, place < shown.discs)),
        ...shown.headings.map(heading), ...lines]);
    });
    view.most = most;
    filter();
    fit();
    for (const button of document.querySelectorAll("[data-view]")) {
      button.setAttribute("aria-pressed", String(button.dataset.view === name));
    }
    document.getElementById("view-notes").replaceChildren(
      ...shown.notes.map((note) => cellkgPage.element("li", note)));
  }

  /** Hide the kinds that are not checked. */
  function filter() {
    const kinds = cellkgPage.asked().allowed.get("kind");
    cy.batch(() => {
      cy.nodes().forEach((each) => each.toggleClass("gone", !kinds.has(each.data("kind"))));
      cy.edges('[look = "overlap"]').toggleClass("gone", !kinds.has("overlap"));
    });
  }

  /** The mark that stands for something in this view, if any does. */
  function markOf(entity) {
    return view.marks.get(entity.key) ?? (entity.group && view.marks.get(entity.group.key));
  }

  /** The lines of what is chosen, to all that this view has of its neighbours. */
  function linesOf(entity) {
    const own = markOf(entity);
    const lines = new Map();
    const disc = view.discs.get(own.key);
    const inside = (mark) => disc && Math.hypot(mark.x - own.x, mark.y - own.y) < disc;
    const add = (other, look, width) => {
      const mark = other && markOf(other);
      if (mark && mark !== own && !lines.has(mark.key) && !inside(mark)) {
        lines.set(mark.key, edge(own, mark, look, width, ["focused"]));
      }
    };
    if (view.name === "overview") {
      const studies = new Set(N.studiesOf(entity));
      const ownKind = entity.kind;
      for (const group of N.groups) {
        const number = group.studies.filter((study) => studies.has(study)).length;
        if (number && group.kind !== ownKind) add(group, "weight", 0.8 + 13 * number / view.most);
      }
      return [...lines.values()];
    }
    for (const relation of N.relationsOf(entity)) {
      add(entity.kind === "study" && relation.study === entity ? relation.thing : relation.study,
        N.lineOf(relation), 1.4);
    }
    if (entity.kind === "study") {
      for (const group of N.groups) {
        if (group.role === "silent" && group.studies.includes(entity)) add(group, "silent", 1.4);
      }
    } else if (entity.role === "silent") {
      for (const study of entity.studies) add(study, "silent", 1.2);
    }
    return [...lines.values()];
  }

  function focus(entity) {
    cy.batch(() => {
      cy.edges(".focused").remove();
      cy.elements().removeClass("faded chosen pointed");
    });
    const own = entity && markOf(entity);
    if (!own) return;
    cy.batch(() => {
      const lines = cy.add(linesOf(entity));
      const named = N.studiesOf(entity).map((study) => cy.getElementById(study.key));
      const near = lines.connectedNodes().union(cy.getElementById(own.key))
        .union(named.reduce((all, one) => all.merge(one), cy.collection()));
      cy.elements().not(near).not(lines).not(".heading").addClass("faded");
      if (view.shown.discs) near.filter(".study").forEach((study) => {
        const home = N.groups.find((group) => group.kind === N.kinds[0].id && group.studies.includes(N.named.get(study.id())) && view.marks.has(group.key));
        if (home) cy.getElementById(home.key).removeClass("faded");
      });
      cy.getElementById(own.key).addClass("chosen");
    });
    filter();
    const mark = cy.getElementById(own.key);
    const { x1, y1, x2, y2 } = cy.extent();
    const at = mark.position();
    if (at.x < x1 || at.x > x2 || at.y < y1 || at.y > y2) cy.center(mark);
  }

  /** Arrange what is chosen and its neighbours: studies in rows, things in columns by kind. */
  function neighbourhood(entity) {
    const marks = [[entity.key, 0, 0, 11, N.longLabel(entity), 14, "below"]];
    const headings = [];
    const links = [];
    if (entity.kind === "study") {
      const columns = [...N.kinds, { id: "overlap", plural: "possible overlaps" }].map((kind) => (
        [kind, entity.relations.filter((relation) => relation.kind === kind.id)]))
        .filter(([, found]) => found.length);
      const heights = { left: 0, right: 0 };
      const stacks = { left: [], right: [] };
      for (const column of columns) {
        const side = heights.left <= heights.right ? "left" : "right";
        stacks[side].push(column);
        heights[side] += 56 + 22 * column[1].length;
      }
      for (const side of ["left", "right"]) {
        const x = side === "left" ? -230 : 230;
        let y = -heights[side] / 2;
        for (const [kind, found] of stacks[side]) {
          headings.push([kind.plural, x, y + 16, side]);
          y += 40;
          for (const relation of found) {
            const other = N.shown(relation.study === entity ? relation.thing : relation.study);
            marks.push([other.key, x, y, 7, other.label, 12, side]);
            links.push([entity.key, other.key, N.lineOf(relation), 1]);
            y += 22;
          }
          y += 16;
        }
      }
    } else {
      const studies = N.studiesOf(entity);
      const look = new Map(N.relationsOf(entity).map((relation) => [relation.study, N.lineOf(relation)]));
      const rows = Math.min(studies.length, Math.max(16, Math.ceil(Math.sqrt(studies.length * 4.5))));
      studies.forEach((study, place) => {
        const x = 230 + 125 * Math.floor(place / rows);
        const y = 22 * (place % rows - (rows - 1) / 2);
        const name = study.label.length > 16 && studies.length > rows ? `${study.label.slice(0, 15)}…` : study.label;
        marks.push([study.key, x, y, 5, name, 12, "right"]);
        if (place < rows) links.push([entity.key, study.key, look.get(study) ?? "silent", 1]);
      });
    }
    const unique = [...new Map(marks.map((mark) => [mark[0], mark])).values()];
    const notes = ["Only what is chosen and what is right beside it; lines to the first column of studies stand for all."];
    return { name: "neighbourhood", marks: unique, headings, links, discs: 0, notes };
  }

  function show(name) {
    const chosen = N.chosen();
    if (name === "neighbourhood") {
      if (!chosen) {
        told.textContent = "Choose a mark first: its neighbourhood is then drawn alone.";
        return;
      }
      draw(name, neighbourhood(chosen));
      cy.getElementById(chosen.key).addClass("chosen");
      return;
    }
    draw(name, views.get(name));
    focus(chosen);
  }

  function describe(entity) {
    if (entity.kind === "study") return `study ${entity.label}: ${entity.title}`;
    const kind = N.kinds.find((each) => each.id === entity.kind).name;
    return `${kind} ${N.longLabel(entity)}: ${N.counted(N.studiesOf(entity).length, "study")}`;
  }

  function step(by) {
    const marks = cy.nodes().not(".heading, .gone");
    if (!marks.length) return;
    cursor = (cursor + by + marks.length) % marks.length;
    cy.nodes(".pointed").removeClass("pointed");
    const mark = marks[cursor];
    mark.addClass("pointed");
    const { x1, y1, x2, y2 } = cy.extent();
    const at = mark.position();
    if (at.x < x1 || at.x > x2 || at.y < y1 || at.y > y2) cy.center(mark);
    told.textContent = describe(N.named.get(mark.id()));
  }

  function zoom(by) {
    cy.zoom({ level: cy.zoom() * by, renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } });
  }

  const KEYS = {
    ArrowLeft: () => cy.panBy({ x: 60, y: 0 }), ArrowRight: () => cy.panBy({ x: -60, y: 0 }),
    ArrowUp: () => cy.panBy({ x: 0, y: 60 }), ArrowDown: () => cy.panBy({ x: 0, y: -60 }),
    "+": () => zoom(1.25), "=": () => zoom(1.25), "-": () => zoom(0.8), 0: fit,
    n: () => step(1), p: () => step(-1),
    Enter: () => { const [mark] = cy.nodes(".pointed"); if (mark) N.choose(N.named.get(mark.id())); },
    Escape: () => N.choose(null),
  };
  box.addEventListener("keydown", (event) => {
    if (!(event.key in KEYS) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    KEYS[event.key]();
  });
  for (const button of document.querySelectorAll("[data-view]")) {
    button.addEventListener("click", () => show(button.dataset.view));
  }
  for (const [name, act] of [["in", "+"], ["out", "-"], ["fit", "0"]]) {
    document.querySelector(`[data-zoom="${name}"]`).addEventListener("click", KEYS[act]);
  }
  cy.on("tap", "node", (event) => N.choose(N.named.get(event.target.id())));
  cy.on("tap", (event) => { if (event.target === cy) N.choose(null); });
  cy.on("mouseover", "node", (event) => {
    if (!event.target.hasClass("heading")) told.textContent = describe(N.named.get(event.target.id()));
  });
  N.whenChosen((entity) => {
    if (view.name === "neighbourhood" && entity) show("neighbourhood");
    else if (view.name === "neighbourhood") show(N.data.views[0].name);
    else if (entity && !markOf(entity) && views.has("studies")) show("studies");
    else focus(entity);
  });
  document.addEventListener("cellkg:filter", () => { if (view) filter(); });
  addEventListener("hashchange", N.chooseFromAddress);
  addEventListener("beforeprint", () => { cy.resize(); fit(); });

  show(N.data.views[0].name);
  N.chooseFromAddress();
  if (!N.chosen() && N.data.around && N.byId.has(N.data.around)) {
    N.choose(N.byId.get(N.data.around));
    cy.elements().removeClass("faded"); // the page is about it: nothing else steps back yet
  }
  document.documentElement.dataset.drawn = "yes";
})();
