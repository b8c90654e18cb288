// A sign in the margin leads to its finding, wherever that is folded away.
import { enterFinding } from "../sight.js";

export function attach(sign) {
  sign.addEventListener("click", (event) => {
    if (sign.hash && enterFinding(sign.hash.slice(1))) event.preventDefault();
  });
}
