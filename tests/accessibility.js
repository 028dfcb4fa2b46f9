// What the tests of accessibility ask of a page. Each answers with what is wrong, one line for each.
(() => {
  "use strict";
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const text = (node) => (node?.textContent ?? "").replace(/\s+/g, " ").trim();
  const named = (node) => {
    const name = node.id ? `#${node.id}` : node.getAttribute("class") ? `.${node.getAttribute("class")}` : "";
    return `${node.localName}${name} “${(text(node) || node.ariaLabel || "").slice(0, 40)}”`;
  };
  const shown = (node) => node.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true });
  const wrong = (selector, fine, words) =>
    all(selector).filter((node) => !fine(node)).map((node) => `${named(node)} ${words}`);

  // The colour as [red, green, blue, alpha], however it is written.
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const parts = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  // By the formulas of WCAG.
  const light = (colour) => {
    const [red, green, blue] = colour.map((one) => one / 255)
      .map((one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const ratio = (one, other) => (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
  // Against the page; what can be seen through is taken for nothing.
  const standsOut = (colour) => {
    if (colour === "none" || parts(colour)[3] < 128) return false;
    const ground = getComputedStyle(document.documentElement).backgroundColor;
    return ratio(light(parts(colour)), light(parts(ground))) >= 3;
  };

  // What of a node may change where it has the focus, and the colours of what is there then.
  const look = (node) =>
    [node, ...all("rect, circle, path", node)].map((one) => {
      const style = getComputedStyle(one);
      const outline = style.outlineStyle === "none" ? "none" : style.outlineColor;
      const stroke = Number.parseFloat(style.strokeWidth) ? style.stroke : "none";
      return { outline, stroke, fill: style.fill, ground: style.backgroundColor };
    });
  const indicated = (focused, idle) =>
    focused.some((one, index) =>
      Object.entries(one).some(([part, colour]) => colour !== idle[index]?.[part] && standsOut(colour)));

  // A node that has the focus may not lie under another (WCAG 2.4.11) nor outside of the window.
  const inSight = (node) =>
    [...node.getClientRects()].some(({ left, top, width, height }) =>
      [[0.5, 0.5], [0.1, 0.2], [0.9, 0.2], [0.1, 0.8], [0.9, 0.8]].some(([x, y]) => {
        const there = document.elementFromPoint(left + x * width, top + y * height);
        return there !== null && (node.contains(there) || there.contains(node) && there.closest("a, p, label") !== null);
      }));

  let stops = [];
  const stop = () => {
    const node = document.activeElement;
    const last = stops.at(-1);
    if (last) last.idle = look(last.node);
    if (node === document.body || stops.some((one) => one.node === node)) return false;
    const box = node.getBoundingClientRect();
    stops.push({
      node,
      focused: look(node),
      inSight: inSight(node),
      left: box.left,
      top: box.top + scrollY,
      bottom: box.bottom + scrollY,
    });
    return true;
  };

  const tabbable = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
  const reachable = () =>
    all(tabbable).filter((node) => shown(node) && !(node.type === "radio" && !node.checked));

  globalThis.accessible = {
    begin: () => { stops = []; },
    stop,
    // What is wrong with the stops that Tab has made, or Shift+Tab where backwards.
    walked: (backwards) => {
      const found = [];
      const reached = new Set(stops.map((one) => one.node));
      for (const node of reachable()) if (!reached.has(node)) found.push(`${named(node)} is not reached`);
      for (const one of stops) {
        if (!one.inSight) found.push(`${named(one.node)} has the focus out of sight`);
        if (!indicated(one.focused, one.idle)) found.push(`${named(one.node)} looks the same with the focus`);
      }
      const read = backwards ? stops.toReversed() : stops;
      for (const [index, next] of read.slice(1).entries()) {
        const before = read[index];
        if (next.bottom > before.top + 1) continue;
        if (innerWidth > 640 && (next.left > before.left || before.node.closest("#sheet"))) continue; // the next column
        found.push(`${named(next.node)} comes after ${named(before.node)} but stands above it`);
      }
      return found;
    },

    structure: (embedded) => {
      const found = [];
      const counted = (selector, number, words) => {
        const there = all(selector).filter(shown).length;
        if (there !== number) found.push(`${there} ${words} instead of ${number}`);
      };
      const around = embedded ? 0 : 1;
      counted("main", 1, "main");
      counted("body > header", around, "banner");
      counted("body > footer", around, "footer");
      counted("body > header nav", around, "main navigation");
      counted("h1", 1, "h1");
      if (!document.documentElement.lang) found.push("no language");
      const levels = all("h1, h2, h3, h4, h5, h6").filter(shown).map((node) => [node, Number(node.localName[1])]);
      levels.forEach(([node, level], index) => {
        if (level > (levels[index - 1]?.[1] ?? 0) + 1) found.push(`${named(node)} skips a level`);
      });
      const called = (node) =>
        Boolean(node.ariaLabel?.trim() || text(document.getElementById(node.getAttribute("aria-labelledby"))));
      const regions = all("nav, [role=search], main section").filter((node) => node.localName !== "section" || called(node));
      const names = regions.map((node) => `${node.localName} ${node.ariaLabel ?? text(document.getElementById(node.getAttribute("aria-labelledby")))}`);
      names.forEach((name, index) => {
        if (names.indexOf(name) !== index) found.push(`two are called “${name}”`);
      });
      for (const attribute of ["aria-labelledby", "aria-describedby", "aria-controls", "for", "form"]) {
        const there = (node) => node.getAttribute(attribute).split(" ").every((id) => document.getElementById(id));
        found.push(...wrong(`[${attribute}]`, there, `names nothing by ${attribute}`));
      }
      return [
        ...found,
        ...wrong("input:not([type=hidden])", (node) => called(node) || text(node.labels[0]), "has no label"),
        ...wrong("button, a[href]", (node) => called(node) || text(node), "has no name"),
        ...wrong("nav, [role=group], [role=list], figure[role]", called, "has no name"),
        ...wrong(
          "img, svg",
          (node) => node.closest("[aria-hidden=true]") || node.alt || called(node) || text(node.querySelector(":scope > title")),
          "has no name and is not hidden",
        ),
      ];
    },

    // Words in the letters of `script` whose language is not marked as `language`.
    unmarked: (script, language) => {
      const found = [];
      const letters = new RegExp(`\\p{Script=${script}}`, "u");
      const nodes = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      while (nodes.nextNode()) {
        const { data, parentElement } = nodes.currentNode;
        // The titles in the list of filters are names; they have no language there.
        if (parentElement.closest("script, .facets") || !letters.test(data)) continue;
        if (parentElement.closest("[lang]").lang !== language) found.push(`${named(parentElement)} in ${named(parentElement.parentElement)}`);
      }
      return found;
    },

    moving: () => [
      ...document.getAnimations().map((one) => `${named(one.effect.target)} moves`),
      ...all("*").filter((node) => {
        const style = getComputedStyle(node);
        return style.animationName !== "none" || style.transitionDuration !== "0s";
      }).map((node) => `${named(node)} would move`),
      ...all("*").filter((node) => getComputedStyle(node).scrollBehavior !== "auto").map((node) => `${node.localName} glides`),
    ],

    // How far the darkest and the lightest part of a picture are apart.
    contrast: async (png) => {
      const bytes = Uint8Array.from(atob(png), (one) => one.charCodeAt(0));
      const picture = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
      const sheet = new OffscreenCanvas(picture.width, picture.height).getContext("2d");
      sheet.drawImage(picture, 0, 0);
      const { data } = sheet.getImageData(0, 0, picture.width, picture.height);
      let [least, most] = [1, 0];
      for (let at = 0; at < data.length; at += 4) {
        const one = light([...data.subarray(at, at + 3)]);
        [least, most] = [Math.min(least, one), Math.max(most, one)];
      }
      return ratio(least, most);
    },
  };
})();
