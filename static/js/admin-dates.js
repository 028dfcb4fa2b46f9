// A date field says what it reads while the editor types; without script it does so on saving.
"use strict";
{
  const PAUSE = 200; // milliseconds after the last key
  const waiting = new WeakMap();

  const show = async (field) => {
    const box = field.closest("[data-read-date]");
    const reading = box.querySelector(".edtf-reading");
    const { value, name } = field;
    const query = new URLSearchParams({ text: value, name });
    try {
      const answer = await fetch(`${box.dataset.readDate}?${query}`, { credentials: "same-origin" });
      const part = await answer.text();
      // What was typed meanwhile has a request of its own; a log-in page is no answer.
      if (field.value !== value || field.name !== name) return;
      reading.innerHTML = answer.ok && !answer.redirected ? part : "";
    } catch {
      reading.replaceChildren(); // the form asks on saving instead
    }
  };

  // On the document, so that rows that are added later have it, too.
  document.addEventListener("input", (event) => {
    const field = event.target;
    if (!field.matches("input.edtf-input")) return;
    clearTimeout(waiting.get(field));
    waiting.set(field, setTimeout(() => show(field), PAUSE));
  });
}
