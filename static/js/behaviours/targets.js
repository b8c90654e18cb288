// "All regions" of an account sets its regions, and shows whether all, some or none are chosen.
export function attach(table) {
  for (const row of table.tBodies[0].rows) {
    const all = row.querySelector("[name=all_regions]");
    const each = [...row.querySelectorAll("[name=targets]")];
    const show = () => {
      const chosen = each.filter((box) => box.checked).length;
      all.checked = chosen > 0 && chosen === each.length;
      all.indeterminate = chosen > 0 && chosen < each.length;
    };
    all.addEventListener("change", () => { each.forEach((box) => { box.checked = all.checked; }); show(); });
    each.forEach((box) => box.addEventListener("change", show));
    show();
  }
}
