// A check-in is kept in this browser and then sent, so that a broken line loses none; it is removed once the
// server has answered. A camera that reads tickets checks in the same way. Without this file the forms do it.
"use strict";

(() => {
  const panel = document.querySelector("[data-checkin]");
  try {
    localStorage.length;
  } catch {
    return; // A browser that keeps nothing leaves it to the forms.
  }
  const KEY = `check-in:${panel.dataset.checkin}`;
  const AGAIN = 15_000; // until the next attempt to send
  const PATIENCE = 15_000; // with an answer
  const LOOKS = 300; // from one look of the camera to the next
  const part = (name) => panel.querySelector(`[data-checkin-${name}]`);
  const words = part("words").dataset;

  // --- What waits: a registration or the code of a ticket, and when the person came ---------------------
  const waiting = () => JSON.parse(localStorage.getItem(KEY) || "[]");
  const isSame = (entry) => (other) => entry.registration === other.registration && entry.code === other.code;

  function save(entries) {
    if (entries.length) localStorage.setItem(KEY, JSON.stringify(entries));
    else localStorage.removeItem(KEY);
  }

  function keep(entry) {
    const entries = waiting();
    if (!entries.some(isSame(entry))) save([...entries, { ...entry, at: Date.now() }]);
  }

  const drop = (entry) => save(waiting().filter((other) => !isSame(entry)(other)));

  function tell(text, isProblem = false) {
    const line = document.createElement("p");
    line.className = `notice ${isProblem ? "notice-danger" : "notice-success"}`;
    const sign = document.createElement("span");
    sign.className = "notice-sign";
    line.append(sign, text);
    part("answers").prepend(line);
    while (part("answers").children.length > 3) part("answers").lastChild.remove();
  }

  let problem = ""; // why they wait: a name among the words of the page
  function showWaiting() {
    const entries = waiting();
    part("queue").hidden = !(entries.length && problem);
    part("number").textContent = entries.length.toLocaleString(document.documentElement.lang);
    part("why").textContent = words[problem] || "";
    for (const form of document.querySelectorAll("#checkin-list form")) {
      const registration = form.elements.registration.value;
      const waits = Boolean(problem) && entries.some(isSame({ registration }));
      for (const button of form.querySelectorAll("button")) button.hidden = waits !== "waits" in button.dataset;
    }
  }

  // --- Sending ------------------------------------------------------------------------------------------
  // Somebody who signs in again in another window gets a new token; this page takes it from there.
  const token = () =>
    document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ||
    document.querySelector("[name=csrfmiddlewaretoken]").value;

  async function post(fields) {
    try {
      const answer = await fetch(location.pathname, {
        method: "POST",
        body: new URLSearchParams({ ...fields, csrfmiddlewaretoken: token() }),
        credentials: "same-origin",
        redirect: "manual",
        headers: { Accept: "application/json" },
        signal: AbortSignal.timeout(PATIENCE),
      });
      if (answer.ok || answer.status === 409) return await answer.json();
      const isSignedOut = answer.type === "opaqueredirect" || [401, 403].includes(answer.status);
      return { problem: isSignedOut ? "signedOut" : "failed" };
    } catch {
      return { problem: "offline" };
    }
  }

  // The list anew. A code is looked up once, and the next person comes.
  function refresh() {
    const url = new URL(location);
    url.searchParams.delete("code");
    history.replaceState(null, "", url);
    document.querySelector("#code").value = "";
    htmx.ajax("GET", url.href, { target: "#checkin-list", select: "#checkin-list", swap: "outerHTML" });
  }

  let isSending = false;
  let timer;
  async function send() {
    if (isSending) return;
    isSending = true;
    clearTimeout(timer);
    problem = "";
    let isAnswered = false;
    for (let entry = waiting()[0]; entry; entry = waiting()[0]) {
      const { at, ...fields } = entry;
      const answer = await post({ ...fields, seconds_ago: Math.round((Date.now() - at) / 1000) });
      problem = answer.problem ?? "";
      if (problem) break;
      drop(entry);
      tell(answer.text, answer.is_refused);
      isAnswered = true;
    }
    isSending = false;
    showWaiting();
    if (problem) timer = setTimeout(send, AGAIN);
    if (isAnswered) refresh();
  }

  function checkIn(entry) {
    keep(entry);
    send();
  }

  async function undo(entry) {
    if (waiting().some(isSame(entry))) {
      drop(entry);
      showWaiting();
      return;
    }
    const answer = await post({ ...entry, undo: 1 });
    tell(answer.problem ? words.notUndone : answer.text, Boolean(answer.problem) || answer.is_refused);
    if (!answer.problem) refresh();
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.closest("#checkin-list")) {
      event.preventDefault();
      const entry = { registration: form.elements.registration.value };
      if (event.submitter.name === "undo") undo(entry);
      else checkIn(entry);
    } else if (form.elements.code && (problem || !navigator.onLine)) {
      // No list can be asked for now: the code that was typed waits as well.
      event.preventDefault();
      checkIn({ code: form.elements.code.value.trim() });
      form.reset();
    } else if (form.getAttribute("action")?.includes("/logout/") && waiting().length && !confirm(words.signOut)) {
      event.preventDefault();
      event.stopPropagation();
    }
  }, true);
  document.addEventListener("htmx:afterSettle", showWaiting);
  window.addEventListener("online", send);
  window.addEventListener("beforeunload", (event) => {
    if (waiting().length) event.preventDefault();
  });

  // --- The camera ---------------------------------------------------------------------------------------
  const button = part("scan");
  const video = part("video");
  let stream = null;
  let lastCode = "";

  // A ticket shows the address of this page with its code.
  function codeIn(text) {
    try {
      return new URL(text).searchParams.get("code") || "";
    } catch {
      return "";
    }
  }

  function stop() {
    for (const track of stream?.getTracks() ?? []) track.stop();
    stream = null;
    video.hidden = true;
    button.textContent = words.scan;
  }

  async function look(detector) {
    if (!stream) return;
    const found = await detector.detect(video).catch(() => []);
    const text = found[0]?.rawValue;
    if (text && text !== lastCode) {
      lastCode = text;
      const code = codeIn(text);
      if (code) checkIn({ code });
      else tell(words.noTicket, true);
    }
    setTimeout(look, LOOKS, detector);
  }

  async function scan() {
    if (stream) return stop();
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    } catch (refusal) {
      return tell(refusal.name === "NotAllowedError" ? words.cameraRefused : words.noCamera, true);
    }
    lastCode = "";
    video.hidden = false;
    button.textContent = words.stop;
    video.srcObject = stream;
    await video.play();
    look(new BarcodeDetector({ formats: ["qr_code"] }));
  }

  async function offerCamera() {
    if (!("BarcodeDetector" in window) || !navigator.mediaDevices) return;
    if (!(await BarcodeDetector.getSupportedFormats()).includes("qr_code")) return;
    button.hidden = false;
    button.addEventListener("click", scan);
  }

  part("send").addEventListener("click", send);
  offerCamera();
  send();
})();
