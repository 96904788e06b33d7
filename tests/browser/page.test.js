// The page of `provenance report`, opened in headless Chromium and used as a reader would:
// every view, the filters, the links, the reader side by side; with and without scripts,
// light and dark, wide and narrow. No test waits for a clock; sizes are asserted, times told.
//
// In:  PROVENANCE, the program; CHROMIUM, the browser; GOLD, a folder of articles, if any.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import puppeteer from "puppeteer-core";

const root = resolve(import.meta.dirname, "../..");
const program = resolve(process.env.PROVENANCE ?? join(root, "target/release/provenance"));
const chromium = process.env.CHROMIUM ?? "/usr/bin/chromium";
const gold = process.env.GOLD;
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const MEGABYTE = 1_000_000;

/** Words that would act, hide or end something, if a page let them. */
const HOSTILE = "</title></style><script>globalThis.acted = true</script><img src=x onerror='acted=true'> &amp; \"q\" \u202egpj\u200b";

let browser;
let folder;
/** The pages by name. */
const pages = {};

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "page-"));
  const write = (name, cwd, args) => {
    const output = join(folder, `${name}.html`);
    execFileSync(program, ["report", "-o", output, ...args], { cwd, stdio: "pipe" });
    pages[name] = output;
  };
  write("corpus", root, []);
  write("draft", root, ["drafts/weekend-explainer.md"]);
  for (const [name, words] of [["a.txt", "29"], [`<img src=x>\u202e&.txt`, "38"]]) {
    const said = `“${HOSTILE} is what we stand for today,” said Dana Ruiz.`;
    const body = `The two ports signed ${words} agreements worth $17 million at a short ceremony on Thursday.`;
    writeFileSync(join(folder, name), `${HOSTILE}\n\n${said}\n\n${body}\n`);
  }
  write("hostile", folder, ["a.txt", `<img src=x>\u202e&.txt`]);
  const many = Array.from({ length: 200 }, (_, index) => story(index));
  many.forEach((text, index) => writeFileSync(join(folder, `many-${index}.txt`), text));
  write("many", folder, many.map((_, index) => `many-${index}.txt`));
  if (gold) {
    const articles = readdirSync(gold).filter((name) => name.endsWith(".txt"));
    write("articles", gold, ["--published", "2025-11-07", ...articles]);
  }
  browser = await puppeteer.launch({ executablePath: chromium, args: ["--no-sandbox"] });
});

after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

/**
 * A story of some 450 words, ten to an event: nine of its twelve paragraphs are its own, one
 * every other story of the event has too, and two differ between them in a figure.
 */
function story(index) {
  const event = Math.floor(index / 10);
  const parts = ["bar", "den", "fol", "gri", "hul", "kes", "lom", "mar", "nev", "pol", "rus", "sten", "tor", "vil", "wen", "yor"];
  let state = 7919 * (index + 1);
  const pick = (limit) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % limit;
  };
  const word = () => Array.from({ length: 2 + pick(2) }, () => parts[pick(parts.length)]).join("");
  const small = ["the", "of", "to", "and", "in", "for", "with", "on"];
  const sentence = () => `The ${Array.from({ length: 18 }, (_, at) => (at % 2 ? small[pick(small.length)] : word())).join(" ")} ${word()}.`;
  const own = Array.from({ length: 9 }, () => `${sentence()} ${sentence()}`);
  const port = `${parts[event % 16]}${parts[(event * 5 + 3) % 16]}ton`;
  const told = [
    `The ${port} authority signed ${20 + event + (index % 3)} contracts worth $${event + 3} million on Thursday after talks that had lasted most of the winter.`,
    `Its chairman in ${port} expects ${100 + event + (index % 4)} ships a month once the northern quay is open again.`,
  ];
  const shared = `Divers of the ${port} authority found ${port} piles that nobody had looked at since the quay was built, and closed it to all heavy traffic the same evening.`;
  return [`${port} signs, story ${index}`, ...told, index % 2 ? shared : own[0], ...own.slice(1)].join("\n\n");
}

/**
 * Opens a page and lets `use` work with it; then nothing may have been told on the
 * console, no dialog shown, and nothing asked of a network.
 */
