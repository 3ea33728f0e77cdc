// A meeting is dragged to a cell, or picked up by its handle and moved by the arrow keys: the form of the board
// is filled in and sent, as by hand. What comes back replaces the board.
"use strict";

const scheduler = () => document.querySelector("#scheduler");
const told = document.querySelector("#said");
let held = null; // the card that is on its way
let at = null; // by keys: {slot, room}, the numbers of a row and a column

function place(card, room, slot) {
  const form = document.querySelector("#place-form");
  form.elements.meeting.value = card.dataset.meeting;
  form.elements.was.value = card.dataset.was || "";
  form.elements.room.value = room;
  form.elements.slot.value = slot;
  form.requestSubmit();
}

function mark(cell) {
  for (const one of document.querySelectorAll(".board-over")) one.classList.remove("board-over");
  cell?.classList.add("board-over");
}

function tell(words, facts) {
  const note = document.createElement("p");
  note.className = "notice";
  note.textContent = words.replace(/{(\w+)}/g, (_, name) => facts[name]);
  told?.replaceChildren(note);
}

// --- By mouse ---------------------------------------------------------------------------------------
const cellUnder = (event) => held && event.target.closest?.("td[data-slots]");
const isWaiting = (event) => held && event.target.closest?.("[data-waiting]");

// Of a cell that spans several slots, the one that the pointer is at.
function slotUnder(cell, event) {
  const slots = cell.dataset.slots.trim().split(" ");
  const box = cell.getBoundingClientRect();
  const share = (event.clientY - box.top) / box.height;
  return slots[Math.min(slots.length - 1, Math.max(0, Math.floor(share * slots.length)))];
}

document.addEventListener("dragstart", (event) => {
  const card = event.target.closest?.("[data-meeting]");
  if (!card) return;
  leave();
  held = card;
  event.dataTransfer.setData("text/plain", card.dataset.meeting);
  event.dataTransfer.effectAllowed = "move";
});

document.addEventListener("dragover", (event) => {
  const cell = cellUnder(event);
  mark(cell);
  if (cell || isWaiting(event)) event.preventDefault();
});

document.addEventListener("drop", (event) => {
  const cell = cellUnder(event);
  if (cell) place(held, cell.dataset.room, slotUnder(cell, event));
  else if (isWaiting(event)) held.querySelector("[formaction]")?.click();
  if (held) event.preventDefault();
});

document.addEventListener("dragend", () => {
  held = null;
  mark(null);
});

// --- By keys ----------------------------------------------------------------------------------------
const slots = () => [...scheduler().querySelectorAll("tbody th[data-slot]")];
const rooms = () => [...scheduler().querySelectorAll("thead th[data-room]")];

function cellAt({ slot, room }) {
  const code = slots()[slot].dataset.slot;
  const cells = scheduler().querySelectorAll(`td[data-room="${rooms()[room].dataset.room}"]`);
  return [...cells].find((cell) => cell.dataset.slots?.split(" ").includes(code));
}

function over() {
  const cell = cellAt(at);
  mark(cell);
  cell.scrollIntoView({ block: "nearest", inline: "nearest" });
  const say = scheduler().dataset;
  const there = [...cell.querySelectorAll("[data-number]")].filter((one) => !held.contains(one));
  const others = there.map((one) => one.dataset.number).join(", ");
  const where = { room: rooms()[at.room].firstElementChild.textContent, time: slots()[at.slot].textContent };
  tell(others ? `${say.over}. ${say.held}` : say.over, { ...where, meetings: others });
}

function pickUp(handle) {
  if (!slots().length) return;
  held = handle.closest("[data-meeting]");
  handle.setAttribute("aria-pressed", "true");
  scheduler().classList.add("is-holding");
  const own = held.closest("td[data-slots]");
  at = {
    slot: Math.max(0, slots().findIndex((one) => own?.dataset.slots.split(" ").includes(one.dataset.slot))),
    room: Math.max(0, rooms().findIndex((one) => one.dataset.room === own?.dataset.room)),
  };
  mark(cellAt(at));
  tell(scheduler().dataset.picked, { number: handle.dataset.number });
}

// The meeting stays where it was.
function leave() {
  const handle = document.querySelector(".board-grip[aria-pressed=true]");
  if (handle) {
    handle.setAttribute("aria-pressed", "false");
    scheduler().classList.remove("is-holding");
    tell(scheduler().dataset.left, { number: handle.dataset.number });
  }
  held = at = null;
  mark(null);
}

document.addEventListener("click", (event) => {
  const handle = event.target.closest(".board-grip");
  if (handle) {
    const own = handle.closest("[data-meeting]");
    if (!at) pickUp(handle);
    else if (held === own) drop();
    else (leave(), pickUp(handle));
    return;
  }
  // Picked up by a click or a finger, it is placed by the next one.
  const cell = at && event.target.closest("td[data-slots]");
  if (!cell || event.target.closest("a, button")) return;
  place(held, cell.dataset.room, slotUnder(cell, event));
  held = at = null;
});

function drop() {
  place(held, rooms()[at.room].dataset.room, slots()[at.slot].dataset.slot);
  held = at = null;
}

document.addEventListener("keydown", (event) => {
  if (!at) return;
  if (event.key === "Escape" || event.key === "Tab") return leave();
  const forward = document.dir === "rtl" ? -1 : 1;
  const step = {
    ArrowUp: [-1, 0],
    ArrowDown: [1, 0],
    ArrowLeft: [0, -forward],
    ArrowRight: [0, forward],
  }[event.key];
  if (!step) return;
  event.preventDefault();
  at.slot = Math.min(slots().length - 1, Math.max(0, at.slot + step[0]));
  at.room = Math.min(rooms().length - 1, Math.max(0, at.room + step[1]));
  over();
});

// A handle is where it was before the board came anew, and the focus on it.
document.addEventListener("htmx:beforeSwap", () => {
  held = at = null;
});
