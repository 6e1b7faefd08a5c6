// Puts a map above the text of an outline: what is drawn stands in the text at once, what is typed is drawn.
import { hectares, polygonsOf, textOf } from "./geometry.js";
import { createMap } from "./outline-map.js";

const PAUSE = 400; // milliseconds without a key before typed text is drawn
const UNREADABLE =
  "Der Text ist noch kein Umriss. Die Karte ruht, damit nichts Getipptes verloren geht: " +
  "Gezeichnet wird wieder, wenn der Text lesbar oder leer ist.";

for (const root of document.querySelectorAll("[data-outline-editor]")) start(root);

function start(root) {
  const text = root.querySelector("textarea");
  const live = root.querySelector("[data-live]");
  const size = root.querySelector("[data-size]");
  const problem = root.querySelector("[data-problem]");
  const city = root.querySelector("[data-city]");
  const canvas = root.querySelector("[data-canvas]");
  const bounds = root.dataset.bounds.split(",").map(Number);
  let typing = null;

  live.hidden = false;
  root.querySelector("[data-stored]")?.setAttribute("hidden", "");
  const map = createMap(canvas, city, bounds, toText);
  toMap();
  map.frame();
  text.addEventListener("input", (event) => {
    if (!event.isTrusted && event.detail === "map") return;
    clearTimeout(typing);
    // What is drawn replaces the text: until typed text is understood, no touch of the map may reach it.
    canvas.inert = true;
    typing = setTimeout(toMap, PAUSE);
  });

  function toText() {
    clearTimeout(typing);
    text.value = textOf(map.polygons());
    problem.textContent = "";
    tellSize();
    // Wagtail watches the form for changes that are not saved.
    text.dispatchEvent(new CustomEvent("input", { bubbles: true, detail: "map" }));
    text.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function toMap() {
    const empty = ["", "null"].includes(text.value.trim());
    try {
      map.show(empty ? [] : polygonsOf(text.value));
      problem.textContent = "";
      canvas.inert = false;
    } catch {
      canvas.inert = true;
      problem.textContent = UNREADABLE;
    }
    tellSize();
  }

  function tellSize() {
    const polygons = map.polygons();
    const number = hectares(polygons).toLocaleString("de-DE", { maximumFractionDigits: 2, minimumFractionDigits: 2 });
    size.textContent = polygons.length ? `${number} ha` : "noch kein Umriss";
  }
}
