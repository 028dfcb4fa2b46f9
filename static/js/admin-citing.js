// Citing by selecting: the words that are selected in a source are looked up, and the form beside it
// is filled in by the server. Without script the same form takes words that are pasted.
"use strict";
{
  const panel = document.getElementById("cite");
  const said = panel.dataset;
  const status = document.getElementById("cite-status");
  const page = document.querySelector(".cite-page");
  page.classList.add("scripted");

  const form = () => panel.querySelector("form");
  const field = (name) => form().elements[name];
  const wordsOf = (ordinal) => document.querySelector(`.cite-words[data-ordinal="${ordinal}"]`);

  // The server counts code points, a browser counts units of UTF-16.
  const pointsIn = (text, units) => [...text.slice(0, units)].length;
  const unitsIn = (text, points) => [...text].slice(0, points).join("").length;

  // What of a paragraph a range holds, in units, without white space around; null if nothing.
  const partOf = (words, range) => {
    const part = document.createRange();
    part.selectNodeContents(words);
    const lead = part.cloneRange();
    if (range.compareBoundaryPoints(Range.START_TO_START, part) > 0) part.setStart(range.startContainer, range.startOffset);
    if (range.compareBoundaryPoints(Range.END_TO_END, part) < 0) part.setEnd(range.endContainer, range.endOffset);
    lead.setEnd(part.startContainer, part.startOffset);
    const chosen = part.toString();
    const start = lead.toString().length + (chosen.length - chosen.trimStart().length);
    return chosen.trim() ? { words, start, end: start + chosen.trim().length } : null;
  };
  const partsOf = (range) => [...document.querySelectorAll(".cite-words")]
    .filter((words) => range.intersectsNode(words))
    .map((words) => partOf(words, range))
    .filter(Boolean);

  const rangeOf = ({ words, start, end }) => {
    const range = document.createRange();
    range.selectNodeContents(words);
    const nodes = document.createTreeWalker(words, NodeFilter.SHOW_TEXT);
    for (let at = 0; nodes.nextNode(); at += nodes.currentNode.length) {
      const node = nodes.currentNode;
      if (at <= start && start < at + node.length) range.setStart(node, start - at);
      if (at < end && end <= at + node.length) range.setEnd(node, end - at);
    }
    return range;
  };

  // What is quoted stays visible while the fields are filled in, where a browser can show it.
  const show = (part) => {
    if (!CSS.highlights) return;
    CSS.highlights.delete("cite-chosen");
    if (part) CSS.highlights.set("cite-chosen", new Highlight(rangeOf(part)));
  };
  const placed = () => {
    const words = field("claim-placed")?.value && wordsOf(field("claim-ordinal").value);
    if (!words) return null;
    const points = Number(field("claim-start").value);
    const size = [...field("claim-placed").value.replace(/\r\n/g, "\n")].length;
    const text = words.textContent;
    return { words, start: unitsIn(text, points), end: unitsIn(text, points + size) };
  };

  const narrow = matchMedia("(max-width: 1024px)");
  const open = (part) => {
    panel.classList.add("open");
    if (!part || !narrow.matches) return;
    const box = rangeOf(part).getBoundingClientRect();
    const room = window.innerHeight - panel.offsetHeight;
    if (box.top < 0 || box.bottom > room) window.scrollBy(0, box.top - Math.max(16, (room - box.height) / 2));
  };
  const close = () => {
    panel.classList.remove("open");
    form().classList.remove("has-quote");
    show(null);
  };

  // The panel as the server makes it anew. What is typed meanwhile is kept.
  const refresh = (html, sent) => {
    const typed = [...new FormData(form())].filter(([name, value]) => typeof value === "string" && sent.get(name) !== value);
    panel.innerHTML = html;
    for (const [name, value] of typed) {
      const one = field(name);
      if (one instanceof HTMLInputElement && one.type === "text") one.value = value;
    }
    prepare();
    form().dispatchEvent(new CustomEvent("formset:added", { bubbles: true, detail: { formsetName: "cite" } }));
  };
  const prepare = () => {
    const shut = document.createElement("button");
    shut.type = "button";
    shut.className = "cite-close";
    shut.textContent = said.close;
    shut.addEventListener("click", () => {
      const words = placed()?.words;
      close();
      words?.closest(".cite-passage").querySelector(".cite-ordinal").focus();
    });
    form().querySelector("h2").after(shut);
  };

  const tell = (words) => {
    status.textContent = words;
  };
  let asking = null;
  const ask = async (extra) => {
    asking?.abort();
    const mine = (asking = new AbortController());
    const data = new FormData(form());
    for (const [name, value] of Object.entries({ _part: "panel", _lookup: "1", ...extra })) data.set(name, value);
    panel.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(location.pathname, { method: "POST", body: data, signal: mine.signal });
      if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
      refresh(await answer.text(), data);
      const part = placed();
      open(part);
      show(part);
      const problem = form().querySelector(".errorlist");
      tell(problem ? problem.textContent : `“${field("claim-quote").value}” ${form().querySelector(".cite-where").textContent}`);
      return true;
    } catch (error) {
      if (error.name !== "AbortError") complain(said.failed);
      return false;
    } finally {
      if (asking === mine) panel.removeAttribute("aria-busy");
    }
  };
  const complain = (words) => {
    panel.classList.add("open");
    let note = panel.querySelector(".cite-complaint");
    if (!note) {
      note = document.createElement("p");
      note.className = "cite-complaint errornote";
      form().prepend(note);
    }
    note.textContent = words;
    tell(words);
  };

  const lookUp = ({ words, start, end }) => {
    const text = words.textContent;
    return ask({
      "claim-quote": text.slice(start, end),
      "claim-ordinal": words.dataset.ordinal,
      "claim-start": pointsIn(text, start),
      "claim-end": pointsIn(text, end),
      "claim-placed": "",
      "claim-prefix_words": "",
      "claim-suffix_words": "",
    });
  };

  // By mouse, finger, or a browser that selects with the keyboard.
  let last = "";
  let waiting;
  let pressed = false;
  const consider = () => {
    const selection = getSelection();
    if (pressed || !selection.rangeCount || selection.isCollapsed) return;
    const range = selection.getRangeAt(0);
    if (panel.contains(range.commonAncestorContainer)) return;
    const parts = partsOf(range);
    if (!parts.length) return;
    const now = parts.map(({ words, start, end }) => `${words.dataset.ordinal}:${start}-${end}`).join();
    if (now === last) return;
    last = now;
    if (parts.length > 1) complain(`${said.several} (¶ ${parts[0].words.dataset.ordinal}–${parts.at(-1).words.dataset.ordinal})`);
    else lookUp(parts[0]);
  };
  const soon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(consider, 250);
  };
  document.addEventListener("selectionchange", () => {
    if (getSelection().isCollapsed) last = "";
    soon();
  });
  document.addEventListener("mousedown", () => (pressed = true));
  document.addEventListener("mouseup", () => {
    pressed = false;
    soon();
  });

  // By keyboard: Enter on the number of a paragraph takes its first sentence, arrows go on from there.
  const sentencesOf = (words) => {
    const text = words.textContent;
    let found = [{ index: 0, segment: text }];
    try {
      found = [...new Intl.Segmenter(words.closest("[lang]").lang || undefined, { granularity: "sentence" }).segment(text)];
    } catch {
      // an old browser, or an editor wrote what is no tag of a language: the whole paragraph
    }
    return found.filter((one) => one.segment.trim()).map((one) => [one.index, one.index + one.segment.trimEnd().length]);
  };
  let stepping = null;
  let pausing;
  const step = (first, size) => {
    const { sentences, words } = stepping;
    stepping.first = Math.max(0, Math.min(first, sentences.length - 1));
    stepping.size = Math.max(1, Math.min(size, sentences.length - stepping.first));
    const part = { words, start: sentences[stepping.first][0], end: sentences[stepping.first + stepping.size - 1][1] };
    show(part);
    clearTimeout(pausing);
    pausing = setTimeout(() => {
      stepping.answer = lookUp(part);
    }, 200);
  };
  const begin = (link) => {
    const words = link.closest(".cite-passage").querySelector(".cite-words");
    stepping = { link, words, sentences: sentencesOf(words), first: 0, size: 1 };
    getSelection().removeAllRanges();
    step(0, 1);
  };
  const enter = async () => {
    await stepping?.answer;
    const title = form().querySelector("#id_event-title");
    (title?.offsetParent ? title : field("claim-quote")).focus();
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.cite-ordinal");
    if (link) {
      event.preventDefault();
      begin(link);
      return;
    }
    const button = event.target.closest(".js-look-up, .js-date");
    if (!button) return;
    event.preventDefault();
    if (button.matches(".js-date")) take(button);
    else ask({}).then((done) => done && field("claim-quote").focus());
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented && panel.classList.contains("open")) {
      panel.querySelector(".cite-close").click();
      return;
    }
    const link = event.target.closest?.("a.cite-ordinal");
    if (!link || link !== stepping?.link) return;
    const { first, size } = stepping;
    const moves = event.shiftKey
      ? { ArrowRight: [first, size + 1], ArrowDown: [first, size + 1], ArrowLeft: [first, size - 1], ArrowUp: [first, size - 1] }
      : { ArrowRight: [first + size, 1], ArrowDown: [first + size, 1], ArrowLeft: [first - 1, 1], ArrowUp: [first - 1, 1] };
    if (event.key === "Enter") enter();
    else if (moves[event.key]) step(...moves[event.key]);
    else return;
    event.preventDefault();
  });

  // A date that was found is written where it is missing: in the event and in the claim.
  const take = (button) => {
    for (const name of ["event-date", "claim-date"]) {
      const date = field(name);
      if (!date || (name === "event-date" && !date.offsetParent)) continue;
      date.value = button.value;
      for (const kind of ["input", "change"]) date.dispatchEvent(new Event(kind, { bubbles: true }));
    }
    for (const one of form().querySelectorAll(".js-date")) one.setAttribute("aria-pressed", one === button);
  };

  // What the server has sent with the page: an entry that could not be saved, or one that was.
  prepare();
  const problem = form().querySelector(".errors input, .errors textarea, .errors select");
  const message = document.querySelector(".cite-messages .messagelist");
  const resume = () => {
    const part = placed();
    part?.words.scrollIntoView({ block: "center" });
    open(part);
    show(part);
    (problem ?? field("claim-quote")).focus({ preventScroll: Boolean(part) && !narrow.matches });
  };
  // After the browser has gone to the part of the page that the address names.
  window.addEventListener("load", () => setTimeout(() => {
    if (form().classList.contains("has-quote")) resume();
    else message?.focus({ preventScroll: true });
  }));
}
