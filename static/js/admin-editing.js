// What script adds to the editors' forms; each form works without it.
"use strict";
{
  // A suggestion beside a quote: its button fills in the source's own words.
  const take = (button) => {
    const quote = document.getElementById(button.dataset.field);
    quote.value = button.dataset.words;
    quote.focus();
  };

  // One of several places: its button fills in the words before and after.
  const choose = (button) => {
    for (const part of ["prefix", "suffix"]) {
      const id = button.dataset.field.replace(/quote$/, `${part}_words`);
      document.getElementById(id).value = button.dataset[part];
    }
    document.getElementById(button.dataset.field).focus();
  };

  // The id follows the title until the editor writes one; the server makes it in the same way.
  const slugOf = (title) => {
    const plain = title.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f'’]/g, "");
    const slug = plain.replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
    return slug.length <= 100 ? slug : slug.slice(0, 101).replace(/-[^-]*$/, "");
  };
  const follow = (slug) => {
    const title = document.getElementById(`id_${slug.dataset.madeOf}`);
    if (!title || slug.value) return;
    let own = false;
    slug.addEventListener("input", () => (own = slug.value !== ""));
    title.addEventListener("input", () => {
      if (!own) slug.value = slugOf(title.value);
    });
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button.js-take, button.js-choose");
    if (button) (button.matches(".js-take") ? take : choose)(button);
  });
  const prepare = (part) => {
    part.querySelectorAll("button.js-take, button.js-choose").forEach((button) => {
      button.hidden = false;
    });
    part.querySelectorAll("input[data-made-of]").forEach(follow);
  };
  document.addEventListener("DOMContentLoaded", () => prepare(document));
  document.addEventListener("formset:added", (event) => prepare(event.target)); // what came later
}
