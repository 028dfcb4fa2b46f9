// Links to paragraphs, to notes and to any words of a source, to copy. Without script the links are there to follow.
"use strict";
{
  const reader = document.querySelector(".reader");
  const said = reader.dataset;

  // Where notes are always open, but for browsers whose style sheets cannot open them.
  if (!CSS.supports("selector(::details-content)") && matchMedia("(min-width: 56.01rem)").matches) {
    for (const notes of reader.querySelectorAll("details")) notes.open = true;
  }

  // Copying, and saying so where all can see and hear it.
  const status = document.createElement("p");
  status.className = "copied";
  status.setAttribute("role", "status");
  document.body.append(status);
  let fading;
  const say = (words, seconds) => {
    status.textContent = words;
    clearTimeout(fading);
    fading = setTimeout(() => { status.textContent = ""; }, seconds * 1000);
  };
  const copy = async (address) => {
    try {
      await navigator.clipboard.writeText(address); // which there is on https and localhost only
      say(said.copied, 5);
    } catch {
      say(`${said.notCopied} ${address}`, 60);
    }
  };
  const button = (words, name, address) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "copy";
    made.textContent = words;
    made.setAttribute("aria-label", name);
    made.addEventListener("click", () => copy(address()));
    return made;
  };

  // A paragraph gets its buttons when it comes near the screen: a long source has thousands.
  const equip = (passage) => {
    const ordinal = passage.querySelector(".ordinal");
    ordinal.after(button(said.copy, `${said.copy}: ${ordinal.ariaLabel}`, () => ordinal.href));
    for (const note of passage.querySelectorAll(".n")) {
      const title = note.querySelector(".note-title").textContent.trim();
      const words = note.querySelector(".sign");
      note.append(button(said.copy, `${said.copy}: ${title}`, () => words.href));
    }
  };
  const near = new IntersectionObserver((entries) => {
    for (const { target } of entries.filter((one) => one.isIntersecting)) {
      near.unobserve(target);
      equip(target);
    }
  }, { rootMargin: "50%" });
  for (const passage of reader.querySelectorAll(".passage")) near.observe(passage);

  // The page as browsers search it for the words of a link: a line for each run of text that no
  // other block interrupts. `starts` has where the text of each node begins, `folded` is compared.
  const BLOCKS = "p, li, h1, h2, h3, th, td, summary, sup, .ordinal";
  const APART = "script, style, title, button, sup";
  const read = () => {
    const starts = new Map();
    let shown = "";
    let block = null;
    const nodes = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (nodes.nextNode()) {
      const node = nodes.currentNode;
      const around = node.parentElement.closest(BLOCKS);
      if (around !== block) shown += "\n";
      block = around;
      if (node.parentElement.closest(APART)) continue;
      starts.set(node, shown.length);
      shown += node.data.replace(/\s/g, " ");
    }
    const lower = shown.toLowerCase();
    return { starts, shown, folded: lower.length === shown.length ? lower : shown };
  };

  // The words from `from` to `to` of `shown`, as [start, end], with those beside them on their lines.
  const segmenterFor = (language) => {
    try {
      return new Intl.Segmenter(language || undefined, { granularity: "word" });
    } catch {
      return segmenterFor(""); // an editor wrote what is no tag of a language
    }
  };
  // Which some browsers lack: they offer no links to words.
  const segmenter = Intl.Segmenter && segmenterFor(reader.querySelector(".text")?.lang);
  const wordsIn = (shown, from, to) => {
    const begin = shown.lastIndexOf("\n", from - 1) + 1;
    const end = (shown + "\n").indexOf("\n", to);
    const all = [...segmenter.segment(shown.slice(begin, end))]
      .filter((one) => one.isWordLike)
      .map((one) => [begin + one.index, begin + one.index + one.segment.length]);
    const chosen = all.filter((word) => word[1] > from && word[0] < to);
    if (!chosen.length) return null;
    const line = (word) => shown.lastIndexOf("\n", word[0]);
    const [first, last] = [chosen[0], chosen.at(-1)];
    return {
      from: first[0],
      to: last[1],
      head: chosen.filter((word) => line(word) === line(first)),
      tail: chosen.filter((word) => line(word) === line(last)),
      before: all.filter((word) => word[1] <= first[0] && line(word) === line(first)),
      after: all.filter((word) => word[0] >= last[1] && line(word) === line(last)),
    };
  };

  // What of the page `range` has: from where to where, in whole words; null if there are none.
  const chosenBy = (range, { starts, shown }) => {
    let from = null;
    let to = null;
    for (const [node, start] of starts) {
      if (!range.intersectsNode(node) || !node.parentElement.closest(".text, .section")) continue;
      from ??= start + (node === range.startContainer ? range.startOffset : 0);
      to = start + (node === range.endContainer ? range.endOffset : node.length);
    }
    return from === null ? null : wordsIn(shown, from, to);
  };

  // The shortest text directive (WICG, URL Fragment Text Directives) whose first match they are:
  // long ones are named by how they begin and end, repeated ones by the words beside them, too.
  const LONG = 100;
  const FEW = 4;
  const MOST = 30;
  const directive = ({ shown, folded }, { from, to, head, tail, before, after }) => {
    const part = (start, end) => encodeURIComponent(shown.slice(start, end).trim().replace(/ +/g, " ")).replaceAll("-", "%2D");
    const short = to - from <= LONG && !shown.slice(from, to).includes("\n");
    for (let more = 0; ; more += 1) {
      const prefix = more && before.length ? before.at(-Math.min(more, before.length))[0] : from;
      const suffix = more && after.length ? after[Math.min(more, after.length) - 1][1] : to;
      const begins = head[Math.min(FEW + more, head.length) - 1][1];
      const ends = tail.at(-Math.min(FEW + more, tail.length))[0];
      const whole = short || (begins >= ends);
      const ours = whole
        ? folded.indexOf(folded.slice(prefix, suffix)) === prefix
        : folded.indexOf(folded.slice(prefix, begins)) === prefix
          && folded.indexOf(folded.slice(ends, suffix), begins) === ends;
      if (!ours && more < MOST) continue;
      const parts = whole ? [part(from, to)] : [part(from, begins), part(ends, to)];
      if (prefix < from) parts.unshift(`${part(prefix, from)}-`);
      if (suffix > to) parts.push(`-${part(to, suffix)}`);
      return `:~:text=${parts.join(",")}`;
    }
  };

  // Selected words get a button below them, to which the next Tab leads; Escape takes it away.
  let offered = null;
  const offer = button(said.copyWords, said.copyWords, () => offered);
  offer.classList.add("offer");
  offer.addEventListener("mousedown", (event) => event.preventDefault()); // keeps the selection
  const consider = () => {
    const selection = getSelection();
    const range = segmenter && selection.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0) : null;
    const place = (range?.startContainer.parentElement ?? null)?.closest(".text, .section");
    const page = place && read();
    const words = page && chosenBy(range, page);
    if (!words) {
      offer.remove();
      return;
    }
    const passage = place.closest(".passage");
    offered = `${location.href.split("#")[0]}#${passage?.id ?? ""}${directive(page, words)}`;
    if (offer.previousElementSibling !== place) place.after(offer);
    const [lines, around] = [range.getClientRects(), offer.offsetParent.getBoundingClientRect()];
    const last = lines[lines.length - 1];
    const room = around.width - offer.offsetWidth;
    offer.style.top = `${last.bottom - around.top + 8}px`;
    offer.style.left = `${Math.max(0, Math.min(last.right - around.left - offer.offsetWidth / 2, room))}px`;
  };
  let waiting;
  document.addEventListener("selectionchange", () => {
    clearTimeout(waiting);
    waiting = setTimeout(consider, 200);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") offer.remove();
    const resting = [document.body, document.getElementById("content")].includes(document.activeElement);
    if (event.key === "Tab" && !event.shiftKey && resting && offer.isConnected) {
      event.preventDefault();
      offer.focus({ preventScroll: true });
    }
  });
}
