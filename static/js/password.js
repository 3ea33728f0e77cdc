// "Show password": the password can be read while it is typed, and is hidden again before it is sent.
for (const button of document.querySelectorAll(".password > button")) {
  const box = button.parentElement.querySelector("input");
  const show = (shown) => {
    box.type = shown ? "text" : "password";
    button.setAttribute("aria-pressed", String(shown));
  };
  button.hidden = false;
  button.addEventListener("click", () => show(box.type === "password"));
  box.form?.addEventListener("submit", () => show(false));
}
