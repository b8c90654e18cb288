// Attaches behaviours: an element with data-<name> gets behaviours/<name>.js, loaded when the first such element
// appears, also after HTMX has swapped something in. A behaviour exports `attach(element)`.
// Once those of the page itself are there, <html> carries data-attached.
import { report, announceState } from "./say.js";

const addresses = JSON.parse(document.querySelector('meta[name="behaviours"]').content);
const attached = new Map(Object.keys(addresses).map((name) => [name, new WeakSet()]));

function attachWithin(root) {
  const loading = [];
  for (const [name, address] of Object.entries(addresses)) {
    const selector = `[data-${name}]`;
    const found = [...root.querySelectorAll(selector)];
    if (root.matches?.(selector)) found.unshift(root);
    const fresh = found.filter((element) => !attached.get(name).has(element));
    if (!fresh.length) continue;
    fresh.forEach((element) => attached.get(name).add(element));
    loading.push(import(address).then((behaviour) => fresh.forEach((element) => behaviour.attach(element))));
  }
  return Promise.all(loading);
}

attachWithin(document.documentElement).then(() => document.documentElement.toggleAttribute("data-attached", true));
document.addEventListener("htmx:load", (event) => attachWithin(event.target));
document.addEventListener("htmx:responseError", (event) => report(event.detail.xhr));
document.addEventListener("htmx:sendError", () => announceState());
window.addEventListener("offline", () => announceState());
window.addEventListener("online", () => announceState());
