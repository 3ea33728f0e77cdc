// The items of an issue are dragged to another place: the form of their order is sent, as by its buttons.
"use strict";

let dragged = null;
let before = null; // the place from which it was taken

document.addEventListener("dragstart", (event) => {
  dragged = event.target.closest?.("[data-item]");
  if (!dragged) return;
  before = document.createComment("");
  dragged.before(before);
  dragged.classList.add("is-dragged");
  event.dataTransfer.setData("text/plain", dragged.dataset.item);
  event.dataTransfer.effectAllowed = "move";
});

document.addEventListener("dragover", (event) => {
  const list = dragged && event.target.closest?.(".letter-section")?.querySelector(".letter-order");
  if (!list) return;
  event.preventDefault();
  const next = [...list.children].find((item) => {
    const box = item.getBoundingClientRect();
    return item !== dragged && event.clientY < box.top + box.height / 2;
  });
  if (dragged.nextElementSibling !== (next ?? null) || dragged.parentElement !== list)
    list.insertBefore(dragged, next ?? null);
});

document.addEventListener("drop", (event) => {
  if (dragged) event.preventDefault();
});

document.addEventListener("dragend", (event) => {
  if (!dragged) return;
  const item = dragged;
  dragged = null;
  item.classList.remove("is-dragged");
  if (event.dataTransfer.dropEffect === "none") {
    before.replaceWith(item);
    return;
  }
  before.remove();
  const form = document.querySelector("#order");
  const moved = form.querySelector("[name=moved]");
  moved.value = item.dataset.item;
  moved.disabled = false;
  form.requestSubmit();
});
