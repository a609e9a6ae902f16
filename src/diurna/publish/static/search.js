// Search of a Diurna chronicle: loads the lists of events and articles that the publisher wrote, newest first, and searches them here.
// Needs minisearch.js before it. Nothing typed leaves this page.
(() => {
  "use strict";

  const VERSION = 2; // of search/index.json and its shards
  const PAGE = 20; // results shown at once
  const BUDGET = 6_000_000; // bytes read without being asked; 9,000 Chinese events have 2,200,000
  const TOGETHER = 6; // shards fetched at once
  const RANKED = 500; // newest events found that are put in order of their words, about 100 ms
  const PAUSE = 200; // milliseconds between the last key and the search

  const form = document.getElementById("search-form");
  const input = document.getElementById("search-input");
  const status = document.getElementById("search-status");
  const list = document.getElementById("search-results");
  if (!form || !input || !status || !list) return;

  const root = document.documentElement.dataset.root || "./";
  const filters = ["kind", "year", "category", "order"].filter((name) => form.elements.namedItem(name));

  // ------------------------------------------------------------------------------------------------ words

  // Scripts that write words without spaces: the ranges of `segment` in src/diurna/text.py, and its rule.
  const UNSPACED =
    /[\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ece\u1000-\u1049\u1050-\u109f\u1780-\u17d3\u3005\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3105-\u312f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{323af}]+/gu;

  function segment(text) {
    return text.normalize("NFKC").replace(UNSPACED, (run) => {
      const characters = Array.from(run);
      return ` ${characters.map((character, at) => character + (characters[at + 1] ?? "")).join(" ")} `;
    });
  }

  // Case and accents of Latin, Greek and Cyrillic do not count; the marks of other scripts are letters of theirs.
  function fold(text) {
    return text.normalize("NFKC").toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").normalize("NFC");
  }

  // One space before every word, nothing else between them; runs of unspaced scripts stay whole.
  function plain(text) {
    const folded = fold(text)
      .replace(/(?<!\p{L})(?:\p{L}\.){2,}/gu, (initials) => initials.replaceAll(".", "") + " ")
      .replace(/['’]s(?!\p{L})/gu, "");
    return (" " + folded).replace(/[^\p{L}\p{M}\p{N}]+/gu, " ").trimEnd();
  }

  function isUnspaced(word) {
    UNSPACED.lastIndex = 0;
    return UNSPACED.test(word);
  }

  // What is looked for in plain texts: the start of a word, or an unspaced run anywhere.
  function needles(query) {
    return plain(plain(query).replace(UNSPACED, " $& "))
      .split(" ")
      .filter(Boolean)
      .map((word) => (isUnspaced(word) ? word : ` ${word}`));
  }

  // ------------------------------------------------------------------------------------------------ the index

  const read = new Map(); // shard name: promise of its events
  const done = new Map(); // shard name: its events, each with its plain text
  let shards = null; // promise of the list
  let similar = null; // engine over the words met so far, made when a word is found nowhere

  async function fetchJson(path, options) {
    const answer = await fetch(root + path, options);
    if (!answer.ok) throw new Error(`${path}: the server answered ${answer.status}`);
    const content = await answer.json();
    if (content.version !== VERSION) throw new Error(`${path} is of another version; reload the page`);
    return content;
  }

  function loadList() {
    shards ??= fetchJson("search/index.json", { cache: "no-cache" }).then(
      (content) => content.shards,
      (fault) => {
        shards = null; // so that the next search tries again
        throw fault;
      },
    );
    return shards;
  }

  function loadShard(shard) {
    if (!read.has(shard.name)) {
      const loading = fetchJson(`search/${shard.name}.json?v=${shard.digest}`).then((content) => {
        const events = content.records.map(([url, title, text, date, category, names, publisher]) => {
          const contexts = names.join(" , ");
          const all = plain([title, text, contexts, category, publisher].join(" , "));
          return { url, title, text, date, category, names, contexts, publisher, plain: all };
        });
        done.set(shard.name, events);
        similar = null;
      });
      loading.catch(() => read.delete(shard.name));
      read.set(shard.name, loading);
    }
    return read.get(shard.name);
  }

  function wantedShards(all, asked) {
    return all.filter(
      (shard) =>
        (!asked.kind || shard.kind === asked.kind) &&
        (!asked.year || (shard.first.slice(0, 4) <= asked.year && asked.year <= shard.last.slice(0, 4))) &&
        (!asked.category || shard.categories.includes(asked.category)),
    );
  }

  // Reads wanted shards, newest first, until BUDGET is spent; where `further`, BUDGET more than was read. Answers those that
  // can be searched without a gap, or nothing where another search has begun.
  async function loadWithin(wanted, further, isCurrent) {
    let spent = 0;
    const missing = [];
    for (const shard of wanted) {
      const isDone = done.has(shard.name);
      if (!isDone && spent > 0 && spent + shard.size > BUDGET) break;
      if (!(isDone && further)) spent += shard.size;
      if (!isDone) missing.push(shard);
    }
    for (let at = 0; at < missing.length; at += TOGETHER) {
      await Promise.all(missing.slice(at, at + TOGETHER).map(loadShard));
      if (!isCurrent()) return null;
    }
    const gap = wanted.findIndex((shard) => !done.has(shard.name));
    return isCurrent() ? wanted.slice(0, gap < 0 ? wanted.length : gap) : null;
  }

  // Events that hold each of the needles, or one of those that may stand for it; newest first.
  function holding(events, wanted) {
    return events.filter((event) => wanted.every((some) => some.some((needle) => event.plain.includes(needle))));
  }

  function similarWords(events, word) {
    if (similar === null) {
      const met = new Set(events.flatMap((event) => event.plain.split(" ")));
      const words = Array.from(met).filter((known) => known.length > 3 && !isUnspaced(known));
      const whole = { tokenize: (text) => [text], processTerm: (text) => text };
      similar = new MiniSearch({ idField: "word", fields: ["word"], ...whole });
      similar.addAll(words.map((known) => ({ word: known })));
    }
    return similar.search(word, { fuzzy: word.length > 3 ? 0.2 : false }).slice(0, 3).map((hit) => hit.id);
  }

  // Best match first: MiniSearch scores (BM25+) the newest of the events found, the rest follow by date.
  function ranked(found, query) {
    const some = found.slice(0, RANKED);
    const words = (text) => segment(text).split(" ").filter(Boolean);
    const engine = new MiniSearch({
      idField: "url",
      fields: ["title", "text", "contexts", "category", "publisher"],
      extractField: (event, field) => (field === "url" ? event.url : plain(event[field])),
      tokenize: words,
      processTerm: (word) => word,
    });
    engine.addAll(some);
    const boost = { title: 2, contexts: 1.5, category: 0.5 };
    const hits = engine.search(query, { prefix: true, boost });
    const scores = new Map(hits.map((hit) => [hit.id, Math.round(hit.score * 1000)]));
    const score = (event) => scores.get(event.url) ?? 0;
    return [...some.sort((a, b) => score(b) - score(a)), ...found.slice(RANKED)]; // equal scores stay newest first
  }

  function find(asked, searched) {
    const events = searched
      .flatMap((shard) => done.get(shard.name))
      .filter(
        (event) =>
          (!asked.year || event.date.startsWith(asked.year)) && (!asked.category || event.category === asked.category),
      );
    const instead = new Map(); // words met nowhere: similar ones
    const sought = needles(asked.q).map((needle) => {
      if (isUnspaced(needle) || events.some((event) => event.plain.includes(needle))) return [needle];
      const others = similarWords(Array.from(done.values()).flat(), needle.trim());
      instead.set(needle.trim(), others);
      return others.map((word) => ` ${word}`);
    });
    const found = holding(events, sought);
    const query = sought.flat().join(" ");
    return { found: asked.order === "newest" ? found : ranked(found, plain(query)), instead };
  }

  // ------------------------------------------------------------------------------------------------ the page

  const dayNames = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  const more = button("Show more");
  const further = button("Search further back");
  let turn = 0; // counts searches; an older one that comes back late is dropped

  function button(words) {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = words;
    made.hidden = true;
    return made;
  }

  function piece(tag, className, text) {
    const made = document.createElement(tag);
    made.className = className;
    made.textContent = text;
    made.dir = "auto";
    return made;
  }

  function show(event) {
    const item = document.createElement("li");
    const link = piece("a", "search-title", event.title);
    const page = new URL(root + event.url, document.baseURI);
    if (page.origin === location.origin) link.href = page.href;
    item.append(link);
    if (event.date) {
      const time = piece("time", "search-date", dayNames.format(new Date(`${event.date}T00:00:00Z`)));
      time.dateTime = event.date;
      item.append(" ", time);
    }
    if (event.publisher) item.append(" ", piece("span", "note", `Article, ${event.publisher}`));
    if (event.names.length > 0) {
      const names = document.createElement("ul");
      names.className = "search-contexts";
      names.append(...event.names.map((name) => piece("li", "search-context", name)));
      item.append(names);
    }
    return item;
  }

  function showFrom(found, start) {
    const items = found.slice(start, start + PAGE).map(show);
    list.append(...items);
    more.hidden = start + PAGE >= found.length;
    more.onclick = () => showFrom(found, start + PAGE);
    if (start > 0) items[0].querySelector("a").focus();
  }

  function years(some) {
    const dated = some.filter((shard) => shard.last);
    if (dated.length === 0) return "";
    const first = dated.at(-1).first.slice(0, 4);
    const last = dated[0].last.slice(0, 4);
    return first === last ? ` in ${first}` : ` from ${first} to ${last}`;
  }

  function tell(found, instead, searched, wanted) {
    const where = years(searched);
    const articles = found.filter((event) => event.publisher).length;
    const amounts = [[found.length - articles, "event"], [articles, "article"]].filter(([count]) => count > 0);
    const amount = amounts.map(([count, kind]) => `${count.toLocaleString("en")} ${kind}${count > 1 ? "s" : ""}`);
    const said = [];
    for (const [word, others] of instead) {
      const close = others.map((other) => `“${other}”`).join(", ");
      said.push(`Nothing here has “${word}”${close && `; searched for ${close} instead`}.`);
    }
    said.push(found.length > 0 ? `${amount.join(" and ")} found${where}.` : `Nothing found${where}. Try fewer or other words.`);
    further.hidden = searched.length === wanted.length;
    if (!further.hidden) said.push("Older ones are not searched yet.");
    status.textContent = said.join(" ");
  }

  function clear(message) {
    status.textContent = message;
    list.replaceChildren();
    more.hidden = further.hidden = true;
  }

  function explain(fault) {
    if (location.protocol === "file:") {
      return (
        "Search needs a web server; a browser does not let a page opened as a file read other files. In the folder of " +
        "this site run: python -m http.server --bind 127.0.0.1 and then open http://127.0.0.1:8000/ in the browser."
      );
    }
    return `The search index could not be read (${fault.message}). Check the connection and search again.`;
  }

  function ask() {
    const asked = { q: input.value.trim() };
    for (const name of filters) asked[name] = form.elements.namedItem(name).value;
    return asked;
  }

  function remember(asked) {
    const address = new URL(location.href);
    for (const name of ["q", ...filters]) {
      if (asked[name]) address.searchParams.set(name, asked[name]);
      else address.searchParams.delete(name);
    }
    if (address.href !== location.href) history.replaceState(null, "", address);
  }

  async function search(isFurther = false) {
    const mine = ++turn;
    const isCurrent = () => mine === turn;
    const asked = ask();
    remember(asked);
    if (needles(asked.q).length === 0) {
      clear("Type a word, a name or a place.");
      return;
    }
    if (location.protocol === "file:") {
      clear(explain());
      return;
    }
    status.textContent = "Searching…";
    try {
      const wanted = wantedShards(await loadList(), asked);
      const searched = await loadWithin(wanted, isFurther, isCurrent);
      if (searched === null) return;
      const { found, instead } = find(asked, searched);
      clear("");
      showFrom(found, 0);
      tell(found, instead, searched, wanted);
    } catch (fault) {
      if (isCurrent()) clear(explain(fault));
    }
  }

  // Fills the optional selects `year` and `category` with what the chronicle has.
  function offer(all) {
    const some = {
      year: [...new Set(all.flatMap((shard) => [shard.last.slice(0, 4), shard.first.slice(0, 4)]))].filter(Boolean),
      category: [...new Set(all.flatMap((shard) => shard.categories))].sort(),
    };
    for (const name of ["year", "category"].filter((known) => filters.includes(known))) {
      const select = form.elements.namedItem(name);
      const present = new Set(Array.from(select.options ?? [], (option) => option.value));
      for (const value of some[name]) if (!present.has(value)) select.add(new Option(value, value));
    }
  }

  // ------------------------------------------------------------------------------------------------ what the reader does

  let waiting = 0;
  const soon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => search(), PAUSE);
  };
  input.addEventListener("input", (event) => {
    if (!event.isComposing) soon();
  });
  input.addEventListener("compositionend", soon);
  form.addEventListener("change", (event) => {
    if (event.target !== input) soon();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    search();
  });
  further.addEventListener("click", async () => {
    input.focus(); // the button may go; the reader should not lose the place
    await search(true);
  });
  list.after(more, further);

  async function start() {
    const address = new URLSearchParams(location.search);
    input.value = address.get("q") ?? input.value;
    if (location.protocol === "file:") {
      clear(explain());
      return;
    }
    try {
      if (filters.some((name) => name !== "order")) offer(await loadList());
    } catch (fault) {
      clear(explain(fault));
      return;
    }
    for (const name of filters) if (address.has(name)) form.elements.namedItem(name).value = address.get(name);
    if (input.value.trim()) await search();
  }
  start();
})();
