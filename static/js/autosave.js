// Saves what is being written, and says so. Without this file "Save draft" does the same.
(() => {
  const form = document.querySelector("form[data-autosave]");
  if (!form) return;
  const told = form.querySelector("[data-autosave-told]");
  const PAUSE = 2000;
  const AGAIN = 15000;
  let dirty = false;
  let saving = null;
  let timer;
  let stopped = false;

  const say = (text, failed = false) => {
    if (told.textContent !== text) told.textContent = text;
    told.classList.toggle("save-failed", failed);
  };

  // Whoever signs in again in another window gets a new token; this page takes it from there.
  const renewToken = () => {
    const found = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
    const field = form.querySelector("[name=csrfmiddlewaretoken]");
    if (found && field) field.value = found[1];
  };

  const later = (pause) => {
    clearTimeout(timer);
    timer = setTimeout(save, pause);
  };

  async function send() {
    renewToken();
    const data = new FormData(form);
    // A file goes with "Save draft".
    for (const field of form.querySelectorAll("input[type=file]")) data.delete(field.name);
    dirty = false;
    let answer;
    try {
      answer = await fetch(form.dataset.autosave, {
        method: "POST",
        body: data,
        credentials: "same-origin",
        headers: { Accept: "application/json" },
      });
    } catch {
      dirty = true;
      say(form.dataset.toldOffline, true);
      later(AGAIN);
      return;
    }
    if (answer.status === 401 || answer.status === 403) {
      dirty = true;
      say(form.dataset.toldSignedOut, true);
      later(AGAIN);
      return;
    }
    const said = (answer.headers.get("content-type") || "").includes("json") ? await answer.json() : {};
    if (answer.ok) {
      form.querySelector("[name=version]").value = said.version;
      if (dirty) later(PAUSE);
      else say(said.said);
      return;
    }
    dirty = true;
    if (answer.status === 409) {
      stopped = true;
      say(`${said.problem} ${form.dataset.toldConflict}`, true);
    } else {
      say(form.dataset.toldFailed, true);
      later(AGAIN);
    }
  }

  function save() {
    clearTimeout(timer);
    if (stopped || saving || !dirty) return;
    saving = send().finally(() => {
      saving = null;
    });
  }

  form.addEventListener("input", () => {
    dirty = true;
    if (stopped) return;
    if (!told.classList.contains("save-failed")) say(form.dataset.toldWriting);
    later(PAUSE);
  });

  // A button waits for a saving under way, whose version it has to know.
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    renewToken();
    if (!saving) {
      dirty = false;
      stopped = true;
      return;
    }
    event.preventDefault();
    const button = event.submitter;
    saving.then(() => form.requestSubmit(button));
  });

  window.addEventListener("beforeunload", (event) => {
    if (dirty) event.preventDefault();
  });
})();
