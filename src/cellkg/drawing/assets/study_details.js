"use strict";
/* Shows studies with what is said of them, and the words behind it. */
const studyDetails = (() => {
  const { data, element } = cellkgPage;
  const place = document.getElementById("studies");
  const heading = document.getElementById("details-heading");

  function card(study) {
    const made = element("article", "", "study");
    made.append(element("h3", study.title, "title"));
    const command = element("p", `cellkg show ${study.name}`, "faint");
    made.append(command);
    if (!study.described) {
      made.append(element("p", "Only named in passing: no document here describes this study."));
    }
    const list = element("dl");
    for (const [name, value, words] of study.facts) {
      const told = element("dd", `${value} `);
      for (const [quote, status] of words) {
        told.append(element("span", quote, "words"), element("span", ` ${status} `, "faint"));
      }
      list.append(element("dt", name), told);
    }
    made.append(list);
    return made;
  }

  /** Show some studies, and bring the reader there. */
  function show(title, studies, note = "") {
    heading.textContent = title;
    place.replaceChildren(...(note ? [element("p", note)] : []), ...studies.map((each) => card(data.studies[each])));
    document.getElementById("details").focus();
  }

  for (const button of document.querySelectorAll("[data-study]")) {
    button.addEventListener("click", () => show("What the sources say", [Number(button.dataset.study)]));
  }
  return { show };
})();
