// Small comforts. Everything works without this file.
"use strict";

// A menu closes with Escape, or when somebody clicks elsewhere or leaves it with the keyboard.
const menus = () =>
  document.querySelectorAll(".account-menu[open], .narrow-menu[open], .wide-menu .more-menu[open]");

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of menus()) {
    const inside = menu.contains(document.activeElement);
    menu.open = false;
    if (inside) menu.querySelector("summary").focus();
  }
});

for (const left of ["click", "focusin"])
  document.addEventListener(left, (event) => {
    for (const menu of menus()) if (!menu.contains(event.target)) menu.open = false;
  });

// After a refused form, the summary of what went wrong is read first.
document.querySelector("#error-summary")?.focus();

// While the list changes, the sheet of filters stays as the person left it.
let sheetWasOpen, choice;
document.addEventListener("htmx:beforeSwap", () => {
  sheetWasOpen = document.querySelector(".filter-sheet")?.open;
  choice = document.activeElement.id;
});
document.addEventListener("htmx:afterSwap", ({ detail }) => {
  const sheet = document.querySelector(".filter-sheet");
  if (!sheet || sheetWasOpen === undefined) return;
  sheet.open = sheetWasOpen;
  document.getElementById(choice)?.focus({ preventScroll: true });
  // A choice leaves the person at its filter; a button leads to what was found.
  const head = document.querySelector(".found-head");
  if (!head || detail.requestConfig.triggeringEvent?.type !== "submit") return;
  const { top, bottom } = head.getBoundingClientRect();
  if (top < 0 || bottom > innerHeight) head.scrollIntoView();
});

// While a part of a page comes anew by itself, its folds stay as the person left them.
let folds = new Map();
const namedFolds = () => [...document.querySelectorAll("details[data-fold]")];
document.addEventListener("htmx:beforeSwap", () => {
  folds = new Map(namedFolds().map(({ dataset, open }) => [dataset.fold, open]));
});
document.addEventListener("htmx:afterSwap", () => {
  for (const fold of namedFolds()) fold.open = folds.get(fold.dataset.fold) ?? fold.open;
});

// What the address points at is seen, whatever it is folded into; not every browser does that by itself.
const openTarget = () => {
  const target = document.querySelector(":target");
  let fold = target?.closest("details:not([open])");
  if (!fold) return;
  for (; fold; fold = fold.parentElement.closest("details:not([open])")) fold.open = true;
  target.scrollIntoView();
};
for (const arrived of ["load", "hashchange"]) window.addEventListener(arrived, openTarget);

// A visitor's own clock behind an instant that is told by another one.
for (const instant of document.querySelectorAll("time[data-own-clock]")) {
  const at = new Date(instant.dateTime);
  const language = document.documentElement.lang;
  const told = (timeZone, parts) =>
    new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, { timeZone, ...parts }).format(at);
  const day = { day: "numeric", month: "long", year: "numeric" };
  const hour = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  const its = instant.dataset.zone;
  const isSameDay = told(undefined, day) === told(its, day);
  if (isSameDay && told(undefined, hour) === told(its, hour)) continue;
  const own = isSameDay ? told(undefined, hour) : `${told(undefined, day)}, ${told(undefined, hour)}`;
  instant.append(` (${instant.dataset.ownClock.replace("{}", own)})`);
}

// Where there is a script there is a button that prints.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// And a button that copies a text, where the browser lets it; what follows the button says that it is done.
for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).value);
    button.nextElementSibling.textContent = button.dataset.copied;
  });
}

// The head on paper: of a public page the address as filters have changed it, and the day of printing.
window.addEventListener("beforeprint", () => {
  const language = document.documentElement.lang;
  const day = new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, { dateStyle: "long" });
  for (const place of document.querySelectorAll("[data-printed-address]")) place.textContent = location.href;
  for (const place of document.querySelectorAll("[data-printed-on]")) place.textContent = day.format(new Date());
});

// Check-ins that wait in this browser are removed when the person signs out.
document.addEventListener("submit", ({ target }) => {
  if (target.getAttribute("action")?.includes("/logout/")) localStorage.clear();
});
