// The picker over the catalogue: its filters act at once, chosen actions stay in sight, and their number is said.
export function attach(picker) {
  const choices = [...picker.querySelectorAll(".picker__choice")];
  const groups = [...picker.querySelectorAll("[data-picker-group]")];
  const fields = Object.fromEntries([...picker.querySelectorAll("[data-find]")].map((field) => [field.dataset.find, field]));
  const all = picker.querySelector("[data-picker-all]");
  const count = picker.querySelector("[data-picker-count]");
  const box = (choice) => choice.querySelector("input");
  const isChosen = (choice) => box(choice).checked && !box(choice).disabled;

  function fits(choice) {
    const words = fields.words.value.toLowerCase().split(/\s+/).filter(Boolean);
    return words.every((word) => choice.dataset.words.includes(word))
      && ["group", "level", "risk"].every((name) => !fields[name].value || fields[name].value === choice.dataset[name]);
  }

  function draw() {
    for (const choice of choices) choice.hidden = !(fits(choice) || isChosen(choice));
    for (const group of groups) group.hidden = [...group.querySelectorAll(".picker__choice")].every((choice) => choice.hidden);
    count.textContent = `${choices.filter((choice) => !choice.hidden).length} / ${choices.length} ${count.dataset.text} ${choices.filter(isChosen).length}`;
  }

  for (const field of Object.values(fields)) {
    field.addEventListener("input", draw);
    field.addEventListener("change", draw);
  }
  picker.addEventListener("change", draw);
  all.hidden = false;
  all.addEventListener("click", () => {
    choices.filter((choice) => !choice.hidden && fits(choice) && !box(choice).disabled).forEach((choice) => { box(choice).checked = true; });
    draw();
  });
  draw();
}
