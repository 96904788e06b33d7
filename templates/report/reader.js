// @ts-check
"use strict";

/**
 * Two texts side by side. A text is taken from the page when it is asked for, and passages
 * are drawn into it by their places in its visible text, in units of UTF-16.
 */
const reader = (() => {
  /**
   * A passage as it lies in the page: both documents counted from zero, each with start and
   * end, then kind, score, and start and end of every mark on both sides, counted from the
   * start of the passage.
   * @typedef {[number, number, number, number, number, number, number, number, number[]]} Row
   *
   * One side of a passage.
   * @typedef {{start: number, end: number, marks: [number, number][]}} Side
   *
   * A passage of the two texts that are open.
   * @typedef {{kind: number, score: number, sides: [Side, Side]}} Passage
   *
   * @typedef {{left: number, right: number, kinds: string[], rule: string, see: string[], at: number}} Choice
   */

  const KINDS = ["verbatim", "near-verbatim", "obfuscated", "summary", "paraphrase"];
  const PARAPHRASE = 4;
  const SVG = "http://www.w3.org/2000/svg";

  /**
   * An element that the page is known to have.
   * @param {string} id
   */
  const element = (id) => {
    const found = document.getElementById(id);
    if (!found) throw new Error(`no element ${id}`);
    return found;
  };

  const form = /** @type {HTMLFormElement} */ (element("choice"));
  const panes = [element("pane-left"), element("pane-right")];
  const names = [element("name-left"), element("name-right")];
  const maps = [element("map-left"), element("map-right")];

  /** @type {Row[] | undefined} */
  let rows;
  /** @type {Passage[]} The passages that are shown, in the order of the left text. */
  let passages = [];
  /** The passage that was gone to, or -1. */
  let current = -1;
  /** What is drawn, so that it is not drawn again for every step. */
  let drawn = "";

  /** All passages of the page. @returns {Row[]} */
  const all = () => (rows ??= /** @type {Row[]} */ (JSON.parse(element("passages").textContent ?? "[]")));

  /** The two documents with most passages, to begin with. @returns {[number, number]} */
  const richest = () => {
    /** @type {Map<string, number>} */
    const counts = new Map();
    for (const row of all()) counts.set(`${row[0]} ${row[3]}`, (counts.get(`${row[0]} ${row[3]}`) ?? 0) + 1);
    const [best] = [...counts].sort((one, other) => other[1] - one[1]);
    const [left, right] = best ? best[0].split(" ").map(Number) : [0, 1];
    return [left + 1, right + 1];
  };

  /**
   * The passages of two documents, each with the side of the first one first.
   * @param {number} left
   * @param {number} right
   * @returns {Passage[]}
   */
  const between = (left, right) => {
    const found = [];
    for (const [one, oneStart, oneEnd, other, otherStart, otherEnd, kind, score, marks] of all()) {
      const turned = one === right - 1 && other === left - 1;
      if (!turned && (one !== left - 1 || other !== right - 1)) continue;
      /** @type {[Side, Side]} */
      const sides = [
        { start: oneStart, end: oneEnd, marks: marksOf(marks, 0) },
        { start: otherStart, end: otherEnd, marks: marksOf(marks, 2) },
      ];
      if (turned && left !== right) sides.reverse();
      found.push({ kind, score, sides });
    }
    return found.sort((one, other) => one.sides[0].start - other.sides[0].start);
  };

  /**
   * Every second pair of numbers.
   * @param {number[]} marks
   * @param {number} from
   * @returns {[number, number][]}
   */
  const marksOf = (marks, from) => {
    /** @type {[number, number][]} */
    const found = [];
    for (let at = from; at < marks.length; at += 4) {
      if (marks[at] < marks[at + 1]) found.push([marks[at], marks[at + 1]]);
    }
    return found;
  };

  /**
   * A text out of the page, without what links it to others.
   * @param {number} number
   */
  const text = (number) => {
    const copy = /** @type {HTMLElement} */ (element(`text-${number}`).cloneNode(true));
    copy.removeAttribute("id");
    for (const extra of copy.querySelectorAll(".ref, .margin")) extra.remove();
    for (const sentence of copy.querySelectorAll("span[id]")) {
      sentence.setAttribute("data-sentence", sentence.id);
      sentence.removeAttribute("id");
      sentence.removeAttribute("class");
    }
    return copy;
  };

  /**
   * Puts elements around stretches of a text.
   * @param {HTMLElement} root
   * @param {{start: number, end: number, make: (isFirst: boolean) => HTMLElement}[]} stretches outer before inner
   */
  const wrap = (root, stretches) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const nodes = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) nodes.push(/** @type {Text} */ (node));
    const begun = new Set();
    let offset = 0;
    for (const node of nodes) {
      const [from, until] = [offset, offset + node.data.length];
      offset = until;
      const here = stretches.filter((one) => one.start < until && one.end > from);
      if (!here.length) continue;
      const cuts = new Set([from, until]);
      for (const { start, end } of here) for (const cut of [start, end]) if (cut > from && cut < until) cuts.add(cut);
      const ends = [...cuts].sort((one, other) => one - other);
      const pieces = ends.slice(1).map((end, at) => {
        /** @type {Node} */
        let piece = document.createTextNode(node.data.slice(ends[at] - from, end - from));
        for (const stretch of here.filter((one) => one.start < end && one.end > ends[at]).reverse()) {
          const around = stretch.make(!begun.has(stretch));
          begun.add(stretch);
          around.append(piece);
          piece = around;
        }
        return piece;
      });
      node.replaceWith(...pieces);
    }
  };

  /**
   * Draws one text with its passages.
   * @param {0 | 1} side
   * @param {number} number
   */
  const draw = (side, number) => {
    const copy = text(number);
    const stretches = passages.flatMap((passage, index) => {
      const { start, end, marks } = passage.sides[side];
      const own = { start, end, make: (/** @type {boolean} */ isFirst) => passageMark(index, isFirst) };
      const inner = marks.map(([from, until]) => ({ start: start + from, end: start + until, make: () => wordMark(passage, side) }));
      return [own, ...inner];
    });
    wrap(copy, stretches);
    // A button holds no other one: of passages that begin in one word the innermost is pressed,
    // and the others are gone to by the list and the keys.
    for (const mark of copy.querySelectorAll("[role=button]:has([role=button])")) {
      mark.removeAttribute("role");
      mark.removeAttribute("tabindex");
    }
    panes[side].replaceChildren(copy);
    panes[side].scrollTop = 0;
    const title = element(`doc-${number}`).querySelector("h3");
    names[side].textContent = title?.textContent ?? String(number);
    minimap(side, copy.textContent?.length || 1);
  };

  /**
   * The element around a part of a passage; its first one is a button.
   * @param {number} index
   * @param {boolean} isFirst
   */
  const passageMark = (index, isFirst) => {
    const mark = document.createElement("mark");
    mark.className = `passage k ${KINDS[passages[index].kind]}`;
    mark.dataset.passage = String(index);
    if (isFirst) {
      mark.tabIndex = 0;
      mark.setAttribute("role", "button");
      mark.dataset.number = String(index + 1);
      mark.title = `${index + 1}: ${KINDS[passages[index].kind]}, ${passages[index].score} %`;
    }
    return mark;
  };

  /**
   * The element around a word that differs, or that answers to one on the other side.
   * @param {Passage} passage
   * @param {0 | 1} side
   */
  const wordMark = (passage, side) => {
    const mark = document.createElement(passage.kind === PARAPHRASE ? "span" : side ? "ins" : "del");
    if (passage.kind === PARAPHRASE) mark.className = "word";
    return mark;
  };

  /**
   * A strip beside a text that shows where its passages are.
   * @param {0 | 1} side
   * @param {number} length
   */
  const minimap = (side, length) => {
    const strip = document.createElementNS(SVG, "svg");
    strip.setAttribute("viewBox", `0 0 10 ${length}`);
    strip.setAttribute("preserveAspectRatio", "none");
    strip.setAttribute("aria-hidden", "true");
    passages.forEach((passage, index) => {
      const { start, end } = passage.sides[side];
      const box = document.createElementNS(SVG, "rect");
      const kind = passage.kind;
      // Kinds differ in place as well as in colour.
      for (const [key, value] of Object.entries({ x: kind * 2, y: start, width: 2, height: Math.max(end - start, length / 150) })) {
        box.setAttribute(key, String(value));
      }
      box.setAttribute("class", KINDS[kind]);
      box.addEventListener("click", () => step(index));
      strip.append(box);
    });
    const seen = document.createElementNS(SVG, "rect");
    seen.setAttribute("class", "seen");
    seen.setAttribute("width", "10");
    strip.append(seen);
    maps[side].replaceChildren(strip);
    look(side);
  };

  /**
   * Shows in the strip beside a text which part of it is seen.
   * @param {number} side
   */
  const look = (side) => {
    const strip = maps[side].querySelector("svg");
    const { scrollTop, scrollHeight, clientHeight } = panes[side];
    if (!strip || !scrollHeight) return;
    const length = strip.viewBox.baseVal.height / scrollHeight;
    const seen = strip.lastElementChild;
    seen?.setAttribute("y", String(scrollTop * length));
    seen?.setAttribute("height", String(clientHeight * length));
  };

  /** The findings that show both texts. @param {Choice} choice */
  const findingsOn = (choice) => {
    const both = [String(choice.left), String(choice.right)];
    const all = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("#finding-list > .finding"));
    return [...all].filter((one) => {
      const shown = (one.dataset.docs ?? "").split(" ");
      return both.every((number) => shown.includes(number)) && (!choice.rule || one.dataset.rule === choice.rule);
    });
  };

  /**
   * The sentences that a finding shows.
   * @param {Element} finding
   */
  const sentencesOf = (finding) => [...finding.querySelectorAll(".at a")].map((link) => (link.getAttribute("href") ?? "").slice(1));

  /**
   * Whether a passage touches one of these sentences.
   * @param {Passage} passage
   * @param {Choice} choice
   * @param {Set<string>} sentences
   */
  const touches = (passage, choice, sentences) => [choice.left, choice.right].some((number, side) => {
    const { start, end } = passage.sides[side];
    return places(number).some(({ id, from, until }) => from < end && until > start && sentences.has(id));
  });

  /** @type {Map<number, {id: string, from: number, until: number}[]>} */
  const known = new Map();

  /**
   * Where the sentences of a document lie in its visible text.
   * @param {number} number
   */
  const places = (number) => {
    const before = known.get(number);
    if (before) return before;
    let offset = 0;
    /** @type {{id: string, from: number, until: number}[]} */
    const found = [];
    const walk = (/** @type {Node} */ node) => {
      if (node instanceof Text) offset += node.data.length;
      else if (node instanceof HTMLElement && node.dataset.sentence) {
        const from = offset;
        node.childNodes.forEach(walk);
        found.push({ id: node.dataset.sentence, from, until: offset });
      } else node.childNodes.forEach(walk);
    };
    walk(text(number));
    known.set(number, found);
    return found;
  };

  /** Lists the findings that show both texts. @param {Choice} choice */
  const list = (choice) => {
    const items = findingsOn(choice).map((finding) => {
      const [item, link] = [document.createElement("li"), document.createElement("a")];
      link.href = `#${finding.id}`;
      link.textContent = `${finding.dataset.severity} ${finding.dataset.rule}`;
      item.className = finding.dataset.severity ?? "";
      item.append(link, ` ${finding.querySelector(".message")?.textContent ?? ""}`);
      return item;
    });
    if (!items.length) {
      const none = document.createElement("li");
      none.textContent = "none";
      items.push(none);
    }
    element("both").replaceChildren(...items);
  };

  /**
   * Where a passage begins in a pane, in pixels from its top.
   * @param {number} side
   * @param {number} index
   */
  const top = (side, index) => {
    const mark = panes[side].querySelector(`[data-passage="${index}"]`);
    return mark ? mark.getBoundingClientRect().top - panes[side].getBoundingClientRect().top + panes[side].scrollTop : 0;
  };

  /**
   * Goes to a passage: on both sides at the same height.
   * @param {number} index
   */
  const step = (index) => {
    if (!passages.length) return;
    current = (index + passages.length) % passages.length;
    for (const side of [0, 1]) {
      panes[side].querySelectorAll("[aria-current]").forEach((mark) => mark.removeAttribute("aria-current"));
      panes[side].querySelectorAll(`[data-passage="${current}"]`).forEach((mark) => mark.setAttribute("aria-current", "true"));
      follow(side, top(side, current) - panes[side].clientHeight / 4);
    }
    hold(-1);
    tell();
    keep();
  };

  /** Says which passage was gone to. */
  const tell = () => {
    const count = `${passages.length} passage${passages.length === 1 ? "" : "s"}`;
    const passage = passages[current];
    element("where").textContent = passage ? `${current + 1} of ${count}: ${KINDS[passage.kind]}, ${passage.score} %` : count;
  };

  /** The side that leads, until when the other one only follows; -1 is none. @type {{side: number, until: number}} */
  const lead = { side: 0, until: 0 };

  /**
   * Scrolls a pane without leading the other one.
   * @param {number} side
   * @param {number} to
   */
  const follow = (side, to) => {
    hold(1 - side);
    panes[side].scrollTop = to;
  };

  /**
   * Lets one side lead for a moment, in which what follows from it is scrolled.
   * @param {number} side
   */
  const hold = (side) => {
    lead.side = side;
    lead.until = performance.now() + 150;
  };

  /** The passages that stand in one order on both sides. @returns {number[]} */
  const ordered = () => {
    /** @type {number[][]} */
    const best = [];
    passages.forEach((passage, index) => {
      const before = best.filter((chain) => passages[chain[chain.length - 1]].sides[1].end <= passage.sides[1].start);
      const longest = before.reduce((one, other) => (other.length > one.length ? other : one), /** @type {number[]} */ ([]));
      best.push([...longest, index]);
    });
    return best.reduce((one, other) => (other.length > one.length ? other : one), []);
  };

  /** @type {number[]} */
  let chain = [];

  /**
   * Scrolls the other pane to where the passages around the middle of this one stand.
   * @param {number} side
   */
  const scrolled = (side) => {
    const together = /** @type {HTMLInputElement} */ (form.elements.namedItem("together")).checked;
    if (!together || lead.side !== side && performance.now() < lead.until) return;
    const [own, other] = [panes[side], panes[1 - side]];
    const eye = own.clientHeight / 4;
    const points = [[0, 0], ...chain.map((index) => [top(side, index), top(1 - side, index)]), [own.scrollHeight, other.scrollHeight]];
    const at = own.scrollTop + eye;
    const after = points.findIndex(([place]) => place > at);
    const [low, high] = after > 0 ? [points[after - 1], points[after]] : [points[points.length - 2], points[points.length - 1]];
    const share = high[0] > low[0] ? (at - low[0]) / (high[0] - low[0]) : 0;
    follow(1 - side, low[1] + share * (high[1] - low[1]) - eye);
  };

  /** What is chosen in the form. @returns {Choice} */
  const chosen = () => {
    const data = new FormData(form);
    return {
      left: Number(data.get("left")),
      right: Number(data.get("right")),
      kinds: data.getAll("kind").map(String),
      rule: String(data.get("rule") ?? ""),
      see: [],
      at: current,
    };
  };

  /** Puts the choice into the address, so that it is a link. */
  const keep = () => {
    const { left, right, kinds, rule, at } = chosen();
    const settings = new URLSearchParams({ left: String(left), right: String(right) });
    if (kinds.length < KINDS.length) settings.set("kinds", kinds.join(" "));
    if (rule) settings.set("rule", rule);
    if (at >= 0) settings.set("at", String(at + 1));
    history.replaceState(null, "", `#reader?${settings}`);
  };

  /**
   * Draws both texts with the passages that were chosen.
   * @param {Choice} choice
   */
  const show = (choice) => {
    const { left, right, kinds, rule } = choice;
    const state = JSON.stringify([left, right, kinds, rule]);
    if (state !== drawn) {
      const sentences = new Set(findingsOn(choice).flatMap(sentencesOf));
      const wanted = (/** @type {Passage} */ passage) =>
        kinds.includes(KINDS[passage.kind]) && (!rule || touches(passage, choice, sentences));
      passages = between(left, right).filter(wanted);
      chain = ordered();
      current = -1;
      draw(0, left);
      draw(1, right);
      hold(-1);
      list(choice);
      drawn = state;
    }
    tell();
    if (choice.at >= 0) step(choice.at);
    see(choice.see);
  };

  /**
   * Shows the first of these sentences on each side.
   * @param {string[]} sentences
   */
  const see = (sentences) => {
    for (const side of [0, 1]) {
      panes[side].querySelectorAll(".at-place").forEach((one) => one.classList.remove("at-place"));
      const found = sentences.map((id) => panes[side].querySelector(`[data-sentence="${CSS.escape(id)}"]`)).find(Boolean);
      if (!found) continue;
      found.classList.add("at-place");
      const place = found.getBoundingClientRect().top - panes[side].getBoundingClientRect().top;
      follow(side, panes[side].scrollTop + place - panes[side].clientHeight / 4);
    }
    if (sentences.length) hold(-1);
  };

  /**
   * Sets the form and shows what the address asks for.
   * @param {URLSearchParams} settings
   */
  const open = (settings) => {
    const count = /** @type {HTMLSelectElement} */ (form.elements.namedItem("left")).options.length;
    const number = (/** @type {string} */ key) => {
      const value = Number(settings.get(key));
      return Number.isInteger(value) && value >= 1 && value <= count ? value : 0;
    };
    const [first, second] = number("left") && number("right") ? [number("left"), number("right")] : richest();
    const kinds = settings.get("kinds")?.split(" ") ?? KINDS;
    const fields = { left: first, right: Math.min(second, count), rule: settings.get("rule") ?? "" };
    for (const [key, value] of Object.entries(fields)) {
      /** @type {HTMLSelectElement} */ (form.elements.namedItem(key)).value = String(value);
    }
    for (const box of /** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll("[name=kind]"))) {
      box.checked = kinds.includes(box.value);
    }
    if (!count) return;
    show({ ...chosen(), see: settings.get("see")?.split(" ") ?? [], at: number("at") || Number(settings.get("at") ?? 0) > 0 ? Number(settings.get("at")) - 1 : -1 });
  };

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", () => {
    show({ ...chosen(), at: -1 });
    keep();
  });
  element("previous").addEventListener("click", () => step(current < 0 ? -1 : current - 1));
  element("next").addEventListener("click", () => step(current + 1));
  panes.forEach((pane, side) => {
    pane.addEventListener("scroll", () => {
      look(side);
      scrolled(side);
    }, { passive: true });
    const go = (/** @type {Event} */ event) => {
      const mark = event.target instanceof Element ? /** @type {HTMLElement | null} */ (event.target.closest("[data-passage]")) : null;
      if (mark) step(Number(mark.dataset.passage));
    };
    pane.addEventListener("click", go);
    pane.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      if (event.target instanceof Element && event.target.closest("[data-number]")) {
        event.preventDefault();
        go(event);
      }
    });
  });
  addEventListener("keydown", (event) => {
    const isTyping = event.target instanceof Element && event.target.closest("input:not([type=checkbox]), select, textarea");
    if (element("reader").hidden || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "n") step(current + 1);
    if (event.key === "p") step(current < 0 ? -1 : current - 1);
  });

  return { open };
})();
