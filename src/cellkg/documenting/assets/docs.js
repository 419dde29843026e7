"use strict";
/* Search: on the first page over everything, on the others over the entries of the page. */
(() => {
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const wordsOf = (text) => fold(text).split(/\s+/).filter(Boolean);
  const SHOWN = 60;

  const everything = document.getElementById("everything");
  if (everything) {
    const entries = JSON.parse(document.getElementById("entries").textContent).map(
      ([label, kind, address, names]) =>
        ({ label, kind, address, names, folded: fold(label), all: fold([label, ...names].join("\n")) }));
    const results = document.getElementById("results");
    const found = document.getElementById("found");
    const rank = (entry, text) =>
      entry.folded === text ? 0 : entry.all.split("\n").includes(text) ? 1
        : entry.folded.startsWith(text) ? 2 : entry.folded.includes(text) ? 3 : 4;
    const show = () => {
      const text = fold(everything.value.trim());
      const words = wordsOf(everything.value);
      results.replaceChildren();
      if (!words.length) { found.textContent = ""; return; }
      const hits = entries.filter((entry) => words.every((word) => entry.all.includes(word)));
      const ranked = hits.map((entry, place) => [rank(entry, text), place, entry])
        .sort((one, other) => one[0] - other[0] || one[1] - other[1]);
      for (const [, , entry] of ranked.slice(0, SHOWN)) {
        const item = document.createElement("li");
        const link = document.createElement("a");
        link.href = entry.address;
        link.textContent = entry.label;
        const kind = document.createElement("span");
        kind.className = "faint";
        const name = entry.folded.includes(words[0]) ? ""
          : entry.names.find((each) => fold(each).includes(words[0])) ?? "";
        kind.textContent = ` ${entry.kind}${name ? `: ${name}` : ""}`;
        item.append(link, kind);
        results.append(item);
      }
      const rest = ranked.length - SHOWN;
      found.textContent = ranked.length === 0 ? "Nothing is called so."
        : rest > 0 ? `${ranked.length} found; the first ${SHOWN} are listed.` : `${ranked.length} found`;
    };
    everything.addEventListener("input", show);
    if (everything.value) show();
  }

  const search = document.getElementById("search");
  if (search) {
    /* What an entry says of others is theirs: fever is no hit for all that is beside it. */
    const own = "h2, h3, p, pre, table, dl > div:not(.others)";
    const entries = [...document.querySelectorAll(".entry")].map((element) => ({
      element,
      text: fold([...element.querySelectorAll(own)].map((each) => each.textContent).join("\n")),
    }));
    const sections = [...document.querySelectorAll(".entries > section")];
    const items = [...document.querySelectorAll(".contents li[data-for]")];
    const shown = document.getElementById("shown");
    const narrow = () => {
      const words = wordsOf(search.value);
      const kept = new Set();
      for (const { element, text } of entries) {
        const fits = words.every((word) => text.includes(word));
        element.hidden = !fits;
        if (fits) kept.add(element.id);
      }
      for (const section of sections) {
        const within = [...section.querySelectorAll(".entry")];
        section.hidden = within.length ? within.every((each) => each.hidden) : words.length > 0;
      }
      for (const item of items) {
        const below = [...item.querySelectorAll("li[data-for]")];
        item.hidden = ![item, ...below].some((each) => kept.has(each.dataset.for));
      }
      shown.textContent = words.length ? `${kept.size} of ${entries.length} shown` : "";
    };
    search.addEventListener("input", narrow);
    const arrive = () => {
      let name = "";
      try { name = decodeURIComponent(location.hash.slice(1)); } catch { return; }
      const target = name && document.getElementById(name);
      if (target && target.closest("[hidden]")) {
        search.value = "";
        narrow();
        target.scrollIntoView();
      }
      show(items.find((item) => item.dataset.for === name));
    };
    /* Show in the list or tree where the reader is, without moving the page. */
    const contents = document.querySelector(".contents");
    const show = (item) => {
      contents.querySelector("[aria-current]")?.removeAttribute("aria-current");
      if (!item) return;
      item.querySelector("a").setAttribute("aria-current", "location");
      for (let each = item.parentElement; each !== contents; each = each.parentElement) {
        if (each.tagName === "DETAILS") each.open = true;
      }
      const moved = item.getBoundingClientRect().top - contents.getBoundingClientRect().top;
      contents.scrollTop += moved - contents.clientHeight / 2;
    };
    addEventListener("hashchange", arrive);
    if (matchMedia("(max-width: 60rem)").matches) {
      contents.removeAttribute("open");
    }
    if (search.value) narrow();
    arrive();
  }

  const field = everything ?? search;
  addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select");
    if (event.key === "/" && field && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      field.focus();
    }
  });
  addEventListener("beforeprint", () => {
    for (const each of document.querySelectorAll("article details")) each.open = true;
  });
})();
