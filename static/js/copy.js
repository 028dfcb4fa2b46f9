// A button that copies, behind each element with data-copyable (the button's words) and data-copied
// (what is said then). Without script the text is there to be selected.
"use strict";
{
  // As it is shown, but for the line breaks of the template.
  const textOf = (element) => element.innerText.trim();

  // Where the page came without TLS there is no clipboard: the selection is copied instead.
  const copied = async (element) => {
    if (navigator.clipboard) {
      await navigator.clipboard.writeText(textOf(element));
      return true;
    }
    getSelection().selectAllChildren(element);
    return document.execCommand("copy");
  };

  const offer = (element) => {
    const { copyable, copied: done } = element.dataset;
    element.removeAttribute("data-copyable"); // has its button
    const row = document.createElement("p");
    const button = document.createElement("button");
    const said = document.createElement("span");
    row.className = "cite-copy";
    button.type = "button";
    button.textContent = copyable;
    const about = element.getAttribute("aria-describedby");
    if (about) button.setAttribute("aria-describedby", about);
    said.setAttribute("role", "status");
    button.addEventListener("click", async () => {
      said.textContent = "";
      try {
        if (await copied(element)) said.textContent = done;
      } catch {
        getSelection().selectAllChildren(element); // refused: it is selected, to be copied by hand
      }
    });
    row.append(button, said);
    element.after(row);
  };

  const offerAll = () => document.querySelectorAll("[data-copyable]").forEach(offer);
  // Results and drawings that came later.
  for (const event of ["htmx:load", "drawn"]) document.addEventListener(event, offerAll);
  offerAll();
}
