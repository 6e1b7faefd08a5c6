// A map of the drawn city on which one outline is drawn with Geoman, in German. Nothing is fetched from anybody else.

const WORDS = {
  actions: { removeLastVertex: "Letzten Punkt entfernen" },
  buttonTitles: {
    cutButton: "Loch ausschneiden",
    deleteButton: "Fläche löschen",
    dragButton: "Fläche verschieben",
    drawPolyButton: "Fläche zeichnen",
    editButton: "Punkte verschieben",
  },
  tooltips: { finishPoly: "Klick auf den ersten Punkt schließt die Fläche" },
};
const STYLE = { className: "outline-editor__shape", fill: true, weight: 2.5 };
const EVENTS = "pm:edit pm:update pm:dragend pm:cut pm:markerdragend pm:vertexadded pm:vertexremoved pm:rotateend";

export function createMap(canvas, city, [west, south, east, north], onChange) {
  const bounds = L.latLngBounds([south, west], [north, east]);
  const map = L.map(canvas, {
    attributionControl: false,
    maxBounds: bounds.pad(0.5),
    maxZoom: 20,
    minZoom: 9,
    zoomControl: false,
    zoomSnap: 0.25,
  });
  L.control.zoom({ zoomInTitle: "Näher heran", zoomOutTitle: "Weiter weg" }).addTo(map);
  L.svgOverlay(city, bounds, { pane: "tilePane" }).addTo(map);
  map.fitBounds(bounds, { animate: false });
  const shapes = L.featureGroup().addTo(map);

  map.pm.setLang("de-outline", WORDS, "de");
  map.pm.setGlobalOptions({
    layerGroup: shapes,
    pathOptions: STYLE,
    templineStyle: { className: "outline-editor__line" },
    hintlineStyle: { className: "outline-editor__line", dashArray: "5 5" },
  });
  map.pm.addControls({
    position: "topleft",
    drawCircle: false,
    drawCircleMarker: false,
    drawMarker: false,
    drawPolyline: false,
    drawRectangle: false,
    drawText: false,
    rotateMode: false,
  });
  // Geoman names the boxes around its buttons, not the buttons.
  for (const box of canvas.querySelectorAll(".button-container[title]")) {
    box.querySelector("a").setAttribute("aria-label", box.title);
  }
  map.on("pm:create pm:remove pm:cut", ({ layer, originalLayer }) => {
    if (originalLayer) shapes.removeLayer(originalLayer);
    if (layer?._map && !shapes.hasLayer(layer)) shapes.addLayer(layer);
    if (layer?._map) watch(layer);
    onChange();
  });

  function watch(layer) {
    layer.off(EVENTS, onChange).on(EVENTS, onChange);
  }

  return {
    // Polygons as rings of { lat, lng }.
    polygons: () => shapes.getLayers().flatMap((shape) => parts(shape.getLatLngs())),
    show(polygons) {
      map.pm.disableGlobalEditMode();
      shapes.clearLayers();
      for (const rings of polygons) {
        const shape = L.polygon(rings, STYLE).addTo(shapes);
        watch(shape);
      }
    },
    frame() {
      map.invalidateSize();
      if (shapes.getLayers().length) map.fitBounds(shapes.getBounds().pad(0.25), { animate: false });
    },
  };
}

// What Leaflet gives for a polygon (rings) or, after a cut, for several.
function parts(latlngs) {
  return Array.isArray(latlngs[0][0]) ? latlngs : [latlngs];
}
