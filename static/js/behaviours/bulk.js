// The bar of a table with check boxes: says how many rows are selected, and is there only when some are.
export function attach(bar) {
  const form = bar.closest("form");
  const status = bar.querySelector("[role=status]");
  const all = form.querySelector("[data-select-all]");
  const boxes = () => [...form.querySelectorAll('input[type="checkbox"][name="selected"]')];

  function update() {
    const count = boxes().filter((box) => box.checked).length;
    bar.hidden = count === 0;
    status.textContent = count === 1 ? status.dataset.one : status.dataset.many.replace("%n", count);
    if (!all) return;
    all.checked = count > 0 && count === boxes().length;
    all.indeterminate = count > 0 && !all.checked;
  }

  form.addEventListener("change", (event) => {
    if (event.target === all) boxes().forEach((box) => { box.checked = all.checked; });
    update();
  });
  update();
}
