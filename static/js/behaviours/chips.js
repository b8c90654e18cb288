// A list as chips over its textarea, which stays the form's field: one entry a line. Enter, comma, leaving or pasting
// many lines adds; Backspace selects the last chip, then removes it; a wrong chip stays, marked, with its message.
import { announce } from "../say.js";

export function attach(root) {
  const field = root.querySelector("textarea");
  const wrong = new Map([...root.querySelectorAll(".chips__wrong")].map((each) => [each.value, each.textContent]));
  const fixed = [...root.querySelectorAll("datalist option")].map((option) => ({ value: option.value, hint: option.textContent }));
  const label = document.getElementById(`${field.id}_label`);
  let values = split(field.value);
  let options = [];
  let marked = -1;
  let request;

  const box = element("div", "chips__box");
  const list = element("ul", "chips__list");
  const entry = element("input", "chips__entry");
  const popup = element("div", "listbox");
  entry.type = "text";
  entry.id = `${field.id}_entry`;
  entry.autocomplete = "off";
  entry.spellcheck = false;
  entry.setAttribute("autocapitalize", "off");
  entry.setAttribute("aria-labelledby", label.id);
  entry.setAttribute("aria-describedby", field.getAttribute("aria-describedby") ?? "");
  entry.setAttribute("role", "combobox");
  entry.setAttribute("aria-autocomplete", "list");
  entry.setAttribute("aria-expanded", "false");
  entry.setAttribute("aria-controls", `${field.id}_options`);
  if (field.ariaInvalid === "true") { entry.ariaInvalid = "true"; box.dataset.invalid = ""; }
  list.setAttribute("aria-labelledby", label.id);
  popup.id = `${field.id}_options`;
  popup.hidden = true;
  popup.setAttribute("role", "listbox");
  popup.setAttribute("aria-labelledby", label.id);
  label.htmlFor = entry.id;
  box.append(list, entry);
  field.hidden = true;
  root.append(box, popup);

  function split(text) {
    return [...new Set(text.split(/[\n,]/).map((value) => value.trim()).filter(Boolean))];
  }

  function element(name, className, text = "") {
    const made = document.createElement(name);
    made.className = className;
    made.textContent = text;
    return made;
  }

  function draw() {
    list.replaceChildren(...values.map((value, index) => {
      const chip = element("li", "chip");
      if (wrong.has(value)) { chip.classList.add("chip--wrong"); chip.title = wrong.get(value); }
      const text = element("button", "chip__text", value);
      text.type = "button";
      text.addEventListener("click", () => edit(index));
      const remove = element("button", "chip__remove", "×");
      remove.type = "button";
      remove.ariaLabel = `${root.dataset.remove} ${value}`;
      remove.addEventListener("click", () => { take(index); (list.children[index]?.lastChild ?? entry).focus(); });
      chip.append(text, remove);
      return chip;
    }));
    marked = -1;
  }

  function store() {
    field.value = values.join("\n");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function add(text) {
    const fresh = split(text).filter((value) => !values.includes(value));
    entry.value = "";
    close();
    if (!fresh.length) return;
    values = [...values, ...fresh];
    draw();
    store();
    announce(`${fresh.join(", ")} ${root.dataset.added}`);
  }

  function take(index) {
    const [value] = values.splice(index, 1);
    draw();
    store();
    announce(`${value} ${root.dataset.removed}`);
  }

  // A click on a chip brings its text back into the field, to be corrected.
  function edit(index) {
    const value = values[index];
    take(index);
    entry.value = value;
    entry.focus();
    entry.select();
  }

  async function suggest() {
    const wanted = entry.value.trim();
    let found = fixed;
    if (root.dataset.suggestionsUrl) {
      request?.abort();
      request = new AbortController();
      try {
        const answer = await fetch(`${root.dataset.suggestionsUrl}?q=${encodeURIComponent(wanted)}`, { signal: request.signal });
        found = answer.ok ? await answer.json() : [];
      } catch { return; }
    }
    options = found.filter((each) => !values.includes(each.value) && `${each.value} ${each.hint ?? ""}`.toLowerCase().includes(wanted.toLowerCase())).slice(0, 50);
    popup.replaceChildren(...options.map((each, index) => {
      const option = element("div", "listbox__option", each.value);
      option.id = `${popup.id}_${index}`;
      option.setAttribute("role", "option");
      option.ariaSelected = "false";
      if (each.hint) option.append(element("span", "listbox__hint", each.hint));
      option.addEventListener("pointerdown", (event) => { event.preventDefault(); add(each.value); });
      return option;
    }));
    marked = -1;
    popup.hidden = !options.length || document.activeElement !== entry;
    entry.setAttribute("aria-expanded", String(!popup.hidden));
    entry.removeAttribute("aria-activedescendant");
  }

  function close() {
    popup.hidden = true;
    entry.setAttribute("aria-expanded", "false");
    entry.removeAttribute("aria-activedescendant");
    marked = -1;
  }

  function mark(step) {
    if (popup.hidden) { suggest(); return; }
    marked = (marked + step + options.length + (marked < 0 && step < 0 ? 1 : 0)) % options.length;
    [...popup.children].forEach((option, index) => { option.ariaSelected = String(index === marked); });
    popup.children[marked].scrollIntoView({ block: "nearest" });
    entry.setAttribute("aria-activedescendant", popup.children[marked].id);
  }

  entry.addEventListener("keydown", (event) => {
    const last = list.lastElementChild;
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      mark(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Escape" && !popup.hidden) {
      event.stopPropagation();
      close();
    } else if (event.key === "Enter" || event.key === ",") {
      const chosen = event.key === "Enter" && !popup.hidden && marked >= 0 ? options[marked].value : entry.value;
      if (chosen.trim() || event.key === ",") {
        event.preventDefault();
        add(chosen);
      }
    } else if (event.key === "Backspace" && !entry.value && last) {
      event.preventDefault();
      if ("selected" in last.dataset) take(values.length - 1);
      else last.dataset.selected = "";
      return;
    }
    last?.removeAttribute("data-selected");
  });
  entry.addEventListener("paste", (event) => {
    const text = event.clipboardData.getData("text");
    if (!/[\n,]/.test(text)) return;
    event.preventDefault();
    add(text);
  });
  entry.addEventListener("input", (event) => { event.stopPropagation(); suggest(); });
  entry.addEventListener("change", (event) => event.stopPropagation());
  entry.addEventListener("focus", suggest);
  entry.addEventListener("blur", () => { add(entry.value); close(); });
  box.addEventListener("click", (event) => { if (event.target === box) entry.focus(); });
  // Somebody else (a draft that is offered back) may write into the field.
  field.addEventListener("chips:read", () => { values = split(field.value); draw(); });
  field.form?.addEventListener("reset", () => setTimeout(() => { values = split(field.value); draw(); }));
  draw();
}
