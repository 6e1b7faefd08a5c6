// Makes the server's map live: layers without a new page, a panel for what is chosen, all of it in the address.
import { createMap, draw, keysAt } from "./map-draw.js";

const CITY_ZOOM = 12; // up to here the server sends the same detail whatever the box (kataster/geojson.py)

const root = document.querySelector("[data-map]");
if (root && window.L) start(root);

function start(root) {
  const live = root.querySelector("[data-live]");
  const form = root.querySelector("form");
  const panel = root.querySelector("[data-panel]");
  const panelList = panel.querySelector("[data-panel-list]");
  const panelTitle = panel.querySelector("h3");
  const said = live.querySelector("[data-said]");
  const [west, south, east, north] = root.dataset.bounds.split(",").map(Number);
  const bounds = L.latLngBounds([south, west], [north, east]);

  live.hidden = false;
  const fold = root.querySelector("[data-fold]");
  if (!CSS.supports("selector(::details-content)") && matchMedia("(min-width: 62rem)").matches) fold.open = true;
  const map = createMap(live.querySelector("[data-canvas]"), {
    bounds,
    tiles: tilesOf(root.dataset),
    picture: root.querySelector('[data-part="picture"]'),
  });
  let drawn = { layer: null, shapes: new Map() };
  let chosen = null;
  let features = null;
  let detailed = null; // the zoom and the box whose detail was loaded

  const parameters = () => {
    const chosenLayers = new URLSearchParams(new FormData(form));
    for (const [name, value] of [...chosenLayers]) if (!value) chosenLayers.delete(name);
    return chosenLayers;
  };

  // --- address -----------------------------------------------------------------------------------------------------
  function address() {
    const query = parameters();
    if (chosen) query.set("ort", chosen);
    const { lat, lng } = map.getCenter();
    query.set("lage", `${map.getZoom()}/${lat.toFixed(4)}/${lng.toFixed(4)}`);
    return `${form.getAttribute("action")}?${query}`;
  }

  function showAsInAddress() {
    const query = new URLSearchParams(location.search);
    const [zoom, lat, lon] = (query.get("lage") || "").split("/").map(Number);
    if (Number.isFinite(zoom) && Number.isFinite(lat) && Number.isFinite(lon) && query.get("lage")) {
      map.setView([lat, lon], zoom, { animate: false });
    } else {
      map.fitBounds(bounds, { animate: false });
    }
  }

  // --- entries -----------------------------------------------------------------------------------------------------
  async function load() {
    const zoom = Math.ceil(map.getZoom());
    const box = map.getBounds().pad(0.5);
    const wanted = { zoom, box };
    detailed = wanted;
    const query = parameters();
    query.set("zoom", String(zoom));
    query.set("bbox", [box.getWest(), box.getSouth(), box.getEast(), box.getNorth()].map((value) => value.toFixed(4)).join());
    const response = await fetch(`${root.dataset.url}?${query}`);
    if (!response.ok) throw new Error(response.status);
    const loaded = await response.json();
    if (detailed !== wanted) return; // a later request is on its way
    features = loaded.features;
    redraw();
  }

  // What had the focus keeps it, though another element stands for it now.
  function redraw() {
    const focused = root.querySelector("[data-canvas]").contains(document.activeElement) && document.activeElement.dataset.key;
    drawn.layer?.remove();
    drawn = draw(map, features, choose);
    if (focused) drawn.shapes.get(focused)?.getElement()?.focus({ preventScroll: true });
    mark();
  }

  // Closer up there is more to see, and beyond the loaded box there is more to load; far out one detail is enough.
  function isDetailed() {
    const zoom = Math.ceil(map.getZoom());
    return zoom === detailed.zoom && (zoom <= CITY_ZOOM || detailed.box.contains(map.getBounds()));
  }

  async function refresh() {
    const response = await fetch(`${form.getAttribute("action")}?${parameters()}`);
    if (!response.ok) throw new Error(response.status);
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    for (const part of document.querySelectorAll("[data-part]")) {
      const fresh = page.querySelector(`[data-part="${part.dataset.part}"]`);
      if (part.dataset.part === "layers") takeCounts(part, fresh);
      else part.replaceChildren(...fresh.childNodes);
    }
    await load();
  }

  // The switches stay: one of them has the focus.
  function takeCounts(part, fresh) {
    const labels = fresh.querySelectorAll("label");
    part.querySelectorAll("label").forEach((label, i) => label.replaceChildren(...labels[i].childNodes));
  }

  function update(work) {
    work().catch(() => location.assign(address())); // the server can do all of it by itself
  }

  // --- choice ------------------------------------------------------------------------------------------------------
  function choose(key, latlng) {
    chosen = key;
    fill(keysBeside(key, latlng));
    panelTitle.focus();
    history.pushState(null, "", address());
  }

  // The key and all others at its place, or where it was hit.
  function keysBeside(key, latlng) {
    const shape = drawn.shapes.get(key);
    const place = latlng || (shape.getLatLng ? shape.getLatLng() : shape.getCenter());
    return [key, ...keysAt(map, drawn.shapes, place).filter((other) => other !== key)];
  }

  function fill(keys) {
    const items = keys.map((key) => document.querySelector(`[data-key="${CSS.escape(key)}"]:is(li)`)).filter(Boolean);
    panelList.replaceChildren(
      ...items.map((item) => {
        const copy = item.cloneNode(true);
        copy.removeAttribute("id");
        copy.removeAttribute("data-key");
        return copy;
      }),
    );
    panelTitle.textContent = items.length > 1 ? `${items.length} Einträge an dieser Stelle` : "Ausgewählt";
    panel.hidden = items.length === 0;
    mark();
  }

  function mark() {
    for (const shape of drawn.shapes.values()) {
      shape.getElement()?.classList.toggle("is-selected", shape.features.some(({ id }) => id === chosen));
    }
  }

  function close() {
    const shape = drawn.shapes.get(chosen);
    chosen = null;
    fill([]);
    shape?.getElement()?.focus({ preventScroll: true });
    history.pushState(null, "", address());
  }

  // --- what people do ----------------------------------------------------------------------------------------------
  form.addEventListener("change", () => {
    update(async () => {
      await refresh();
      if (chosen && !drawn.shapes.has(chosen)) close();
      history.pushState(null, "", address());
    });
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    form.dispatchEvent(new Event("change"));
  });
  map.on("moveend", () => {
    if (!features) return;
    history.replaceState(null, "", address());
    if (!isDetailed()) update(load);
  });
  map.on("zoomend", () => {
    if (features) redraw(); // markers make room for one another by pixels
  });
  map.on("click", ({ latlng }) => {
    const keys = keysAt(map, drawn.shapes, latlng);
    if (keys.length) choose(keys[0], latlng);
  });
  window.addEventListener("popstate", () => location.reload());

  const tools = {
    home: () => map.fitBounds(bounds),
    screen: () => (document.fullscreenElement ? document.exitFullscreen() : live.requestFullscreen()),
    print: () => window.print(),
    close,
    share: async () => {
      try {
        await navigator.clipboard.writeText(new URL(address(), location.href).href);
        said.textContent = "Der Link ist kopiert.";
      } catch {
        said.textContent = "Kopieren ging nicht. Die Adresse oben im Browser zeigt genau diese Karte.";
      }
    },
  };
  root.addEventListener("click", (event) => {
    const tool = event.target.closest("[data-tool]");
    if (tool) tools[tool.dataset.tool]();
  });
  root.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !panel.hidden && !document.fullscreenElement) close();
  });
  document.addEventListener("fullscreenchange", () => map.invalidateSize());

  showAsInAddress();
  update(async () => {
    await load();
    const wanted = new URLSearchParams(location.search).get("ort");
    if (wanted && drawn.shapes.has(wanted)) {
      chosen = wanted;
      fill(keysBeside(wanted));
    }
  });
}

function tilesOf({ tiles, maxZoom, attribution, attributionUrl }) {
  if (!tiles) return null;
  const words = document.createElement(attributionUrl ? "a" : "span");
  words.textContent = attribution;
  if (attributionUrl) words.href = attributionUrl;
  return { url: tiles, maxZoom: Number(maxZoom), attribution: words.outerHTML };
}
