// The gallery of a sweep: filters, sorting, posters that play. Without scripts the page still shows everything.
(() => {
  "use strict";
  const list = document.getElementById("cards");
  const cards = [...list.children];
  const controls = document.getElementById("controls");
  const search = document.getElementById("search");
  const sort = document.getElementById("sort");
  const filters = document.getElementById("filters");
  const count = document.getElementById("count");
  const summary = count.textContent;
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const values = new Map(cards.map((card) => [card, JSON.parse(card.dataset.parameters)]));
  const words = new Map(cards.map((card) =>
    [card, `${card.textContent} ${Object.entries(values.get(card)).flat().join(" ")}`.toLowerCase()]));
  const natural = new Intl.Collator("en", { numeric: true }).compare;
  const value = (card, name) => values.get(card)[name] ?? "";

  // A parameter can be filtered when cases differ in it; the sweep's own axes come first.
  const axes = list.dataset.axes ? list.dataset.axes.split(" ") : [];
  const names = [...new Set([...axes, ...cards.flatMap((card) => Object.keys(values.get(card)))])];
  const choices = new Map(names.map((name) => [name, [...new Set(cards.map((c) => value(c, name)))].sort(natural)]));
  const varied = names.filter((name) => choices.get(name).length > 1);

  const option = (text, label = text) => new Option(label === "" ? "(none)" : label, text);
  for (const name of varied) {
    const label = document.createElement("label");
    const select = document.createElement("select");
    select.dataset.name = name;
    select.append(new Option("all", "\u0000"), ...choices.get(name).map((text) => option(text)));
    label.append(name + " ", select);
    filters.append(label);
  }
  sort.append(new Option("case", "\u0000"), ...varied.map((name) => option(name)));

  const shown = () => [...list.children].filter((card) => !card.hidden);

  function apply() {
    const wanted = [...filters.querySelectorAll("select")].filter((s) => s.value !== "\u0000");
    const sought = search.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    for (const card of cards)
      card.hidden = wanted.some((s) => value(card, s.dataset.name) !== s.value) ||
        sought.some((word) => !words.get(card).includes(word));
    const order = [...cards];
    if (sort.value !== "\u0000") order.sort((a, b) => natural(value(a, sort.value), value(b, sort.value)));
    list.append(...order);
    const visible = shown().length;
    count.textContent = visible === cards.length ? summary : `${visible} of ${summary}`;
    document.getElementById("none").hidden = visible > 0;
  }

  // One animation at a time: the poster gives way to the moving picture and comes back.
  let playing = null;
  function stop() {
    if (!playing) return;
    playing.moving.remove();
    playing.poster.hidden = false;
    playing = null;
  }
  function play(stage) {
    if (playing?.stage === stage || !stage.dataset.play) return;
    stop();
    const poster = stage.querySelector("img");
    const video = stage.dataset.kind === "video";
    const moving = document.createElement(video ? "video" : "img");
    if (video) Object.assign(moving, { muted: true, loop: true, autoplay: true, playsInline: true });
    moving.className = "moving";
    if (!video) moving.alt = poster ? poster.alt : "";
    moving.src = stage.dataset.play;
    if (poster) poster.hidden = true;
    stage.append(moving);
    playing = { stage, poster: poster ?? { hidden: true }, moving };
  }
  const stageOf = (event) => event.target.closest?.(".stage");
  // A move, not pointerover: that also comes when a picture goes away under a pointer at rest.
  list.addEventListener("pointermove", (event) => { if (stageOf(event) && !still.matches) play(stageOf(event)); });
  list.addEventListener("pointerout", (event) => {
    const stage = stageOf(event);
    if (stage && !stage.contains(event.relatedTarget) && stage !== document.activeElement) stop();
  });
  list.addEventListener("focusin", (event) => { if (stageOf(event) && !still.matches) play(stageOf(event)); });
  list.addEventListener("focusout", stop);

  function columns(all) {
    const top = all[0]?.offsetTop;
    return Math.max(1, all.filter((card) => card.offsetTop === top).length);
  }
  function move(event) {
    const all = shown();
    const at = all.findIndex((card) => card.contains(document.activeElement));
    if (at < 0) return;
    const steps = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns(all), ArrowUp: -columns(all), Home: -at, End: all.length - 1 - at };
    if (!(event.key in steps)) return;
    event.preventDefault();
    all[Math.min(Math.max(at + steps[event.key], 0), all.length - 1)].querySelector(".stage").focus();
  }
  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches("input, select");
    if (event.key === "/" && !typing) {
      event.preventDefault();
      search.focus();
    } else if (event.key === "Escape") {
      controls.reset();
      event.target.blur();
    } else if (!typing && !event.altKey && !event.ctrlKey && !event.metaKey) {
      move(event);
    }
  });

  controls.addEventListener("input", apply);
  controls.addEventListener("submit", (event) => event.preventDefault());
  controls.addEventListener("reset", () => setTimeout(apply));
  controls.hidden = cards.length < 2;
  document.querySelector(".keys").hidden = cards.length < 2;
})();
