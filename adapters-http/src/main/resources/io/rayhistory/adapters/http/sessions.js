// Search and sorting for the table of sessions. The page is whole without this script.
"use strict";
const table = document.getElementById("sessions");
if (table) {
  const body = table.tBodies[0];
  const rows = Array.from(body.rows);
  const heads = Array.from(table.tHead.rows[0].cells);
  const filter = document.getElementById("filter");
  const count = document.getElementById("count");

  const search = () => {
    const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      const text = row.textContent.toLowerCase();
      row.hidden = !words.every((word) => text.includes(word));
      shown += row.hidden ? 0 : 1;
    }
    const all = rows.length === 1 ? "1 session" : rows.length + " sessions";
    count.textContent = shown === rows.length ? all : shown + " of " + all;
  };

  const sort = (column) => {
    const up = heads[column].getAttribute("aria-sort") !== "ascending";
    heads.forEach((head) => head.removeAttribute("aria-sort"));
    heads[column].setAttribute("aria-sort", up ? "ascending" : "descending");
    rows.sort((a, b) => a.cells[column].textContent.localeCompare(b.cells[column].textContent) * (up ? 1 : -1));
    body.append(...rows);
  };

  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    button.addEventListener("click", () => sort(column));
    head.replaceChildren(button);
  });
  filter.hidden = false;
  filter.addEventListener("input", search);
}
