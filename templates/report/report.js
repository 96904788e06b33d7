// @ts-check
"use strict";
(() => {
  /** The views by the names that addresses have for them. */
  const views = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".view")]);

  /**
   * An element that the page is known to have.
   * @param {string} id
   * @returns {HTMLElement}
   */
  const element = (id) => {
    const found = document.getElementById(id);
    if (!found) throw new Error(`no element ${id}`);
    return found;
  };

  /**
   * The address after the `#`: a name, and settings behind a `?`.
   * @returns {{name: string, settings: URLSearchParams}}
   */
  const address = () => {
    const [name, settings] = location.hash.slice(1).split("?", 2);
    return { name: decodeURIComponent(name || "overview"), settings: new URLSearchParams(settings || "") };
  };

  /**
   * Shows one view and hides the others.
   * @param {HTMLElement} shown
   */
  const show = (shown) => {
    for (const view of views) view.hidden = view !== shown;
    for (const link of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("nav a"))) {
      link.removeAttribute("aria-current");
      if (link.getAttribute("href") !== `#${shown.id}`) continue;
      link.setAttribute("aria-current", "page");
      // On a narrow screen the links do not all fit.
      const nav = /** @type {HTMLElement} */ (link.closest("nav"));
      nav.scrollLeft = link.offsetLeft - nav.offsetLeft - 24;
    }
  };

  /** Goes where the address says. */
  const go = () => {
    const { name, settings } = address();
    const target = document.getElementById(name);
    const view = /** @type {HTMLElement | null} */ (target ? target.closest(".view") : null) || views[0];
    show(view);
    if (view.id === "findings") filter(settings, target !== view);
    if (view.id === "reader") reader.open(settings);
    if (!target || target === view) {
      scrollTo(0, 0);
      return;
    }
    for (let box = target.closest("details"); box; box = box.parentElement?.closest("details") ?? null) box.open = true;
    target.scrollIntoView();
  };

  /* Findings */

  const form = /** @type {HTMLFormElement} */ (element("filters"));
  const findings = /** @type {HTMLElement[]} */ ([...element("finding-list").children]);

  /** What the filters are set to, without what is at rest. @returns {URLSearchParams} */
  const chosen = () => {
    const data = new FormData(form);
    const settings = new URLSearchParams();
    const levels = data.getAll("severity").map(String);
    if (levels.length < 3) settings.set("severity", levels.join(" "));
    for (const key of ["rule", "doc", "q"]) {
      const value = String(data.get(key) ?? "").trim();
      if (value) settings.set(key, value);
    }
    return settings;
  };

  /**
   * Sets the filters and shows the findings that pass; all, when one is linked to.
   * @param {URLSearchParams} settings
   * @param {boolean} all
   */
  const filter = (settings, all) => {
    const levels = settings.get("severity")?.split(" ") ?? ["error", "warning", "note"];
    for (const box of /** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll("[name=severity]"))) {
      box.checked = levels.includes(box.value);
    }
    for (const key of ["rule", "doc", "q"]) {
      const field = /** @type {HTMLInputElement} */ (form.elements.namedItem(key));
      const value = settings.get(key) ?? "";
      if (field.value.trim() !== value) field.value = value;
    }
    const words = (settings.get("q") ?? "").toLocaleLowerCase();
    const [rule, doc] = [settings.get("rule"), settings.get("doc")];
    let count = 0;
    for (const finding of findings) {
      const { severity, rule: code, docs } = finding.dataset;
      const passes = all || levels.includes(severity ?? "") && (!rule || rule === code)
        && (!doc || (docs ?? "").split(" ").includes(doc))
        && (!words || (finding.textContent ?? "").toLocaleLowerCase().includes(words));
      finding.hidden = !passes;
      count += Number(passes);
    }
    element("shown").textContent = `${count} of ${findings.length}`;
  };

  /** Puts what the filters are set to into the address, so that it is a link. */
  const filtered = () => {
    const settings = chosen().toString();
    history.replaceState(null, "", settings ? `#findings?${settings}` : "#findings");
    filter(chosen(), false);
  };

  form.addEventListener("input", filtered);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(filtered));
  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("a[href='#findings'][data-doc]"))) {
    link.href = `#findings?doc=${link.dataset.doc}`;
  }

  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("a[href='#reader'][data-left]"))) {
    const { left = "", right = "" } = link.dataset;
    const settings = new URLSearchParams({ left, right });
    const places = link.closest(".finding")?.querySelectorAll(".at a") ?? [];
    const see = [...places].map((place) => (place.getAttribute("href") ?? "").slice(1));
    if (see.length) settings.set("see", see.join(" "));
    link.href = `#reader?${settings}`;
  }

  /* Figures */

  const differing = /** @type {HTMLInputElement | null} */ (document.getElementById("differing"));
  differing?.addEventListener("change", () => {
    for (const row of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".matrix tbody tr, .fact"))) {
      row.hidden = differing.checked && !row.classList.contains("differs");
    }
  });

  document.documentElement.classList.add("scripted");
  addEventListener("hashchange", go);
  go();
})();
