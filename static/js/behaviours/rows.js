// Rows of fields: "add" makes one from the template under the next number, "remove" takes a row away.
export function attach(list) {
  const add = list.querySelector(":scope > [data-add-row]");
  const template = list.querySelector(":scope > [data-row-template]");
  const rows = () => [...list.querySelectorAll(":scope > [data-row]")];
  let next = Number(list.dataset.next);

  function wire(row) {
    const remove = row.querySelector("[data-remove-row]");
    remove.hidden = false;
    remove.addEventListener("click", () => {
      const all = rows();
      const neighbour = all[all.indexOf(row) + 1] ?? all[all.indexOf(row) - 1];
      row.remove();
      (neighbour?.querySelector("input") ?? add).focus();
      list.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }

  function numbered(number) {
    const row = template.content.firstElementChild.cloneNode(true);
    for (const element of [row, ...row.querySelectorAll("*")]) {
      for (const attribute of [...element.attributes]) {
        if (attribute.value.includes("__number__")) element.setAttribute(attribute.name, attribute.value.replaceAll("__number__", number));
      }
    }
    return row;
  }

  function append(number) {
    const row = numbered(number);
    next = Math.max(next, number + 1);
    template.before(row);
    wire(row);
    // Tells the loader of behaviours that something new is there.
    row.dispatchEvent(new CustomEvent("htmx:load", { bubbles: true }));
    return row;
  }

  rows().forEach(wire);
  add.hidden = false;
  add.addEventListener("click", () => append(next).querySelector("input").focus());
  // A draft that is offered back has its own rows: `detail` holds the names of all its fields.
  list.addEventListener("rows:read", ({ detail }) => {
    const [before] = template.content.firstElementChild.dataset.row.split("__number__");
    const numberOf = (name) => (name.startsWith(before) ? Number.parseInt(name.slice(before.length), 10) : NaN);
    const wanted = new Set(detail.map(numberOf).filter((number) => !Number.isNaN(number)));
    rows().filter((row) => !wanted.delete(numberOf(row.dataset.row))).forEach((row) => row.remove());
    [...wanted].sort((a, b) => a - b).forEach(append);
  });
}
