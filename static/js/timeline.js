// Moves the drawn timeline by wheel, drag, pinch and keyboard. Every move ends at an address of
// the server, the same that the links have; without this script the links do all of it.
(() => {
  "use strict";
  const LEAST_DAYS = 10;
  const MONTHS_FROM = 60;
  const YEARS_FROM = 800;
  const LAST_FOUR = 9999; // the last year of which months can be written
  const FAR = 3e11;
  const STEP = 1.25;
  const SETTLED = 250; // milliseconds without a further turn of the wheel
  let held = null; // the gesture that is under way
  let timer = 0;
  let asked = null; // the request that is under way
  let shownSearch = location.search;

  const drawing = () => document.getElementById("drawing");
  const plot = () => document.getElementById("plot");

  // The day with an ordinal (1 for 0001-01-01) as year, month and day.
  const dayAt = (number) => {
    const shifted = number + 305;
    const cycle = Math.floor(shifted / 146097);
    const rest = shifted - cycle * 146097;
    const year = Math.floor(
      (rest - Math.floor(rest / 1460) + Math.floor(rest / 36524) - Math.floor(rest / 146096)) / 365
    );
    const inYear = rest - (365 * year + Math.floor(year / 4) - Math.floor(year / 100));
    const month = Math.floor((5 * inYear + 2) / 153);
    return [
      year + cycle * 400 + (month >= 10 ? 1 : 0),
      month >= 10 ? month - 9 : month + 3,
      inYear - Math.floor((153 * month + 2) / 5) + 1,
    ];
  };

  const written = (number, days) => {
    const [year, month, day] = dayAt(number);
    const size = String(Math.abs(year)).padStart(4, "0");
    const years = Math.abs(year) > 9999 ? `Y${year}` : `${year < 0 ? "-" : ""}${size}`;
    if (days >= YEARS_FROM) return years;
    const months = `${years}-${String(month).padStart(2, "0")}`;
    return days >= MONTHS_FROM ? months : `${months}-${String(day).padStart(2, "0")}`;
  };

  // A share of the width as the days that it stands for.
  const view = () => {
    const { first, days } = drawing().dataset;
    return { first: Number(first), days: Number(days) };
  };

  const go = async (address, focus) => {
    asked?.abort();
    asked = new AbortController();
    plot()?.classList.add("waiting");
    try {
      const answer = await fetch(address, { signal: asked.signal });
      const found = new DOMParser().parseFromString(await answer.text(), "text/html");
      const next = found.getElementById("drawing");
      if (!answer.ok || !next) throw new Error(answer.statusText);
      drawing().replaceWith(document.adoptNode(next));
      document.title = found.title;
      history.pushState({ drawn: true }, "", answer.url);
      shownSearch = location.search;
      listen();
      document.dispatchEvent(new Event("drawn")); // for copy.js
      (document.getElementById(focus) ?? plot())?.focus({ preventScroll: true });
    } catch (error) {
      if (error.name !== "AbortError") location.assign(address);
    }
  };

  // The ends are rounded to whole years or months as the server has them, so that a view keeps its
  // length while it is moved.
  const named = (first, days) => {
    const least = Math.max(LEAST_DAYS, Math.round(days));
    const start = Math.round(first);
    const far = [start, start + least].some((day) => Math.abs(dayAt(day)[0]) >= LAST_FOUR);
    const as = far ? YEARS_FROM : least;
    const half = as >= YEARS_FROM ? 183 : as >= MONTHS_FROM ? 15 : 0;
    const begins = written(start + half, as);
    const ends = written(Math.max(start + half, start + least - half - 1), as);
    return `${begins}/${ends}`;
  };

  const show = (first, days, scale) => {
    if (Math.abs(first) / 365 > FAR) return;
    const here = view();
    if (named(first, days) === named(here.first, here.days)) {
      // Less than what views are rounded to: a step of the links, or back to where it was.
      const link = scale === 1 ? null : document.getElementById(`move-${scale > 1 ? "in" : "out"}`);
      if (link?.href) go(link.href, "plot");
      else for (const svg of plot().querySelectorAll("svg")) svg.style.transform = "";
      return;
    }
    const address = new URL(drawing().dataset.address, location);
    address.searchParams.set("view", named(first, days));
    go(address.href, "plot");
  };

  // What the gesture has come to, drawn by stretching what is there.
  const stretch = () => {
    const { shift, scale } = held;
    for (const svg of plot().querySelectorAll("svg")) {
      svg.style.transformOrigin = "0 0";
      svg.style.transform = `translateX(${shift}px) scaleX(${scale})`;
    }
  };

  const begin = () => {
    held ??= { shift: 0, scale: 1, pointers: new Map(), moved: false };
  };

  const zoomAt = (x, factor) => {
    held.shift = x - (x - held.shift) * factor;
    held.scale *= factor;
    stretch();
  };

  const settle = () => {
    if (!held) return;
    const { shift, scale } = held;
    held = null;
    if (shift === 0 && scale === 1) return;
    const width = plot().clientWidth;
    const { first, days } = view();
    show(first - (shift / scale / width) * days, days / scale, scale);
  };

  const wheel = (event) => {
    const sideways = event.shiftKey ? event.deltaY : event.deltaX;
    const zooming = event.ctrlKey || event.metaKey;
    if (!zooming && Math.abs(sideways) <= Math.abs(event.shiftKey ? 0 : event.deltaY)) return;
    event.preventDefault();
    begin();
    if (zooming) {
      const box = plot().getBoundingClientRect();
      zoomAt(event.clientX - box.left, STEP ** (event.deltaY < 0 ? 1 : -1));
    } else {
      held.shift -= sideways;
      stretch();
    }
    clearTimeout(timer);
    timer = setTimeout(settle, SETTLED);
  };

  const down = (event) => {
    if (event.button) return;
    begin();
    held.pointers.set(event.pointerId, event.clientX);
  };

  const drag = (event) => {
    if (!held?.pointers.has(event.pointerId)) return;
    if (!event.buttons) {
      up(event); // it was let go elsewhere
      return;
    }
    const before = [...held.pointers.values()];
    held.pointers.set(event.pointerId, event.clientX);
    const now = [...held.pointers.values()];
    const middle = (all) => all.reduce((sum, x) => sum + x, 0) / all.length;
    const by = middle(now) - middle(before);
    if (!held.moved && Math.abs(by) < 4 && now.length < 2) {
      held.pointers.set(event.pointerId, before[0]); // a click may tremble
      return;
    }
    if (!held.moved) plot().setPointerCapture(event.pointerId);
    held.moved = true;
    plot().classList.add("held");
    held.shift += by;
    if (now.length > 1) {
      const apart = (all) => Math.max(20, Math.abs(all[0] - all[1]));
      zoomAt(middle(now) - plot().getBoundingClientRect().left, apart(now) / apart(before));
    }
    stretch();
  };

  const up = (event) => {
    if (!held?.pointers.delete(event.pointerId) || held.pointers.size) return;
    plot().classList.remove("held");
    if (held.moved) {
      addEventListener("click", (click) => click.preventDefault(), { capture: true, once: true });
      setTimeout(() => dispatchEvent(new Event("click")), 0); // where no click follows
    }
    settle();
  };

  // The browser has made it a scroll of the page.
  const cancel = () => {
    held = null;
    plot().classList.remove("held");
    for (const svg of plot().querySelectorAll("svg")) svg.style.transform = "";
  };

  const keys = {
    ArrowLeft: "earlier",
    ArrowRight: "later",
    "+": "in",
    "=": "in",
    "-": "out",
    0: "whole",
  };
  const key = (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || !(event.key in keys)) return;
    const link = document.getElementById(`move-${keys[event.key]}`);
    if (!link?.href) return;
    event.preventDefault();
    go(link.href, "plot");
  };

  // Links to another view of the same page bring the drawing only, and keep the place on the page.
  const follow = (event) => {
    const link = event.target.closest("a[data-view]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const address = link.href.baseVal ?? link.href;
    if (new URL(address, location).pathname !== location.pathname) return;
    event.preventDefault();
    go(address, link.id || "plot");
  };

  const listen = () => {
    const area = plot();
    if (!area) return;
    area.tabIndex = 0;
    for (const hint of drawing().querySelectorAll(".keys")) hint.hidden = false;
    area.addEventListener("wheel", wheel, { passive: false });
    area.addEventListener("pointerdown", down);
    area.addEventListener("pointermove", drag);
    area.addEventListener("pointerup", up);
    area.addEventListener("pointercancel", cancel);
    area.addEventListener("dragstart", (event) => event.preventDefault());
    drawing().addEventListener("keydown", key);
    drawing().addEventListener("click", follow);
  };

  addEventListener("popstate", () => {
    if (location.search !== shownSearch) location.reload(); // not for a jump within the page
  });
  listen();
})();
