// Copies exactly the text given by data-text, or that of the element named by data-copy, and says so in place.
import { announce } from "../say.js";

export function attach(button) {
  button.hidden = false;
  const usual = button.ariaLabel;
  const words = button.querySelector("span");
  button.addEventListener("click", async () => {
    const source = button.dataset.copy ? document.querySelector(button.dataset.copy) : null;
    const text = button.dataset.text ?? source?.value ?? source?.textContent ?? "";
    let said = button.dataset.done;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      said = button.dataset.failed;
    }
    show(said);
    announce(said);
    setTimeout(() => show(usual), 2000);
  });

  function show(text) {
    button.title = text;
    if (words) words.textContent = text;
    else button.toggleAttribute("data-said", text !== usual);
  }
}
