// A part that was opened stays open when an answer takes its place, and on the next page of the same visit.
export function attach(part) {
  const name = `kept-open:${part.dataset.keptOpen}`;
  if (sessionStorage.getItem(name)) part.open = true;
  part.addEventListener("toggle", () => {
    if (part.open) sessionStorage.setItem(name, "yes");
    else sessionStorage.removeItem(name);
  });
}
