// Makes the server's map live: layers without a new page, a panel for what is chosen, all of it in the address.
import { createMap, draw, keysAt, spread } from "./map-draw.js";

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
  const map = createMap(live.querySelector("[data-canvas]"), {
    bounds,
    tiles: tilesOf(root.dataset),
    picture: root.querySelector('[data-part="picture"]'),
  });
  let drawn = { layer: null, shapes: new Map() };
  let chosen = null;
  let returnTo = null;
  let detail = null;

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
    detail = map.getZoom();
    const query = parameters();
    query.set("zoom", String(Math.ceil(detail)));
    const response = await fetch(`${root.dataset.url}?${query}`);
    if (!response.ok) throw new Error(response.status);
    const { features } = await response.json();
    drawn.layer?.remove();
    drawn = draw(map, features, choose);
    mark();
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
  function choose(key, element, latlng) {
    const shape = drawn.shapes.get(key);
    const place = latlng || (shape.getLatLng ? shape.getLatLng() : shape.getCenter());
    const others = keysAt(map, drawn.shapes, place).filter((other) => other !== key);
    returnTo = element;
    chosen = key;
    fill([key, ...others]);
    panelTitle.focus();
    history.pushState(null, "", address());
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
    for (const [key, shape] of drawn.shapes) shape.getElement()?.classList.toggle("is-selected", key === chosen);
  }

  function close() {
    chosen = null;
    fill([]);
    if (returnTo?.isConnected) returnTo.focus();
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
    if (detail !== null) history.replaceState(null, "", address());
  });
  map.on("zoomend", () => {
    if (detail !== null && Math.ceil(map.getZoom()) !== Math.ceil(detail)) update(load);
    else spread(map, drawn.shapes);
  });
  map.on("click", ({ latlng }) => {
    const keys = keysAt(map, drawn.shapes, latlng);
    if (keys.length) choose(keys[0], null, latlng);
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
      const shape = drawn.shapes.get(wanted);
      const place = shape.getLatLng ? shape.getLatLng() : shape.getCenter();
      fill([wanted, ...keysAt(map, drawn.shapes, place).filter((key) => key !== wanted)]);
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
