// A task: taken, replied to, closed. What the server refuses is told in its own words.
"use strict";
const task = document.getElementById("task");
const told = document.getElementById("told");

async function send(path, body) {
  const sent = await onlyOne(() => change("POST", `/v1/tasks/${task.dataset.id}/${path}`, body));
  if (!sent) return;
  if (sent.ok) { location.reload(); return; }
  told.textContent = await sentenceOf(sent, task.dataset.lost);
  told.hidden = false;
}

document.getElementById("take")?.addEventListener("click", () => send("take"));
document.getElementById("reply")?.addEventListener("submit", (event) => {
  event.preventDefault();
  send("replies", { text: new FormData(event.target).get("text") });
});
document.getElementById("close")?.addEventListener("submit", (event) => {
  event.preventDefault();
  const said = new FormData(event.target);
  const body = { outcome: said.get("outcome") };
  if (said.get("text")) body.text = said.get("text");
  if (said.get("region")) { body.scope = { region: said.get("region") }; if (said.get("scheme")) body.scope.scheme = said.get("scheme"); }
  if (said.get("expires_on")) body.expires_on = said.get("expires_on");
  send("close", body);
});
