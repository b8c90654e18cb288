// The statement editor: the JSON and the cards hold the same text. Undo and redo over everything, kept in a field of the
// form so that the draft keeps them too; keys that move statements; what is open and has the focus survives a change.
import { announce } from "../say.js";
import { isTyping } from "../say.js";

const PAUSE_MS = 700;
const MAX_TEXTS = 100;
const MAX_CHARACTERS = 200000;

export function attach(form) {
  const source = form.querySelector("#source");
  const kept = form.querySelector("#history");
  const json = form.querySelector("[data-statement-json]");
  const cards = () => form.querySelector("[data-statement-cards]");
  let stacks = read();
  let present = source.value;
  let isWriting = false;
  let timer;
  let openParts = [];

  function read() {
    try {
      const { past, future } = JSON.parse(kept.value);
      return { past: [...past], future: [...future] };
    } catch { return { past: [], future: [] }; }
  }

  function keep() {
    for (const texts of [stacks.past, stacks.future]) {
      let length = texts.reduce((sum, text) => sum + text.length, 0);
      while (texts.length > MAX_TEXTS || length > MAX_CHARACTERS) length -= texts.shift().length;
    }
    kept.value = JSON.stringify(stacks);
    form.querySelector("[data-undo]")?.setAttribute("aria-disabled", String(!stacks.past.length && source.value === present));
    form.querySelector("[data-redo]")?.setAttribute("aria-disabled", String(!stacks.future.length));
    // The draft and the question before leaving listen at the form.
    form.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // A text that is the last one of before, or the next one, came by the editor's own undo: then nothing is added.
  function settle() {
    clearTimeout(timer);
    const text = source.value;
    if (text === present) return;
    if (text === stacks.past.at(-1)) {
      stacks.past.pop();
      stacks.future.push(present);
    } else if (text === stacks.future.at(-1)) {
      stacks.future.pop();
      stacks.past.push(present);
    } else {
      stacks.past.push(present);
      stacks.future = [];
    }
    present = text;
    keep();
  }

  function write(text) {
    isWriting = true;
    source.value = text;
    source.dispatchEvent(new Event("editor:read"));
    isWriting = false;
  }

  function back(from, to) {
    settle();
    if (!from.length) return;
    to.push(present);
    present = from.pop();
    write(present);
    keep();
    json.dispatchEvent(new Event("change"));
  }
  const undo = () => back(stacks.past, stacks.future);
  const redo = () => back(stacks.future, stacks.past);

  // What a button did comes with its answer, and must not be asked for again as if it had been typed.
  json.addEventListener("input", (event) => {
    if (isWriting) { event.stopPropagation(); return; }
    clearTimeout(timer);
    timer = setTimeout(settle, PAUSE_MS);
  }, true);

  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-undo], [data-redo], [aria-disabled='true']");
    if (!button || !form.contains(button)) return;
    event.preventDefault();
    event.stopPropagation();
    if (button.getAttribute("aria-disabled") === "true") return;
    if ("undo" in button.dataset) undo(); else redo();
  }, true);

  document.addEventListener("keydown", (event) => {
    if (!form.isConnected) return;
    if ((event.ctrlKey || event.metaKey) && !event.altKey && ["z", "y"].includes(event.key.toLowerCase())) {
      const field = event.composedPath()[0];
      // The JSON editor has its own, which goes over the changes of the cards as well; so has a field that was typed into.
      if (isTyping(event) && (field.isContentEditable || field.value !== field.defaultValue)) return;
      event.preventDefault();
      if (event.shiftKey || event.key.toLowerCase() === "y") redo(); else undo();
      return;
    }
    const card = event.target.closest?.("[data-statement]");
    if (card && form.contains(card) && event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      event.preventDefault();
      card.querySelector(`[data-move="${event.key === "ArrowUp" ? "up" : "down"}"]`).click();
    }
    // Enter in a field of a card presses the button that belongs to it.
    if (card && form.contains(card) && event.key === "Enter" && event.target.matches("input:not([type=checkbox], [type=radio])") && !event.defaultPrevented) {
      const near = event.target.closest(".edit, .adder, .picker, .condition-new")?.querySelector("[data-enter]");
      event.preventDefault();
      near?.click();
    }
  });

  form.addEventListener("htmx:configRequest", (event) => {
    event.detail.parameters.delete?.("history");
  });
  form.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target !== cards()) return;
    const pressed = event.detail.requestConfig?.elt?.closest?.("details");
    openParts = [...cards().querySelectorAll("details[open][id]")].filter((part) => part !== pressed).map((part) => part.id);
  });
  form.addEventListener("htmx:afterSwap", () => {
    const fresh = cards();
    if (!fresh || fresh.dataset.arrived) return;
    fresh.dataset.arrived = "yes";
    openParts.forEach((id) => { const part = document.getElementById(id); if (part) part.open = true; });
    const answer = fresh.querySelector("[data-statement-source]");
    if (answer && answer.value !== source.value) {
      settle();
      write(answer.value);
      settle();
    }
    keep();
    focus(fresh.dataset.focus);
    const said = fresh.querySelector("[role=status]").textContent.trim();
    if (said) announce(said);
  });

  function focus(id) {
    const wanted = id && document.getElementById(id);
    if (!wanted) return;
    const chips = wanted.closest("[data-chips]")?.querySelector("input");
    (chips ?? wanted).focus();
  }

  // A draft that is offered back brings its own history.
  kept.addEventListener("editor:read", () => {
    stacks = read();
    present = source.value;
    json.dispatchEvent(new Event("change"));
  });
  keep();
}
