"use strict";
/* The cells of the map: what they lead to, the arrow keys, and what is left of them when filtered. */
(() => {
  const { data } = cellkgPage;
  const map = document.getElementById("map");
  const buttons = [...map.querySelectorAll("button[data-cell]")];
  const place = (button) => button.dataset.cell.split(",").map(Number);
  const studiesOf = (button) => [...new Set(data.cells[button.dataset.cell].flat())];
  const hidden = new Set();
  const said = new Map(buttons.map((each) => [each, each.querySelector(".studies").textContent]));

  function choose(button) {
    for (const each of buttons) each.removeAttribute("aria-pressed");
    button.setAttribute("aria-pressed", "true");
    const [row, column] = place(button);
    const name = (header) => header.querySelector("bdi").textContent;
    const rowName = name(map.tBodies[0].rows[row].cells[0]);
    const columnName = name(map.tHead.rows[0].cells[column + 1]);
    const all = studiesOf(button);
    const left = all.filter((study) => !hidden.has(study));
    const note = left.length < all.length ? `${all.length - left.length} more are hidden by the search or a filter.` : "";
    studyDetails.show(`${rowName} · ${columnName}: ${left.length === 1 ? "1 study" : `${left.length} studies`}`, left, note);
  }

  /** Only one cell can be reached by Tab; the arrow keys move on from there. */
  function reach(button, focus = true) {
    for (const each of buttons) each.tabIndex = each === button ? 0 : -1;
    if (focus) button.focus();
  }

  function next(button, down, right) {
    const [row, column] = place(button);
    const ahead = buttons.filter((each) => {
      const [toRow, toColumn] = place(each);
      return down ? toColumn === column && (toRow - row) * down > 0 : toRow === row && (toColumn - column) * right > 0;
    });
    return down + right > 0 ? ahead[0] : ahead[ahead.length - 1];
  }

  const steps = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] };
  for (const button of buttons) {
    button.addEventListener("click", () => { reach(button, false); choose(button); });
    button.addEventListener("keydown", (event) => {
      if (!(event.key in steps)) return;
      event.preventDefault();
      const found = next(button, ...steps[event.key]);
      if (found) reach(found);
    });
  }
  if (buttons.length) reach(buttons[0], false);

  document.addEventListener("cellkg:filter", () => {
    hidden.clear();
    for (const row of document.querySelectorAll("[data-item]")) {
      if (row.hidden) hidden.add(Number(row.dataset.item));
    }
    for (const button of buttons) {
      const bubbles = data.cells[button.dataset.cell];
      for (const drawn of button.querySelectorAll("svg > g")) {
        const studies = bubbles[Number(drawn.dataset.bubble)];
        drawn.toggleAttribute("hidden", studies.every((study) => hidden.has(study)));
      }
      const all = studiesOf(button);
      const left = all.filter((study) => !hidden.has(study)).length;
      button.classList.toggle("none", left === 0);
      button.querySelector(".studies").textContent = left === all.length ? said.get(button) : `${left} of ${said.get(button)}`;
    }
  });
})();
