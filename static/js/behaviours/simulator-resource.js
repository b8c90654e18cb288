// The parts of the resource that is asked for: only what the chosen type has is shown.
export function attach(parts) {
  const type = parts.querySelector("[data-part=type]");

  function draw() {
    const chosen = type.selectedOptions[0].dataset;
    for (const name of ["named", "placed", "written"]) {
      parts.querySelectorAll(`[data-part="${name}"]`).forEach((part) => {
        part.hidden = chosen[name] !== "true" && !part.querySelector("[aria-invalid]");
      });
    }
  }

  parts.addEventListener("change", draw);
  draw();
}
