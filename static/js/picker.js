// A long list of choices becomes a box to type in, by Tom Select. Without this file it stays a list.
for (const select of document.querySelectorAll(".picker > select")) pick(select);

function pick(select) {
  const { id, multiple, dataset: say } = select;
  const label = document.querySelector(`label[for="${id}"]`);
  const [told, chosen] = ["status", "note"].map((role) => {
    const text = document.createElement("span");
    text.className = "visually-hidden";
    if (role === "status") text.setAttribute("role", role);
    return text;
  });
  chosen.id = `${id}-chosen`;
  suggestZone(select);

  const picker = new TomSelect(select, {
    wrapperClass: "picker-box",
    controlClass: "picker-control",
    dropdownClass: "picker-list",
    dropdownContentClass: "picker-options",
    copyClassesToDropdown: false,
    placeholder: say.type,
    searchField: ["text", "also"],
    maxOptions: null,
    lockOptgroupOrder: true,
    openOnFocus: false,
    closeAfterSelect: true,
    refreshThrottle: 0,
    render: {
      item: ({ text }, escape) =>
        multiple
          ? `<div class="picker-item"><span>${escape(text)}</span><button type="button" tabindex="-1"></button></div>`
          : `<div>${escape(text)}</div>`,
      no_results: (_, escape) => `<div class="picker-none" role="option" aria-disabled="true">${escape(say.none)}</div>`,
    },
  });
  const box = picker.control_input;

  // Label and summary of errors lead to the box; the list behind it keeps what is chosen.
  select.removeAttribute("id");
  select.setAttribute("aria-hidden", "true");
  box.id = id;
  if (label) label.htmlFor = id;
  const described = [select.getAttribute("aria-describedby"), chosen.id].filter(Boolean);
  box.setAttribute("aria-describedby", described.join(" "));
  if (select.required) box.setAttribute("aria-required", "true");
  if (select.getAttribute("aria-invalid")) box.setAttribute("aria-invalid", "true");
  select.parentElement.append(chosen, told);
  select.parentElement.classList.add("picker-ready");

  const textOf = (value) => picker.options[value]?.text ?? "";
  const tell = (words, value) => (told.textContent = words.replace("{}", textOf(value)));
  const list = () => {
    const texts = picker.items.map(textOf);
    chosen.textContent = texts.length ? say.chosen.replace("{}", texts.join("; ")) : "";
    for (const button of picker.control.querySelectorAll("button"))
      button.setAttribute("aria-label", say.remove.replace("{}", textOf(button.parentElement.dataset.value)));
  };
  picker.on("item_add", (value) => (tell(say.added, value), list()));
  picker.on("item_remove", (value) => (tell(say.removed, value), list()));
  picker.on("type", () => (told.textContent = picker.currentResults?.items.length ? "" : say.none));
  list();

  // What is typed to search is no answer yet, and Enter does not send the form from here.
  for (const kind of ["input", "change"]) box.addEventListener(kind, (event) => event.stopPropagation());
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !picker.isOpen) event.preventDefault();
  });
  // A click opens the list, and another closes it.
  let wasOpen = false;
  picker.control.addEventListener("click", () => wasOpen || picker.open());
  picker.control.addEventListener(
    "click",
    (event) => {
      const button = event.target.closest("button");
      wasOpen = picker.isOpen;
      if (!button) return;
      event.stopImmediatePropagation();
      event.preventDefault();
      picker.removeItem(button.parentElement.dataset.value);
      box.focus();
    },
    true,
  );
  // The browser fills in forms by itself, and so may another script.
  select.addEventListener("change", () => {
    const values = [...select.selectedOptions].map((option) => option.value).filter(Boolean);
    if (values.join() === picker.items.join()) return;
    picker.sync();
    list();
  });
}

// Where no time zone is chosen yet, that of this device is.
function suggestZone(select) {
  if (!("zone" in select.dataset) || select.value) return;
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const option = [...select.options].find(
    ({ value, dataset }) => value === here || dataset.also?.split(" ").includes(here),
  );
  if (option) option.selected = true;
}
