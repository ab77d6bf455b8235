// Moves the progress bars of the staff page of background work. Without it the page shows the same when refreshed.
const SECONDS = 2;
const table = document.querySelector("[data-progress]");

async function look() {
  const answer = await fetch(table.dataset.progress, { headers: { Accept: "application/json" } });
  if (!answer.ok) return false;
  const { running, reports } = await answer.json();
  reports.forEach(show);
  return running;
}

function show(report) {
  const row = table.querySelector(`[data-report="${report.id}"]`);
  if (!row) return;
  row.querySelector("[data-words]").textContent = report.text;
  const bar = row.querySelector("progress");
  if (!bar) return;
  if (report.state !== "running") {
    bar.remove();
  } else if (report.total) {
    bar.max = report.total;
    bar.value = report.done;
  }
}

async function watch() {
  let goesOn = true;
  try {
    goesOn = document.hidden || (await look());
  } catch {
    // The server is away for a moment: ask again.
  }
  if (goesOn) setTimeout(watch, SECONDS * 1000);
}

if (table) watch();
