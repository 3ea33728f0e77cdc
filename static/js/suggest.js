// Suggestions below a search box while somebody types: the combobox of the ARIA practices, with a list.
// Without this file the box is a plain form.
"use strict";

const PAUSE = 200; // milliseconds without a key before the portal is asked
const SHORTEST = 1;

for (const form of document.querySelectorAll("form[data-suggest]")) suggest(form);

function suggest(form) {
  const box = form.querySelector("input[type=search]");
  const list = document.createElement("ul");
  let timer, asking, chosen = -1, dismissed = false;
  list.id = `${box.id}-suggestions`;
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", form.dataset.suggestLabel);
  list.hidden = true;
  form.append(list);
  for (const [name, value] of Object.entries({
    role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-expanded": "false",
    "aria-controls": list.id,
  })) box.setAttribute(name, value);

  const options = () => [...list.children];

  function show(open) {
    list.hidden = !open;
    box.setAttribute("aria-expanded", String(open));
    if (!open) mark(-1);
  }

  function mark(at) {
    chosen = at;
    options().forEach((one, number) => one.setAttribute("aria-selected", String(number === at)));
    const one = options()[at];
    if (!one) return box.removeAttribute("aria-activedescendant");
    box.setAttribute("aria-activedescendant", one.id);
    one.scrollIntoView({ block: "nearest" });
  }

  async function ask() {
    asking?.abort();
    const text = box.value.trim();
    if (text.length < SHORTEST) return show(false);
    asking = new AbortController();
    try {
      const address = `${form.dataset.suggest}?q=${encodeURIComponent(text)}`;
      const answer = await fetch(address, { signal: asking.signal });
      if (!answer.ok) return show(false);
      list.innerHTML = await answer.text();
      options().forEach((one, number) => (one.id = `${list.id}-${number}`));
      mark(-1);
      show(!dismissed && options().length > 0 && document.activeElement === box);
    } catch (failed) {
      if (failed.name !== "AbortError") show(false);
    }
  }

  box.addEventListener("input", () => {
    dismissed = false;
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });

  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return; // a word is still being put together from its signs
    const last = options().length - 1;
    if (event.key === "Escape" && !list.hidden) {
      dismissed = true;
      show(false);
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && last >= 0) {
      const down = event.key === "ArrowDown";
      const next = list.hidden ? (down ? 0 : last) : chosen + (down ? 1 : -1);
      show(true);
      mark(next > last ? -1 : next < -1 ? last : next);
    } else if (event.key === "Enter" && !list.hidden && options()[chosen]) {
      location.assign(options()[chosen].dataset.url);
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation(); // else Escape would close the menu around it too
  });

  box.addEventListener("blur", () => setTimeout(() => show(false), 150));
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const one = event.target.closest("[role=option]");
    if (one) location.assign(one.dataset.url);
  });
}
