// Keeps "3 minutes ago" true while the page is open; the exact time stays in datetime and on hover.
const STEPS = [["second", 60], ["minute", 60], ["hour", 24], ["day", 30.4], ["month", 12], ["year", Infinity]];
const words = new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: "auto" });
const shown = new Set();

function write(time) {
  let amount = (new Date(time.dateTime) - Date.now()) / 1000;
  for (const [unit, size] of STEPS) {
    if (Math.abs(amount) < size) {
      time.textContent = words.format(Math.round(amount), unit);
      return;
    }
    amount /= size;
  }
}

export function attach(time) {
  if (!shown.size) setInterval(() => shown.forEach((each) => (each.isConnected ? write(each) : shown.delete(each))), 30000);
  shown.add(time);
  write(time);
}
