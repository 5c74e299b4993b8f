// The talk: lines as they come, then the turn as the server draws it.
"use strict";
const talk = document.getElementById("talk");
const form = document.getElementById("say");
const box = document.getElementById("text");
const status = document.getElementById("status");
let busy = false;

function put(tag, name, text, into) {
  const made = document.createElement(tag);
  made.className = name;
  made.textContent = text;
  into.append(made);
  return made;
}

async function conversation() {
  if (talk.dataset.id) return talk.dataset.id;
  const opened = await change("POST", "/v1/conversations");
  if (!opened.ok) throw new Error(await sentenceOf(opened, talk.dataset.lost));
  talk.dataset.id = (await opened.json()).id;
  history.replaceState(null, "", `/chat/${talk.dataset.id}`);
  watch();
  return talk.dataset.id;
}

async function* eventsOf(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let left = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    left += value;
    const blocks = left.split("\n\n");
    left = blocks.pop();
    for (const block of blocks) {
      const lines = Object.fromEntries(block.split("\n").filter((line) => !line.startsWith(":")).map((line) => [line.slice(0, line.indexOf(": ")), line.slice(line.indexOf(": ") + 2)]));
      if (lines.event) yield [lines.event, JSON.parse(lines.data)];
    }
  }
}

async function say(text, pressed) {
  if (busy || !text.trim()) return;
  busy = true;
  talk.querySelector(".welcome")?.remove();
  talk.querySelectorAll(".choices").forEach((one) => one.remove());
  const turn = put("article", "turn", "", talk);
  put("div", "said", text, turn);
  const answer = put("div", "answer", "", turn);
  const lines = put("div", "lines", "", answer);
  const wait = put("p", "hint", talk.dataset.working, lines);
  status.textContent = talk.dataset.working;
  turn.scrollIntoView({ block: "start" });
  try {
    const id = await conversation();
    const sent = await change("POST", `/v1/conversations/${id}/turns`, pressed ? { text, pressed: JSON.parse(pressed) } : { text }, { Accept: "text/event-stream" });
    if (!sent.ok) throw new Error(await sentenceOf(sent, talk.dataset.lost));
    let kept = null;
    for await (const [name, told] of eventsOf(sent)) {
      if (name === "line") { wait.remove(); put("p", "", told.text, lines); }
      if (name === "problem") throw new Error(told.detail);
      if (name === "turn") kept = told;
    }
    if (!kept) throw new Error(talk.dataset.lost);
    const drawn = await fetch(`/chat/${id}/turns/${kept.number}`);
    if (!drawn.ok) throw new Error(talk.dataset.lost);
    turn.outerHTML = await drawn.text();
    const now = document.getElementById(`turn-${kept.number}`);
    status.textContent = kept.answer.text;
    now.scrollIntoView({ block: "start" });
  } catch (failed) {
    wait.remove();
    put("p", "wrong", failed.message || talk.dataset.lost, answer).setAttribute("role", "alert");
    box.value = box.value || text;
  } finally {
    busy = false;
    box.focus({ preventScroll: true });
  }
}

// One verdict after the other: what was pressed last is what is kept, and what is shown.
let judging = Promise.resolve();
function judge(button, verdict, words) {
  const next = () => judged(button.closest(".turn"), verdict, words);
  judging = judging.then(next, next);
}

async function judged(turn, verdict, words) {
  const told = turn.querySelector(".judge .told");
  const path = `/v1/conversations/${talk.dataset.id}/turns/${turn.dataset.turn}/verdict`;
  const sent = await change("POST", path, { verdict, words });
  told.textContent = sent.ok ? (await sent.json()).told : await sentenceOf(sent, talk.dataset.lost);
  if (sent.ok) turn.querySelectorAll("[data-verdict]").forEach((one) => one.setAttribute("aria-pressed", String(one.dataset.verdict === verdict)));
}

function watch() {
  if (!talk.dataset.id) return;
  const source = new EventSource(`/v1/conversations/${talk.dataset.id}/events?after=${talk.dataset.last}`);
  source.addEventListener("message", (event) => {
    if (!event.data) return;
    const one = JSON.parse(event.data);
    if (talk.querySelector(`[data-message="${one.number}"]`)) return;
    const made = put("article", "staff", "", talk);
    made.dataset.message = one.number;
    put("b", "", talk.dataset.staff, made);
    put("p", "", one.text, made);
    status.textContent = `${talk.dataset.staff} ${one.text}`;
    made.scrollIntoView({ block: "nearest" });
  });
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const text = box.value;
  box.value = "";
  say(text);
});
box.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); form.requestSubmit(); }
});
document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.dataset.say) say(button.dataset.say, button.dataset.pressed);
  if (button.dataset.verdict === "wrong") {
    const words = button.parentElement.querySelector(".words");
    words.hidden = false;
    words.querySelector("input").focus();
  } else if (button.dataset.verdict) judge(button, button.dataset.verdict, "");
  if (button.id === "forget" && confirm(button.dataset.sure)) {
    change("DELETE", `/v1/conversations/${talk.dataset.id}`).then((sent) => { if (sent.ok) location.assign("/chat"); });
  }
});
document.addEventListener("submit", (event) => {
  if (!event.target.matches(".words")) return;
  event.preventDefault();
  judge(event.target, "wrong", new FormData(event.target).get("words"));
  event.target.hidden = true;
});
watch();
talk.querySelector(".turn:last-of-type")?.scrollIntoView({ block: "start" });
