// Draws entries on a Leaflet map, so that each can be reached, named and chosen by pointer, key and screen reader.

const PAN = [
  ["↑", "Nach Norden", [0, -1]],
  ["←", "Nach Westen", [-1, 0]],
  ["→", "Nach Osten", [1, 0]],
  ["↓", "Nach Süden", [0, 1]],
];
const APART = 32; // pixels between the middles of two markers, so that each can be hit
const STEP = 160; // pixels that a press of a direction moves the map

export function createMap(canvas, { bounds, tiles, picture }) {
  const map = L.map(canvas, {
    attributionControl: Boolean(tiles),
    maxBounds: bounds.pad(0.25),
    maxZoom: 18,
    minZoom: 9,
    zoomControl: false,
    zoomSnap: 0.25,
  });
  L.control.zoom({ zoomInTitle: "Näher heran", zoomOutTitle: "Weiter weg" }).addTo(map);
  addDirections(map);
  addCity(map, bounds, picture);
  if (tiles) {
    map.attributionControl.setPrefix(false);
    L.tileLayer(tiles.url, { attribution: tiles.attribution, bounds, maxNativeZoom: tiles.maxZoom, maxZoom: 18 }).addTo(map);
  }
  return map;
}

// The same drawn city that all locators show; it needs nothing from anybody else.
function addCity(map, bounds, picture) {
  const source = picture.querySelector("svg");
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", source.getAttribute("viewBox"));
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("aria-hidden", "true");
  for (const use of source.querySelectorAll("use")) svg.append(use.cloneNode());
  L.svgOverlay(svg, bounds, { className: "live-city", pane: "tilePane" }).addTo(map);
}

function addDirections(map) {
  const control = L.control({ position: "topleft" });
  control.onAdd = () => {
    const bar = L.DomUtil.create("div", "leaflet-bar");
    for (const [sign, name, [x, y]] of PAN) {
      const link = L.DomUtil.create("a", "", bar);
      Object.assign(link, { href: "#", textContent: sign, title: name });
      link.setAttribute("role", "button");
      link.setAttribute("aria-label", name);
      L.DomEvent.on(link, "click", (event) => {
        L.DomEvent.stop(event);
        map.panBy([x * STEP, y * STEP]);
      });
    }
    L.DomEvent.disableClickPropagation(bar);
    return bar;
  };
  control.addTo(map);
}

// Returns { layer, shapes }: shapes maps each key to what stands for it on the map.
export function draw(map, features, onChoose) {
  const layer = L.layerGroup();
  const shapes = new Map();
  const placed = features.filter((feature) => feature.geometry);
  const areas = placed.filter((feature) => feature.geometry.type !== "Point");
  // Large ones first: small ones lie on top, and the tabulator goes from the large to the small.
  areas.sort((a, b) => size(b) - size(a));
  for (const feature of areas) shapes.set(feature.id, outline(feature, layer));
  for (const feature of placed.filter((each) => each.geometry.type === "Point")) shapes.set(feature.id, marker(feature, layer));
  layer.addTo(map);
  spread(map, shapes);
  for (const [key, shape] of shapes) {
    const element = shape.getElement();
    if (!element) continue;
    const feature = shape.feature;
    element.setAttribute("tabindex", "0");
    element.setAttribute("role", "button");
    element.setAttribute("aria-label", nameOf(feature));
    element.dataset.key = key;
    element.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      event.stopPropagation();
      onChoose(key, element);
    });
    shape.on("click", (event) => {
      L.DomEvent.stop(event);
      onChoose(key, element, event.latlng);
    });
  }
  return { layer, shapes };
}

function nameOf({ properties }) {
  return [properties.name, properties.kind, properties.status, properties.note].filter(Boolean).join(", ");
}

function outline(feature, layer) {
  const symbol = feature.properties.symbol;
  const shape = L.GeoJSON.geometryToLayer(feature, {});
  shape.setStyle({
    className: `live-shape city-map__area--${symbol}`,
    fillColor: `url(#muster-${symbol})`,
    fillOpacity: 1,
    weight: 2,
  });
  shape.feature = feature;
  return shape.addTo(layer);
}

function marker(feature, layer) {
  const [lon, lat] = feature.geometry.coordinates;
  const symbol = feature.properties.symbol;
  const drawing = document.querySelector(`.city-map__swatch.city-map__marker--${symbol}`);
  const icon = L.divIcon({
    className: `live-marker city-map__marker city-map__marker--${symbol}`,
    html: drawing ? drawing.cloneNode(true) : "",
    iconSize: [36, 26],
  });
  const place = L.marker([lat, lon], { icon, title: feature.properties.name });
  place.feature = feature;
  return place.addTo(layer);
}

// Markers that would cover one another move aside, by pixels: closer up each comes nearer to its place.
export function spread(map, shapes) {
  const taken = [];
  const markers = [...shapes.values()].filter((shape) => shape.getLatLng);
  for (const place of markers) {
    const { x, y } = map.project(L.GeoJSON.coordsToLatLng(place.feature.geometry.coordinates));
    const candidates = [[x, y]];
    for (let ring = 1; ring <= 6; ring++) {
      for (let step = 0; step < 6 * ring; step++) {
        const turn = (step / (6 * ring)) * 2 * Math.PI;
        candidates.push([x + Math.cos(turn) * APART * ring, y + Math.sin(turn) * APART * ring]);
      }
    }
    const isFree = ([a, b]) => taken.every(([c, d]) => Math.hypot(a - c, b - d) >= APART - 1);
    const free = candidates.find(isFree) || candidates[0];
    taken.push(free);
    place.setLatLng(map.unproject(L.point(free)));
  }
}

function size(feature) {
  const points = feature.geometry.coordinates.flat(feature.geometry.type === "Polygon" ? 1 : 2);
  const lons = points.map(([lon]) => lon);
  const lats = points.map(([, lat]) => lat);
  return (Math.max(...lons) - Math.min(...lons)) * (Math.max(...lats) - Math.min(...lats));
}

// Keys of all outlines that cover a place, and of the points within reach of it.
export function keysAt(map, shapes, latlng) {
  const here = map.latLngToContainerPoint(latlng);
  return [...shapes]
    .filter(([, shape]) => {
      if (shape.getLatLng) return map.latLngToContainerPoint(shape.getLatLng()).distanceTo(here) < APART;
      return covers(shape.feature.geometry, latlng);
    })
    .map(([key]) => key);
}

function covers(geometry, { lng, lat }) {
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  return polygons.some(([outer, ...holes]) => inside(outer, lng, lat) && !holes.some((hole) => inside(hole, lng, lat)));
}

function inside(ring, x, y) {
  let found = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [xi, yi] = ring[i];
    const [xj, yj] = ring[j];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) found = !found;
  }
  return found;
}
