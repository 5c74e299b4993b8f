// A clinic's lists: what became of a call or a task; printing.
"use strict";
const told = document.getElementById("told");
const PATHS = {
  calls: (of, outcome) => ["/v1/clinic/calls", { resident: of, outcome }],
  tasks: (of, outcome) => [`/v1/clinic/tasks/${of}/close`, { outcome }],
};

async function settle(path, body) {
  const sent = await onlyOne(() => change("POST", path, body));
  if (!sent) return;
  if (sent.ok) { location.reload(); return; }
  told.textContent = await sentenceOf(sent, told.dataset.lost);
  told.hidden = false;
}

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form.ending");
  if (!form) return;
  event.preventDefault();
  const [path, body] = PATHS[form.dataset.kind](form.dataset.of, new FormData(form).get("outcome"));
  settle(path, body);
});
document.getElementById("deciding")?.addEventListener("click", (event) => {
  const pressed = event.target.closest("button[data-approve]");
  if (!pressed) return;
  const path = `/v1/clinic/changes/${encodeURIComponent(event.currentTarget.dataset.of)}/decision`;
  settle(path, { approve: pressed.dataset.approve === "yes" });
});
document.getElementById("print")?.addEventListener("click", () => print());
