// Marks the link of the section that is being read, in a list of links to sections of the same page.
export function attach(list) {
  const links = new Map([...list.querySelectorAll('a[href^="#"]')].map((link) => [document.getElementById(link.hash.slice(1)), link]));
  links.delete(null);
  const seen = new Set();
  const watcher = new IntersectionObserver((entries) => {
    entries.forEach((entry) => (entry.isIntersecting ? seen.add(entry.target) : seen.delete(entry.target)));
    const first = [...links.keys()].find((section) => seen.has(section));
    links.forEach((link, section) => (section === first ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current")));
  }, { rootMargin: "-15% 0px -60%" });
  links.forEach((_link, section) => watcher.observe(section));
}
