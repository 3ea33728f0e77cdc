// A meeting is dragged to a cell: the form of the board is filled in and sent, as by hand.
"use strict";

const form = document.querySelector("#place-form");
let dragged = null;

for (const card of document.querySelectorAll("[data-meeting]")) {
  card.addEventListener("dragstart", (event) => {
    dragged = card;
    event.dataTransfer.setData("text/plain", card.dataset.meeting);
    event.dataTransfer.effectAllowed = "move";
  });
  card.addEventListener("dragend", () => {
    dragged = null;
    for (const cell of document.querySelectorAll(".board-over")) cell.classList.remove("board-over");
  });
}

for (const cell of document.querySelectorAll("[data-slot]")) {
  cell.addEventListener("dragover", (event) => {
    if (!dragged) return;
    event.preventDefault();
    cell.classList.add("board-over");
  });
  cell.addEventListener("dragleave", () => cell.classList.remove("board-over"));
  cell.addEventListener("drop", (event) => {
    if (!dragged) return;
    event.preventDefault();
    form.elements.meeting.value = dragged.dataset.meeting;
    form.elements.was.value = dragged.dataset.was || "";
    form.elements.room.value = cell.dataset.room;
    form.elements.slot.value = cell.dataset.slot;
    form.requestSubmit();
  });
}
