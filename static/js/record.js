/* The page of a record: the shelf opens on the book in hand, the citation can be copied, libraries sorted by distance. */

const current = document.querySelector(".neighbour.is-current");
if (current) {
  const row = current.parentElement;
  row.scrollLeft = current.offsetLeft - row.offsetLeft - (row.clientWidth - current.clientWidth) / 2;
}

document.querySelectorAll("[data-copy]").forEach((holder) => {
  if (!navigator.clipboard) return;
  holder.hidden = false;
  holder.querySelector("button").addEventListener("click", async () => {
    const status = holder.querySelector("[data-copied]");
    await navigator.clipboard.writeText(document.querySelector(holder.dataset.copy).textContent.trim());
    status.textContent = status.dataset.copied;
  });
});

const EARTH = 6371;
const radians = (degrees) => (degrees * Math.PI) / 180;

/** Kilometres between two places, along the great circle. */
function kilometres(one, other) {
  const a = Math.sin(radians(other.latitude - one.latitude) / 2) ** 2
    + Math.cos(radians(one.latitude)) * Math.cos(radians(other.latitude)) * Math.sin(radians(other.longitude - one.longitude) / 2) ** 2;
  return 2 * EARTH * Math.asin(Math.sqrt(a));
}

/** Sorts the libraries by distance, those with a copy on the shelf first. Nothing is sent anywhere. */
function sortFrom(place, list) {
  const rows = [...document.querySelectorAll(".holding")];
  const words = new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit: "kilometer", maximumFractionDigits: 1 });
  rows.forEach((row) => {
    const { latitude, longitude } = row.dataset;
    row.distance = latitude ? kilometres(place, { latitude: Number(latitude), longitude: Number(longitude) }) : Infinity;
    if (latitude) row.querySelector(".holding-distance").textContent = words.format(row.distance);
  });
  const isAway = (row) => !row.querySelector(".holding-state .status-ok");
  rows.sort((one, other) => isAway(one) - isAway(other) || one.distance - other.distance);
  list.append(...rows);
  document.querySelector(".holdings-more")?.remove();
}

document.querySelectorAll("[data-nearest]").forEach((holder) => {
  const list = document.querySelector(holder.dataset.nearest);
  if (!navigator.geolocation || !list.querySelector("[data-latitude]")) return;
  holder.hidden = false;
  const status = holder.querySelector("[role=status]");
  holder.querySelector("button").addEventListener("click", () => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        sortFrom(coords, list);
        status.textContent = status.dataset.done;
      },
      () => { status.textContent = status.dataset.refused; },
      { maximumAge: 600_000, timeout: 10_000 },
    );
  });
});
