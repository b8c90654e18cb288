// Shows a chosen colour scheme at once; saving the form keeps it.
export function attach(form) {
  form.addEventListener("change", (event) => {
    if (event.target.name === "theme") document.documentElement.dataset.theme = event.target.value;
  });
}
