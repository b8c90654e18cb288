// Rows of keys and values: a key chosen from the catalogue brings the values that it takes, and a filled last row the next.
export function attach(rows) {
  const known = document.getElementById("known-keys");
  const last = () => rows.lastElementChild;

  function suit(row) {
    const key = row.querySelector("[name=key]").value;
    const value = row.querySelector("[name=value]");
    const option = [...known.options].find((each) => each.value === key || (/[/:]$/.test(each.value) && key.startsWith(each.value)));
    if (!value.matches("input")) return;
    if (option?.dataset.kind === "boolean") value.setAttribute("list", "known-booleans");
    else value.removeAttribute("list");
  }

  function next() {
    const row = last().cloneNode(true);
    const number = rows.children.length;
    row.querySelectorAll(".field__help, .field__error, .context-row__empty").forEach((each) => each.remove());
    for (const name of ["key", "value"]) {
      let field = row.querySelector(`[name=${name}]`);
      if (!field.matches("input")) {
        const plain = document.createElement("input");
        plain.className = "input input--code";
        plain.name = name;
        field.replaceWith(plain);
        field = plain;
      }
      field.id = `${name}-${number}`;
      field.value = "";
      field.removeAttribute("aria-describedby");
      field.removeAttribute("aria-invalid");
      field.closest(".field").querySelector("label").htmlFor = field.id;
    }
    rows.append(row);
  }

  rows.addEventListener("input", (event) => {
    const row = event.target.closest(".context-row");
    if (event.target.name === "key") suit(row);
    if (row === last() && event.target.value) next();
  });
}
