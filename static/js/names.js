// A list of names is narrowed as one types; accents and case do not count. On a phone its parts are folded,
// but those in which something is found.
"use strict";

const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();

for (const form of document.querySelectorAll("form[data-names]")) {
  const list = document.querySelector(form.dataset.names);
  const input = form.querySelector("input");
  const told = form.querySelector("[role=status]");
  const isPhone = matchMedia("(max-width: 575.98px)").matches;
  const fold = (part, isOpen) => part.querySelectorAll("details").forEach((details) => (details.open = isOpen));
  fold(list, !isPhone);
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    list.querySelector("li:not([hidden]) a")?.click();
  });
  input.addEventListener("input", () => {
    const words = plain(input.value.trim());
    for (const part of list.querySelectorAll("section")) {
      let any = false;
      for (const item of part.querySelectorAll("li")) {
        item.hidden = !plain(item.textContent).includes(words);
        any ||= !item.hidden;
      }
      part.hidden = !any;
      fold(part, Boolean(words) || !isPhone);
    }
    told.textContent = list.querySelector("section:not([hidden])") ? "" : told.dataset.none;
  });
}
