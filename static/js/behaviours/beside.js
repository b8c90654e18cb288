// The findings beside a field: a link leads to the finding in the other pane, and not only to its place in the page.
import { enterFinding } from "../sight.js";

export function attach(list) {
  list.addEventListener("click", (event) => {
    const link = event.target.closest("[data-shows-finding]");
    // The address follows as with any link, so that it can be sent.
    if (link) enterFinding(link.dataset.showsFinding);
  });
}
