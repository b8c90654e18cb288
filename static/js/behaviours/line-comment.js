// The form for a comment comes to the line whose "+" is pressed, and goes back home when it is cancelled. The links
// lead to the same form without script.
export function attach(form) {
  const home = document.createComment("form");
  const place = form.querySelector("select");
  const quote = form.querySelector("[data-quote]");
  const cancel = form.querySelector("[data-cancel]");
  const field = form.querySelector("textarea");
  const box = document.createElement("div");
  box.className = "diff__thread";
  form.before(home);
  let opener;

  document.addEventListener("click", (event) => {
    const link = event.target.closest(".diff__comment");
    if (!link || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    opener = link;
    const line = new URLSearchParams(link.getAttribute("href").split("?")[1]).get("line");
    const row = link.closest(".diff__row");
    choose(line);
    quote.textContent = [...row.querySelectorAll(".diff__text")].at(-1).textContent.replaceAll("·", " ").trim();
    quote.hidden = false;
    cancel.hidden = false;
    box.append(form);
    row.after(box);
    field.focus();
  });
  cancel.addEventListener("click", () => {
    home.after(form);
    box.remove();
    cancel.hidden = true;
    quote.hidden = true;
    place.querySelector("[data-line]")?.remove();
    opener?.focus();
  });
  place.addEventListener("change", () => { quote.hidden = !place.value.startsWith("line:"); });

  function choose(line) {
    place.querySelector('[data-line], option[value^="line:"]')?.remove();
    const option = new Option(form.dataset.lineName.replace("%n", line), `line:${line}`, true, true);
    option.dataset.line = "";
    place.prepend(option);
    place.value = option.value;
  }
}