async function visit(name, use, { script = true, width = 1280, dark = false, hash = "" } = {}) {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  const faults = [];
  const url = pathToFileURL(pages[name]).href;
  page.on("console", (message) => faults.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => faults.push(`error: ${error}`));
  page.on("dialog", async (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    await dialog.dismiss();
  });
  page.on("request", (request) => {
    if (request.url().split("#")[0] !== url) faults.push(`request: ${request.url()}`);
  });
  await page.setJavaScriptEnabled(script);
  await page.setViewport({ width, height: 900 });
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: dark ? "dark" : "light" }]);
  await page.goto(url + hash);
  await use(page);
  await context.close();
  assert.deepEqual(faults, []);
}

const views = (page) => page.$$eval("nav a", (links) => links.map((link) => link.getAttribute("href").slice(1)));
const shown = (page) => page.$$eval(".view", (all) => all.filter((view) => !view.hidden).map((view) => view.id));
const counted = (page) => page.$$eval("#finding-list > *", (all) => all.filter((one) => !one.hidden).length);

/** Opens a view by its link. */
async function open(page, view) {
  await page.$eval(`nav a[href="#${view}"]`, (link) => link.click());
  await page.waitForFunction((id) => !document.getElementById(id).hidden, {}, view);
}

test("every view opens by its link, alone, and by its address", async () => {
  for (const name of ["corpus", "draft"]) {
    await visit(name, async (page) => {
      const all = await views(page);
      for (const view of ["overview", "reuse", "figures", "reader", "quotations", "findings", "documents"]) {
        assert.ok(all.includes(view), view);
      }
      assert.equal(all.includes("draft"), name === "draft");
      for (const view of all) {
        await open(page, view);
        assert.deepEqual(await shown(page), [view]);
        assert.ok((await page.$eval(`#${view}`, (section) => section.innerText)).length > 40, view);
      }
    });
  }
  await visit("corpus", async (page) => assert.deepEqual(await shown(page), ["figures"]), { hash: "#figures" });
});

test("filters show what they say, and the address is a link to the selection", async () => {
  await visit("corpus", async (page) => {
    await open(page, "findings");
    const all = await counted(page);
    await page.click("#filters [name=severity][value=note]");
    const loud = await counted(page);
    assert.ok(loud > 0 && loud < all, `${loud} of ${all}`);
    const code = await page.$eval("#finding-list > :not([hidden])", (one) => one.dataset.rule);
    await page.select("#filters [name=rule]", code);
    const codes = await page.$$eval("#finding-list > :not([hidden])", (found) => found.map((one) => one.dataset.rule));
    assert.deepEqual(new Set(codes), new Set([code]));
    await page.reload();
    assert.equal(await counted(page), codes.length);
    await page.$eval("#filters", (form) => form.reset());
    await page.waitForFunction((count) => [...document.querySelectorAll("#finding-list > *")].filter((one) => !one.hidden).length === count, {}, all);
    await page.type("#filters [name=q]", "billion");
    const texts = await page.$$eval("#finding-list > :not([hidden])", (found) => found.map((one) => one.textContent));
    assert.ok(texts.length > 0 && texts.length < all && texts.every((text) => text.includes("billion")));
  });
});

test("every finding has a link that leads to it", async () => {
  await visit("corpus", async (page) => {
    const ids = await page.$$eval("#finding-list > *", (all) => all.map((one) => one.id));
    for (const id of [ids[0], ids.at(-1)]) {
      await page.evaluate((hash) => { location.hash = hash; }, id);
      await page.waitForFunction((hash) => {
        const box = document.getElementById(hash).getBoundingClientRect();
        return box.height > 0 && box.top < innerHeight && box.bottom > 0;
      }, {}, id);
    }
  });
});

test("every link in the page leads to something that is then seen", async () => {
  await visit("corpus", async (page) => {
    const hashes = await page.$$eval("main a[href^='#']", (links) => [...new Set(links.map((link) => link.getAttribute("href")))]);
    assert.ok(hashes.length > 50, `${hashes.length}`);
    const lost = await page.evaluate(async (all) => {
      const missed = [];
      for (const hash of all) {
        location.hash = hash;
        await new Promise((done) => setTimeout(done));
        const target = document.getElementById(decodeURIComponent(hash.slice(1).split("?")[0]));
        if (!target || target.getClientRects().length === 0) missed.push(hash);
      }
      return missed;
    }, hashes);
    assert.deepEqual(lost, []);
  });
});

