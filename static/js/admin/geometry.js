// Outlines between text and map: GeoJSON as people read it, rings as Leaflet wants them, and their size.

const DIGITS = 6; // of a degree, as areas/outlines.py stores them

// GRS80, the ellipsoid of ETRS89.
const AXIS = 6378137;
const ECCENTRICITY = 0.0818191910428158;

// Returns the polygons of a GeoJSON geometry, Feature or FeatureCollection of one, as rings of [lat, lng] without the
// closing point. Throws where there is none.
export function polygonsOf(text) {
  let found = JSON.parse(text);
  if (found?.type === "FeatureCollection" && found.features?.length === 1) [found] = found.features;
  if (found?.type === "Feature") found = found.geometry;
  const parts = { Polygon: (shape) => [shape.coordinates], MultiPolygon: (shape) => shape.coordinates }[found?.type]?.(found);
  if (!parts) throw new Error("no outline");
  return parts.map((rings) => rings.map(openRing));
}

function openRing(ring) {
  const points = ring.map(([lng, lat]) => {
    if (!Number.isFinite(lng) || !Number.isFinite(lat)) throw new Error("no number");
    return [lat, lng];
  });
  const [first, last] = [points[0], points.at(-1)];
  if (points.length > 3 && first[0] === last[0] && first[1] === last[1]) points.pop();
  if (points.length < 3) throw new Error("no ring");
  return points;
}

// Returns the GeoJSON of polygons, each rings of { lat, lng }; with one point a line, as areas/widgets.py writes it.
export function textOf(polygons) {
  if (polygons.length === 0) return "";
  const coordinates = polygons.map((rings) => rings.map(closedRing));
  const geometry =
    polygons.length === 1
      ? { type: "Polygon", coordinates: coordinates[0] }
      : { type: "MultiPolygon", coordinates };
  return JSON.stringify(geometry, null, 1).replace(/\[\s+(-?[\d.eE+-]+),\s+(-?[\d.eE+-]+)\s+\]/g, "[$1, $2]");
}

function closedRing(ring) {
  const points = ring.map(({ lat, lng }) => [rounded(lng), rounded(lat)]);
  return [...points, points[0]];
}

function rounded(value) {
  return Number(value.toFixed(DIGITS));
}

// Returns hectares on the ellipsoid: the area under the equal-area cylindrical projection, which keeps it exactly.
export function hectares(polygons) {
  const whole = polygons.map((rings) => rings.map(squareMetres));
  return whole.reduce((sum, [outer, ...holes]) => sum + outer - holes.reduce((a, b) => a + b, 0), 0) / 10000;
}

function squareMetres(ring) {
  const points = ring.map(({ lat, lng }) => [(AXIS * lng * Math.PI) / 180, (AXIS * authalic(lat)) / 2]);
  let twice = 0;
  points.forEach(([x, y], i) => {
    const [nextX, nextY] = points[(i + 1) % points.length];
    twice += x * nextY - nextX * y;
  });
  return Math.abs(twice) / 2;
}

function authalic(lat) {
  const sine = Math.sin((lat * Math.PI) / 180);
  const e = ECCENTRICITY;
  const bent = sine / (1 - (e * sine) ** 2) - Math.log((1 - e * sine) / (1 + e * sine)) / (2 * e);
  return (1 - e * e) * bent;
}
