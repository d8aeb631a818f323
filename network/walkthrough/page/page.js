"use strict";

// Pointing at numbers, and pinning them. (What a number came from, numbers.js knows; panel.js
// says it.)

let pinned = null, shown = null; // the number that stays, the number that is explained

// --- lighting up and showing

const mark = (element, name) => element?.classList.add(name);

// cellIn returns the table's cell of a number.
const cellIn = (table, {row, col}) => table.tBodies[0].rows[row].cells[col + 1];

function show(number) {
	for (const name of ["point", "source", "lit", "at"])
		for (const e of document.querySelectorAll("." + name)) e.classList.remove(name);
	shown = number;
	if (!number) return panel.replaceChildren();
	const q = quantity(number.name), section = home(number).closest(".quantity");
	for (const table of document.querySelectorAll(`table[data-of="${number.name}"]`)) mark(cellIn(table, number), "point");
	const labels = home(number).closest(".bare") && !Operations[q.Operation].Each ? section.querySelector("table") : home(number).closest("table");
	mark(labels.tBodies[0].rows[number.row].cells[0], "lit");
	mark(labels.tHead.rows[0].cells[number.col + 1], "lit");
	for (const source of sourcesOf(number).flat())
		for (const table of section.querySelectorAll(`table[data-of="${source.name}"]:not(.home)`)) mark(cellIn(table, source), "source");
	if (!q.A && Axes[q.Rows].IsFlowers)
		for (const cell of document.querySelector('table[data-of="flowers"]').tBodies[0].rows[number.row].cells) mark(cell, "source");
	setCurrent(section);
	showInDrawing(number, q);
	fillPanel(number);
}

// setCurrent makes a quantity's section the one whose flow the drawing shows.
function setCurrent(section) {
	document.querySelector(".quantity.current")?.classList.remove("current");
	mark(section, "current");
}

// showInDrawing marks the number's node or weight, and takes over its flower.
function showInDrawing({row, col}, q) {
	const ends = [[q.Rows, row], [q.Cols, col]].sort((a, b) => a[0] - b[0]);
	const place = ends.filter(([axis]) => Axes[axis].InNet).map(end => end.join("-")).join(" ");
	mark(document.querySelector(`.net [data-at="${place}"]`), "at");
	const flower = ends.find(([axis]) => Axes[axis].IsFlowers);
	if (!flower) return;
	const flowerName = Axes[flower[0]].Long[flower[1]];
	document.getElementById("flower-name").textContent = flowerName;
	document.getElementById("net-title").textContent = `The net, with the values of ${flowerName}`;
	for (const text of document.querySelectorAll(".net text[data-of]")) {
		const v = value({name: text.dataset.of, row: flower[1], col: text.dataset.col});
		text.textContent = nodeText(v, quantity(text.dataset.of).IsMeasured);
		text.classList.toggle("long", isLong(text.textContent));
	}
	leadOn(flower[1]);
}

// leadOn makes the links to other flowers lead on from the one that is drawn.
function leadOn(flower) {
	for (const link of document.querySelectorAll("a[data-by]")) {
		const to = flower + Number(link.dataset.by), url = new URL(link.getAttribute("href"), location.href);
		link.hidden = !(to in FlowerRows);
		if (link.hidden) continue;
		url.searchParams.set("flower", FlowerRows[to]);
		link.dataset.to = to;
		link.setAttribute("href", url.pathname + url.search.replaceAll("%2C", ","));
	}
	updateLinks();
}

// --- pointing, pinning, following back

// pin keeps a number shown, as a state of its own to go back to.
function pin(number) {
	pinned = number;
	history.pushState(null, "", number ? "#" + idOf(number) : location.pathname + location.search);
	updateLinks();
	show(number);
}

// followURL shows the number that the URL's fragment names.
function followURL() {
	pinned = numberOf(location.hash.slice(1));
	updateLinks();
	show(pinned);
	if (!pinned) return;
	home(pinned).scrollIntoView({block: "center", inline: "nearest"});
	focusCell(home(pinned));
}

// select pins a number of a result, lets go of the pinned one, and follows an
// operand's number to where it was computed.
function select(td, number) {
	focusCell(td);
	if (!td.closest(".home")) location.hash = idOf(number);
	else pin(same(pinned, number) ? null : number);
}

// focusCell makes td the one cell of its table that Tab leads to.
function focusCell(td) {
	td.closest("table").querySelector("td[tabindex='0']")?.setAttribute("tabindex", "-1");
	td.tabIndex = 0;
	td.focus({preventScroll: true});
}

