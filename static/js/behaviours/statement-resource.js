// The parts of a resource: a container has no name, everything has no place, and a region is written only when chosen so.
export function attach(parts) {
  const type = parts.querySelector("[data-part=type]");
  const part = (name) => parts.querySelector(`[data-part="${name}"]`);

  function draw() {
    const chosen = type.selectedOptions[0];
    part("name").hidden = chosen.dataset.named !== "true";
    for (const name of ["region", "account"]) {
      part(name).hidden = chosen.dataset.placed !== "true";
      part(name).querySelector("[data-literal]").hidden = part(name).querySelector("[data-choice]").value !== "literal";
    }
  }

  parts.addEventListener("change", draw);
  draw();
}
