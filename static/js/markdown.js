// What is pasted from Word or a web page into a box for Markdown becomes Markdown, by Turndown. The browser
// inserts it as if it were typed, so that Ctrl+Z takes it back. Without this file, plain text is pasted.
(() => {
  const MEANT = "strong, em, a, h2, h3, h4, ul, ol, blockquote, table, pre, code";
  const NOT_SHOWN =
    "head, script, style, template, noscript, iframe, object, svg, math, img, picture, video, audio, canvas," +
    " button, input, select, textarea, del, [hidden], [aria-hidden='true']";
  const BLOCKS = "p, div, li, h2, h3, h4, ul, ol, table, blockquote, pre, br, section, article, dt, dd";
  const LINKS = /^(?:https?:\/\/|mailto:)/i;
  // As core/text.py drops them when the text is saved; and soft hyphens, which Word puts into words.
  const INVISIBLE = /[\u202a-\u202e\u2066-\u2069\ufeff\u00ad]/g;
  const NUMBERED = /^[([]?[\p{L}\p{N}]{1,5}[.)\]\-]/u;
  const TURNDOWN = {
    headingStyle: "atx",
    hr: "---",
    bulletListMarker: "-",
    codeBlockStyle: "fenced",
    emDelimiter: "*",
  };

  document.addEventListener("paste", (event) => {
    const field = event.target;
    if (!(field instanceof HTMLTextAreaElement) || !field.closest(".markdown-editor")) return;
    const html = event.clipboardData ? event.clipboardData.getData("text/html") : "";
    const markdown = html && toMarkdown(html);
    if (!markdown) return;
    event.preventDefault();
    insert(field, markdown);
  });

  // The Markdown of the HTML; nothing where it has no form to keep, as source text copied from an editor.
  // Paragraphs are one: as plain text, Word ends them by a single line break, which Markdown reads as a space.
  function toMarkdown(html) {
    const { content } = Object.assign(document.createElement("template"), { innerHTML: inert(html) });
    tidy(content);
    const paragraphs = [...content.querySelectorAll("p")].filter((paragraph) => paragraph.textContent.trim());
    if (paragraphs.length < 2 && !content.querySelector(MEANT)) return "";
    const markdown = service().turndown(content).replace(/[ \t]+$/gm, (spaces) => (spaces === "  " ? spaces : ""));
    if (!markdown.trim() || content.querySelector(BLOCKS)) return markdown.trim();
    // Words out of a line keep the space to their neighbours.
    const [, start, end] = /^( ?)[^]*?( ?)$/.exec(content.textContent);
    return start + markdown.trim() + end;
  }

  // What was selected, its styles and scripts as data: the content security policy objects to them even where
  // none applies or runs.
  function inert(html) {
    return html
      .replace(/^[^]*<!--StartFragment-->/, "")
      .replace(/<!--EndFragment-->[^]*$/, "")
      .replace(/<[a-z][^<>]*>/gi, (tag) => tag.replace(/([\s"'/])(style|on\w+)\s*=/gi, "$1 data-$2="));
  }

  function insert(field, markdown) {
    const before = field.value.slice(0, field.selectionStart);
    const after = field.value.slice(field.selectionEnd);
    let text = markdown;
    if (/\n|^(?:#|- |> |\d+\. )/.test(markdown)) {
      if (before.trim()) text = "\n".repeat(2 - before.match(/\n{0,2}$/)[0].length) + text;
      if (after.trim()) text += "\n".repeat(2 - after.match(/^\n{0,2}/)[0].length);
    }
    field.focus();
    // Marked as out of date, yet the one way by which a browser can undo what a script inserts.
    if (document.execCommand("insertText", false, text)) return;
    field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function service() {
    const turndown = new TurndownService(TURNDOWN);
    turndown.addRule("items", {
      filter: "li",
      replacement: (content, item) => {
        const list = item.parentNode;
        const place = [...list.children].filter((child) => child.nodeName === "LI").indexOf(item);
        const sign = list.nodeName === "OL" ? `${(Number(list.getAttribute("start")) || 1) + place}. ` : "- ";
        const text = content.trim().replace(/\n{2,}(?=\s*(?:- |\d+\. ))/g, "\n");
        return sign + text.replace(/\n/g, `\n${" ".repeat(sign.length)}`) + (item.nextElementSibling ? "\n" : "");
      },
    });
    turndown.addRule("tables", {
      filter: "table",
      replacement: (_, table) => {
        const rows = [...table.rows].map((row) =>
          [...row.cells].flatMap((cell) => [cellText(turndown, cell), ...Array(cell.colSpan - 1).fill("")]),
        );
        const width = Math.max(...rows.map((row) => row.length));
        const lines = rows.map((row) => `| ${[...row, ...Array(width - row.length).fill("")].join(" | ")} |`);
        lines.splice(1, 0, `|${" --- |".repeat(width)}`);
        return `\n\n${lines.join("\n")}\n\n`;
      },
    });
    return turndown;
  }

  function cellText(turndown, cell) {
    const copy = cell.cloneNode(true);
    for (const block of [...copy.querySelectorAll(BLOCKS)]) {
      block.before(" ");
      block.after(" ");
      unwrap(block);
    }
    return turndown.turndown(copy).replace(/\s+/g, " ").trim().replace(/\|/g, "\\|");
  }

  // Makes of what programs write the few elements that our Markdown knows.
  function tidy(body) {
    dropComments(body);
    body.querySelectorAll(NOT_SHOWN).forEach((element) => element.remove());
    for (const element of body.querySelectorAll("[data-style]")) {
      if (/display:\s*none|mso-hide:\s*all/i.test(element.getAttribute("data-style"))) element.remove();
    }
    tidyText(body);
    nameTitles(body);
    makeWordLists(body);
    nameByStyle(body);
    body.querySelectorAll("[data-style]").forEach((element) => element.removeAttribute("data-style"));
    tidyHeadings(body);
    for (const link of [...body.querySelectorAll("a")]) {
      const address = link.getAttribute("href") || "";
      link.removeAttribute("title");
      if (!LINKS.test(address) || !link.textContent.trim()) unwrap(link);
    }
    body.querySelectorAll("li > p:only-child").forEach(unwrap);
    // Google Docs puts a list within a list beside its item instead of into it.
    for (const list of body.querySelectorAll(":is(ul, ol) > :is(ul, ol)")) {
      if (list.previousElementSibling) list.previousElementSibling.append(list);
      else unwrap(list);
    }
    // A table of one column only gives a page its shape.
    for (const table of [...body.querySelectorAll("table")].reverse()) {
      const nested = table.parentElement && table.parentElement.closest("table");
      if (!nested && [...table.rows].some((row) => row.cells.length > 1)) continue;
      for (const cell of [...table.querySelectorAll("caption, td, th")]) rename(cell, "div");
      for (const part of [...table.querySelectorAll("tbody, thead, tfoot, tr, colgroup")]) unwrap(part);
      unwrap(table);
    }
    for (const name of ["strong", "em"]) joinMarks(body, name);
  }

  function dropComments(body) {
    const walker = document.createTreeWalker(body, NodeFilter.SHOW_COMMENT);
    const comments = [];
    while (walker.nextNode()) comments.push(walker.currentNode);
    comments.forEach((comment) => comment.remove());
  }

  function tidyText(body) {
    const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      // A space that does not break stays where a language asks for it.
      node.data = node.data
        .replace(INVISIBLE, "")
        .replace(/(?<!«)(?<!\d(?=\u00a0\d))\u00a0(?![:;!?»%])/g, " ")
        .normalize("NFC");
    }
  }

  function nameTitles(body) {
    for (const paragraph of [...body.querySelectorAll("p[class]")]) {
      if (/^MsoTitle/.test(paragraph.className)) rename(paragraph, "h1");
    }
  }

  // Word writes the points of a list as paragraphs, each with its level and with its sign as text.
  function makeWordLists(body) {
    const levelOf = (node) => {
      const found = /mso-list:\s*l\d+\s+level(\d+)/i.exec((node && node.getAttribute("data-style")) || "");
      return found && node.nodeName === "P" ? Number(found[1]) : 0;
    };
    for (const first of [...body.querySelectorAll("p")]) {
      if (!first.parentNode || !levelOf(first)) continue;
      const lists = []; // from the outermost in: {level, list}
      const anchor = first.ownerDocument.createTextNode("");
      first.before(anchor);
      for (let point = first, next; levelOf(point); point = next) {
        next = point.nextElementSibling;
        const level = levelOf(point);
        const sign = point.querySelector("[data-style*='mso-list:Ignore' i], [data-style*='mso-list: Ignore' i]");
        const words = sign ? sign.textContent.trim() : "";
        if (sign) sign.remove();
        const name = NUMBERED.test(words) ? "ol" : "ul";
        while (lists.length && lists.at(-1).level > level) lists.pop();
        const open = lists.at(-1);
        let list = open && open.level === level && open.list.localName === name ? open.list : null;
        if (!list) {
          if (open && open.level === level) lists.pop();
          list = first.ownerDocument.createElement(name);
          const number = /\d+/.exec(words);
          if (name === "ol" && number && number[0] !== "1") list.setAttribute("start", number[0]);
          const outer = lists.at(-1);
          if (outer) outer.list.lastElementChild.append(list);
          else anchor.before(list);
          lists.push({ level, list });
        }
        list.append(rename(point, "li"));
      }
      anchor.remove();
    }
  }

  // Bold and italic by style (Google Docs) or by older names; a mark that its style takes back is none.
  function nameByStyle(body) {
    for (const element of [...body.querySelectorAll("b, i, strong, em, span, font")]) {
      const weight = declared(element, "font-weight");
      const style = declared(element, "font-style");
      const old = { b: "strong", i: "em" }[element.localName] || element.localName;
      const bold = weight ? weight === "bold" || Number(weight) >= 600 : old === "strong";
      const italic = style ? style !== "normal" : old === "em";
      if (italic) wrapContent(element, "em");
      if (bold) wrapContent(element, "strong");
      unwrap(element);
    }
  }

  // The page has its own first heading: those of a text begin below it, three deep.
  function tidyHeadings(body) {
    const lower = body.querySelector("h1") ? 1 : 0;
    for (const heading of [...body.querySelectorAll("h1, h2, h3, h4, h5, h6")]) {
      const level = Math.min(Number(heading.localName[1]) + lower, 4);
      heading.querySelectorAll("strong, em").forEach(unwrap);
      if (heading.textContent.trim() && !heading.closest("li, td, th")) rename(heading, `h${level}`);
      else rename(heading, "p");
    }
  }

  // Neighbours become one, for Markdown cannot end a mark and begin it at the same place; and a mark does not
  // end between a sign and a letter ("**Note:**text" is no bold), so that signs at its ends move out.
  function joinMarks(body, name) {
    body.querySelectorAll(`${name} ${name}`).forEach(unwrap);
    body.normalize();
    for (const mark of body.querySelectorAll(name)) {
      while (mark.parentNode && mark.nextSibling && mark.nextSibling.localName === name) {
        mark.append(...mark.nextSibling.childNodes);
        mark.nextSibling.remove();
      }
    }
    body.normalize();
    for (const mark of [...body.querySelectorAll(name)]) {
      if (!mark.textContent.trim()) {
        unwrap(mark);
        continue;
      }
      const { firstChild: first, lastChild: last, previousSibling: before, nextSibling: after } = mark;
      if (after && /^[\p{L}\p{N}]/u.test(after.textContent) && last.nodeType === Node.TEXT_NODE) {
        const signs = /[\p{P}\p{S}]+$/u.exec(last.data);
        if (signs) mark.after(last.splitText(signs.index));
      }
      if (before && /[\p{L}\p{N}]$/u.test(before.textContent) && first.nodeType === Node.TEXT_NODE) {
        const signs = /^[\p{P}\p{S}]+/u.exec(first.data);
        if (signs) {
          first.splitText(signs[0].length);
          mark.before(first);
        }
      }
      if (!mark.textContent.trim()) unwrap(mark);
    }
  }

  function declared(element, property) {
    const found = new RegExp(`(?:^|;)\\s*${property}:\\s*([^;!]+)`, "i").exec(element.getAttribute("data-style") || "");
    return found ? found[1].trim().toLowerCase() : "";
  }

  function unwrap(element) {
    element.replaceWith(...element.childNodes);
  }

  function rename(element, name) {
    const renamed = element.ownerDocument.createElement(name);
    renamed.append(...element.childNodes);
    element.replaceWith(renamed);
    return renamed;
  }

  function wrapContent(element, name) {
    const wrapper = element.ownerDocument.createElement(name);
    wrapper.append(...element.childNodes);
    element.append(wrapper);
  }

  // The keys that word processors have for it press the buttons above the text. On a keyboard of another script
  // the place of the key counts.
  const KEYS = { b: "md-bold", i: "md-italic", k: "md-link" };
  document.addEventListener("keydown", (event) => {
    const editor = event.target instanceof HTMLTextAreaElement && event.target.closest(".markdown-editor");
    if (!editor || event.altKey || event.shiftKey || event.ctrlKey === event.metaKey) return;
    const letter = /^[a-z]$/i.test(event.key) ? event.key : event.code.replace("Key", "");
    const button = editor.querySelector(KEYS[letter.toLowerCase()] || "unknown");
    if (!button) return;
    event.preventDefault();
    button.click();
  });

  // The buttons above the text follow the arrows as they are seen, also from right to left.
  document.addEventListener(
    "keydown",
    (event) => {
      const other = { ArrowLeft: "ArrowRight", ArrowRight: "ArrowLeft" }[event.key];
      const toolbar = event.isTrusted && other && event.target.closest && event.target.closest("markdown-toolbar");
      if (!toolbar || getComputedStyle(toolbar).direction !== "rtl") return;
      event.preventDefault();
      event.stopImmediatePropagation();
      event.target.dispatchEvent(new KeyboardEvent("keydown", { key: other, bubbles: true, cancelable: true }));
    },
    true,
  );
})();