// onKey moves between the cells of a table.
function onKey(event) {
	const td = event.target, number = numberIn(td);
	if (!number || event.ctrlKey || event.metaKey || event.altKey) return;
	const {row, col} = number, {Values} = quantity(number.name), lastRow = Values.length - 1, lastCol = Values[0].length - 1;
	const to = {
		ArrowUp: [row - 1, col], ArrowDown: [row + 1, col], ArrowLeft: [row, col - 1], ArrowRight: [row, col + 1],
		Home: [row, 0], End: [row, lastCol], PageUp: [0, col], PageDown: [lastRow, col],
	}[event.key];
	if (to) {
		const next = cellIn(td.closest("table"), {row: Math.min(Math.max(to[0], 0), lastRow), col: Math.min(Math.max(to[1], 0), lastCol)});
		focusCell(next);
		next.scrollIntoView({block: "nearest", inline: "nearest"});
	} else if (event.key === "Enter" && same(pinned, number)) panel.querySelector(".follow a")?.focus();
	else if (event.key === "Enter" || event.key === " ") select(td, number);
	else return;
	event.preventDefault();
}

// say tells a screen reader where a number came from.
function say(number) {
	const sources = number ? [...new Set(sourcesOf(number).flat().map(source => source.name))].join(" and ") : "";
	document.getElementById("said").textContent = sources && `${at(number)}, from ${sources}`;
}

const setSwitch = (url, {name, checked, value}) => checked ? url.searchParams.set(name, value) : url.searchParams.delete(name);

// updateLinks keeps the pinned number and the switches in every URL.
function updateLinks() {
	const switches = document.querySelectorAll(".switches input");
	for (const link of document.querySelectorAll("a.travel[href], .curve a")) {
		const url = new URL(link.getAttribute("href"), location.href);
		for (const box of switches) setSwitch(url, box);
		url.hash = pinned ? idOf(link.dataset.to ? ofFlower(pinned, Number(link.dataset.to)) : pinned) : "";
		link.setAttribute("href", url.pathname + url.search.replaceAll("%2C", ",") + url.hash);
	}
	document.getElementById("settings")?.setAttribute("action", pinned ? "/#" + idOf(pinned) : "/");
}

function start() {
	for (const table of document.querySelectorAll("table[data-of]")) {
		if (!quantity(table.dataset.of)) continue;
		table.setAttribute("role", "grid");
		table.tBodies[0].rows[0].cells[1].tabIndex = 0;
	}
	for (const product of document.querySelectorAll(".product .matrices")) { // large ones scroll together
		const [right, left, result] = product.querySelectorAll(".box"), follow = (a, b, side) => a.addEventListener("scroll", () => { b[side] = a[side]; });
		follow(result, right, "scrollLeft"), follow(right, result, "scrollLeft"), follow(result, left, "scrollTop"), follow(left, result, "scrollTop");
	}
	const main = document.querySelector("main");
	const point = number => number && !pinned && !same(shown, number) && show(number);
	main.addEventListener("pointerover", event => point(numberIn(event.target)));
	main.addEventListener("focusin", event => { point(numberIn(event.target)); say(numberIn(event.target)); });
	main.addEventListener("click", event => numberIn(event.target) && select(event.target, numberIn(event.target)));
	main.addEventListener("keydown", onKey);
	document.addEventListener("keydown", event => {
		if (event.target.matches("input:not([type=checkbox])") || event.ctrlKey || event.metaKey || event.altKey) return;
		document.querySelector(`.switches input[data-key="${CSS.escape(event.key.toUpperCase())}"]`)?.click();
		if (event.key === "Escape" && panel.contains(document.activeElement) && shown) focusCell(home(shown));
		else if (event.key === "Escape") pinned ? pin(null) : show(null);
	});
	document.addEventListener("change", event => {
		if (!event.target.matches("[type=checkbox]")) return;
		const url = new URL(location.href);
		if (event.target.form) setSwitch(url, event.target);
		history.replaceState(null, "", url);
		updateLinks();
		show(shown);
	});
	addEventListener("hashchange", followURL);
	const inView = new IntersectionObserver(entries => {
		for (const {target, isIntersecting} of entries) if (isIntersecting && !pinned) setCurrent(target);
	}, {rootMargin: "-30% 0px -65% 0px"});
	for (const section of document.querySelectorAll(".quantity")) inView.observe(section);
	if (location.hash) followURL();
}

if (Quantities) start();
