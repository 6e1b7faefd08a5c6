// Draws entries on a Leaflet map, so that each can be reached, named and chosen by pointer, key and screen reader.

const PAN = [
  ["↑", "Nach Norden", [0, -1]],
  ["←", "Nach Westen", [-1, 0]],
  ["→", "Nach Osten", [1, 0]],
  ["↓", "Nach Süden", [0, 1]],
];
const APART = 32; // pixels between the middles of two markers, so that each can be hit
const CROWD = 80; // more points than these are grouped
const TOGETHER = 56; // pixels: points of a crowd that are closer become one group
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
  // In the corners where the city leaves room.
  L.control.zoom({ position: "topright", zoomInTitle: "Näher heran", zoomOutTitle: "Weiter weg" }).addTo(map);
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
  const source = picture.querySelector(".city-map__picture");
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", source.getAttribute("viewBox"));
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("aria-hidden", "true");
  for (const use of source.querySelectorAll("use")) svg.append(use.cloneNode());
  L.svgOverlay(svg, bounds, { className: "live-city", pane: "tilePane" }).addTo(map);
}

function addDirections(map) {
  const control = L.control({ position: "bottomleft" });
  control.onAdd = () => {
    const bar = L.DomUtil.create("div", "leaflet-bar live-directions");
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

// Returns { layer, shapes }: shapes maps each key to what stands for it on the map, which a group does for many.
export function draw(map, features, onChoose) {
  const layer = L.layerGroup();
  const shapes = new Map();
  const placed = features.filter((feature) => feature.geometry);
  const areas = placed.filter((feature) => feature.geometry.type !== "Point");
  const points = placed.filter((feature) => feature.geometry.type === "Point");
  // Large ones first: small ones lie on top, and the tabulator goes from the large to the small.
  areas.sort((a, b) => size(b) - size(a));
  for (const feature of areas) stand(outline(feature), [feature]);
  for (const members of grouped(map, points)) stand(members.length > 1 ? group(members) : marker(members[0]), members);
  layer.addTo(map);
  if (points.length <= CROWD) spread(map, shapes);
  for (const [key, shape] of shapes) if (shape.features[0].id === key) makeReachable(shape, onChoose);
  return { layer, shapes };

  function stand(shape, members) {
    shape.features = members;
    for (const { id } of members) shapes.set(id, shape);
    shape.addTo(layer);
  }
}

function makeReachable(shape, onChoose) {
  const element = shape.getElement();
  if (!element) return;
  const key = shape.features[0].id;
  element.setAttribute("tabindex", "0");
  element.setAttribute("role", "button");
  element.setAttribute("aria-label", nameOf(shape.features));
  element.dataset.key = key;
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    event.stopPropagation();
    onChoose(key);
  });
  shape.on("click", (event) => {
    L.DomEvent.stop(event);
    onChoose(key, event.latlng);
  });
}

function nameOf([{ properties }, ...others]) {
  if (others.length) return `${others.length + 1} Einträge an dieser Stelle, darunter ${properties.name}`;
  return [properties.name, properties.kind, properties.status, properties.note].filter(Boolean).join(", ");
}

function outline(feature) {
  const symbol = feature.properties.symbol;
  const shape = L.GeoJSON.geometryToLayer(feature, {});
  shape.setStyle({
    className: `live-shape city-map__area--${symbol}`,
    fillColor: `url(#muster-${symbol})`,
    fillOpacity: 1,
    weight: 2,
  });
  return shape;
}

function marker(feature) {
  const [lon, lat] = feature.geometry.coordinates;
  const symbol = feature.properties.symbol;
  const drawing = document.querySelector(`.city-map__swatch.city-map__marker--${symbol}`);
  const icon = L.divIcon({
    className: `live-marker city-map__marker city-map__marker--${symbol}`,
    html: drawing ? drawing.cloneNode(true) : "",
    iconSize: [36, 26],
  });
  return L.marker([lat, lon], { icon, title: feature.properties.name });
}

function group(members) {
  const [lon, lat] = members[0].geometry.coordinates;
  const icon = L.divIcon({ className: "live-marker live-group", html: String(members.length), iconSize: [40, 40] });
  return L.marker([lat, lon], { icon, title: nameOf(members), zIndexOffset: 1000 });
}

// A crowd of points as lists of those that would cover one another at this zoom; few points stand alone.
function grouped(map, points) {
  if (points.length <= CROWD) return points.map((point) => [point]);
  const groups = [];
  const cells = new Map();
  const cell = (x, y) => `${Math.floor(x / TOGETHER)} ${Math.floor(y / TOGETHER)}`;
  for (const point of points) {
    const { x, y } = map.project(L.GeoJSON.coordsToLatLng(point.geometry.coordinates));
    const nearby = [-1, 0, 1].flatMap((i) => [-1, 0, 1].flatMap((j) => cells.get(cell(x + i * TOGETHER, y + j * TOGETHER)) || []));
    const first = nearby.find((other) => Math.hypot(other.x - x, other.y - y) < TOGETHER);
    if (first) {
      first.members.push(point);
      continue;
    }
    const started = { x, y, members: [point] };
    cells.set(cell(x, y), [...(cells.get(cell(x, y)) || []), started]);
    groups.push(started.members);
  }
  return groups;
}

// Markers that would cover one another move aside, by pixels: closer up each comes nearer to its place.
function spread(map, shapes) {
  const taken = [];
  const markers = [...shapes.values()].filter((shape) => shape.getLatLng);
  for (const place of markers) {
    const { x, y } = map.project(L.GeoJSON.coordsToLatLng(place.features[0].geometry.coordinates));
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
      return covers(shape.features[0].geometry, latlng);
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