test("the reader shows two documents, their passages linked", async () => {
  await visit("corpus", async (page) => {
    await open(page, "reuse");
    const link = await page.$("#reuse a[href^='#reader']");
    assert.ok(link, "a cell leads to the reader");
    await link.evaluate((one) => one.click());
    await page.waitForFunction(() => !document.getElementById("reader").hidden);
    const panes = await page.$$eval("#reader .pane", (all) => all.map((one) => one.innerText.length));
    assert.equal(panes.length, 2);
    assert.ok(panes.every((length) => length > 200), `${panes}`);
    const marks = await page.$$eval("#reader .pane mark, #reader .pane .passage", (all) => all.length);
    assert.ok(marks > 1, `${marks}`);
  });
});

test("it is read without scripts", async () => {
  await visit("corpus", async (page) => {
    const text = await page.$eval("body", (body) => body.innerText);
    const findings = await page.$$eval("#finding-list > *", (all) => all.length);
    for (const words of ["Harbour Wire", "PV301", "November 7, 2025"]) assert.ok(text.includes(words), words);
    assert.ok(findings > 20);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    assert.equal(wide, false);
  }, { script: false });
});

test("what is hostile is inert and visible in every view", async () => {
  await visit("hostile", async (page) => {
    for (const view of await views(page)) {
      await open(page, view);
      const text = await page.$eval(`#${view}`, (section) => section.innerText);
      assert.ok(!/[\u202e\u200b]/.test(text), view);
    }
    const text = await page.$eval("body", (body) => body.textContent);
    assert.ok(text.includes("<script>globalThis.acted = true</script>"));
    assert.equal(await page.evaluate(() => globalThis.acted), undefined);
    assert.deepEqual(await page.$$eval("img, iframe, object, embed, form[action]", (all) => all.length), 0);
  });
});

test("no view has a serious fault of accessibility", async () => {
  for (const name of ["corpus", "draft"]) {
    for (const [width, dark] of [[1280, false], [1280, true], [360, false]]) {
      await visit(name, async (page) => {
        await page.evaluate(axe);
        for (const view of await views(page)) {
          await open(page, view);
          const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
          const serious = violations
            .filter((fault) => ["serious", "critical"].includes(fault.impact))
            .map((fault) => `${fault.id}: ${fault.nodes.slice(0, 3).map((node) => node.html.slice(0, 120)).join(" | ")}`);
          assert.deepEqual(serious, [], `${name}, ${view}, ${width}, ${dark ? "dark" : "light"}`);
          const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          assert.ok(wide <= 0, `${view} is ${wide} pixels wider than ${width}`);
        }
      }, { width, dark });
    }
  }
});

test("the page can be used with the keyboard alone", async () => {
  await visit("corpus", async (page) => {
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute("href")), "#main");
    const reached = new Set();
    for (let step = 0; step < 12; step += 1) {
      await page.keyboard.press("Tab");
      reached.add(await page.evaluate(() => document.activeElement.getAttribute("href")));
    }
    for (const view of await views(page)) assert.ok(reached.has(`#${view}`), view);
  });
});

test("on paper everything is read and nothing is pressed", async () => {
  await visit("corpus", async (page) => {
    await page.emulateMediaType("print");
    const seen = (query) => page.$$eval(query, (all) => all.filter((one) => one.getClientRects().length > 0).length);
    assert.equal(await seen("nav, form, button, select"), 0);
    assert.ok(await seen("#findings, #documents, #figures") === 3);
  });
});

test("it stays small and is drawn at once", async (context) => {
  const most = { corpus: MEGABYTE, articles: MEGABYTE, many: 15 * MEGABYTE };
  for (const [name, bytes] of Object.entries(most).filter(([name]) => pages[name])) {
    const { size } = statSync(pages[name]);
    assert.ok(size < bytes, `${name}: ${size}`);
    await visit(name, async (page) => {
      const drawn = await page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? performance.now());
      const loaded = await page.evaluate(() => performance.getEntriesByType("navigation")[0].loadEventEnd);
      context.diagnostic(`${name}: ${size} bytes, first drawn after ${Math.round(drawn)} ms, loaded after ${Math.round(loaded)} ms`);
      for (const view of await views(page)) {
        const begin = Date.now();
        await open(page, view);
        context.diagnostic(`${name}, ${view}: ${Date.now() - begin} ms`);
      }
    });
  }
});
