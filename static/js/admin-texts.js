// What script adds to the page of a lost claim and to repairs; each works without it.
"use strict";
{
  // One of the likeliest places: its button fills in the words and those around them.
  const quote = (button) => {
    const fill = { quote: "words", prefix_words: "prefix", suffix_words: "suffix" };
    for (const [field, part] of Object.entries(fill)) {
      document.getElementById(`id_${field}`).value = button.dataset[part];
    }
    document.getElementById("id_quote").focus();
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button.js-quote");
    if (button) quote(button);
  });
  // Whoever types other words means them.
  document.addEventListener("input", (event) => {
    if (!event.target.matches(".repair-words textarea") || !event.target.value) return;
    event.target.closest("li").querySelector('input[type="radio"]').checked = true;
  });
  document.addEventListener("DOMContentLoaded", () => {
    const choice = document.getElementById("id_quote");
    document.querySelectorAll("button.js-quote").forEach((button) => {
      button.hidden = !choice;
    });
  });
}
