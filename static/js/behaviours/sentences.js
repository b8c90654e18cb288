// Sentences: offers words while one types, and takes a choice at once instead of sending the form. Offsets of the server
// count code points. Tab always leaves the field; Enter takes a word only when the arrows have chosen one.
import { announce, csrfHeaders } from "../say.js";

const DELAY = 150;

export function attach(root) {
  const field = root.querySelector("textarea");
  const form = field.form;
  const popup = document.createElement("div");
  let options = [];
  let marked = -1;
  let timer;
  let request;

  popup.className = "listbox";
  popup.id = `${field.id}_options`;
  popup.hidden = true;
  popup.setAttribute("role", "listbox");
  popup.ariaLabel = root.dataset.found;
  field.after(popup);
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-haspopup", "listbox");

  const points = (text) => [...text].length;
  const units = (text, count) => [...text].slice(0, count).join("").length;

  function close() {
    clearTimeout(timer);
    request?.abort();
    popup.hidden = true;
    marked = -1;
    field.removeAttribute("aria-activedescendant");
    field.removeAttribute("aria-controls");
  }

  async function suggest() {
    request?.abort();
    request = new AbortController();
    const text = field.value;
    const body = new FormData();
    body.set("text", text);
    body.set("cursor", String(points(text.slice(0, field.selectionStart))));
    body.set("language", form.elements.language.value);
    try {
      const answer = await fetch(root.dataset.completionsUrl, { method: "POST", body, headers: csrfHeaders(), signal: request.signal });
      options = answer.ok ? (await answer.json()).completions : [];
    } catch { return; }
    if (field.value !== text || document.activeElement !== field) return;
    draw();
  }

  function draw() {
    popup.replaceChildren(...options.map((each, index) => {
      const option = document.createElement("div");
      option.className = "listbox__option";
      option.id = `${popup.id}_${index}`;
      option.setAttribute("role", "option");
      option.ariaSelected = "false";
      option.textContent = each.text.trim();
      if (each.about) {
        const about = document.createElement("span");
        about.className = "listbox__hint";
        about.textContent = each.about;
        option.append(about);
      }
      option.addEventListener("pointerdown", (event) => { event.preventDefault(); take(each); });
      return option;
    }));
    marked = -1;
    field.removeAttribute("aria-activedescendant");
    popup.hidden = !options.length;
    if (popup.hidden) { field.removeAttribute("aria-controls"); return; }
    field.setAttribute("aria-controls", popup.id);
    announce(`${options.length} ${root.dataset.found}`);
  }

  function mark(step) {
    marked = (marked + step + options.length + (marked < 0 && step < 0 ? 1 : 0)) % options.length;
    [...popup.children].forEach((option, index) => { option.ariaSelected = String(index === marked); });
    popup.children[marked].scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", popup.children[marked].id);
  }

  // Written as if typed, so that the browser's own undo takes it back.
  function write(start, end, text) {
    field.focus();
    field.setSelectionRange(start, end);
    if (!document.execCommand("insertText", false, text)) field.setRangeText(text, start, end, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function take(each) {
    close();
    write(units(field.value, each.start), units(field.value, each.end), each.text);
  }

  function wait() {
    clearTimeout(timer);
    timer = setTimeout(suggest, DELAY);
  }

  field.addEventListener("input", (event) => { if (!event.isComposing) wait(); });
  field.addEventListener("compositionend", wait);
  field.addEventListener("blur", close);
  field.addEventListener("click", close);
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === " " && event.ctrlKey) { event.preventDefault(); suggest(); return; }
    if (popup.hidden) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      mark(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && marked >= 0) {
      event.preventDefault();
      take(options[marked]);
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      close();
    } else if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
      close();
    }
  });

  // The problems are swapped in; the field says whether there are any.
  document.addEventListener("htmx:oobAfterSwap", () => {
    if (form.querySelector(".sentence-problem")) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
  });
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-choice]");
    const place = event.target.closest("[data-goto]");
    if (button) choose(button, event);
    if (place) {
      event.preventDefault();
      const [start, end] = place.dataset.goto.split(",").map(Number);
      field.focus();
      field.setSelectionRange(units(field.value, start), units(field.value, end));
    }
  });

  function choose(button, event) {
    const [start, end, old, text] = JSON.parse(button.value);
    const from = units(field.value, start);
    const to = units(field.value, end);
    if (start < 0) {
      event.preventDefault();
      const kept = field.value.trimEnd();
      write(kept.length, field.value.length, kept ? `\n${text}` : text);
    } else if (field.value.slice(from, to) === old) {
      event.preventDefault();
      write(from, to, text);
    }
    // Otherwise the text has changed since; the server shows it as it is now.
    // Whoever chooses is not typing, and the list would lie over the next choices.
    close();
  }
}
