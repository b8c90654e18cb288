// A moment with its zone: adds the computer's own zone to the choices and shows what is meant, in UTC and with offset.
export function attach(group) {
  const [moment, zone] = group.querySelectorAll("input, select");
  const shown = group.querySelector("output");
  const minutes = -new Date().getTimezoneOffset();
  const pad = (number) => String(Math.floor(number)).padStart(2, "0");
  const own = `${minutes < 0 ? "-" : "+"}${pad(Math.abs(minutes) / 60)}:${pad(Math.abs(minutes) % 60)}`;
  const known = [...zone.options].find((option) => option.value === own);
  if (known) known.textContent += ` · ${group.dataset.localName}`;
  else zone.append(new Option(`${group.dataset.localName} (UTC${own})`, own));

  function update() {
    const time = moment.value && new Date(`${moment.value}${zone.value}`);
    shown.textContent = time ? `${moment.value}${zone.value} = ${time.toISOString().slice(0, 16).replace("T", " ")} UTC` : "";
  }
  group.addEventListener("input", update);
  update();
}
