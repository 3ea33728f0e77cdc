// Tells under a text how many words it has, and how many it may have. Counts as core/word_counts.py does.
(() => {
  const EACH =
    "\\u3005\\u3007\\u3040-\\u30ff\\u31f0-\\u31ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\uff66-\\uff9f\\u{20000}-\\u{3ffff}";
  // Python's white space, which is wider than \s by four separators and narrower by the byte order mark.
  const SPACE =
    "\\t-\\r\\u001c-\\u0020\\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
  const WORD = new RegExp(`[${EACH}]|[^${SPACE}${EACH}]+`, "gu");
  const count = (text) => (text.normalize("NFC").match(WORD) || []).length;

  const show = (field) => {
    const told = document.getElementById(field.dataset.words);
    if (!told) return;
    const words = count(field.value);
    const most = Number(field.dataset.wordsMost) || 0;
    told.querySelector("[data-words-count]").textContent = words.toLocaleString(document.documentElement.lang);
    told.classList.toggle("too-many", most > 0 && words > most);
  };

  document.addEventListener("input", (event) => {
    if (event.target.dataset && event.target.dataset.words) show(event.target);
  });
  document.querySelectorAll("[data-words]").forEach(show);
})();
