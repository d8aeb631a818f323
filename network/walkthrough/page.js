"use strict";

// The page works without this, but for pointing: at a number, the script lights
// up what it came from, here and in the drawing, and shows its sum.

const FLOWERS = 0; // the axes, the operations: as in step.go
const [GIVEN, DOT, DOT_OVER_N, SIGMOID, SLOPE, DIFFERENCE, PRODUCT, TRANSPOSED, DESCENT] = Array(9).keys();

const {N, Rate, Axes, Quantities} = JSON.parse(document.getElementById("numbers")?.textContent ?? "{}");
const panel = document.getElementById("panel");
let pinned = null, shown = null; // the number that stays, the number that is explained

// --- numbers, each a {name, row, col}

const quantity = name => Quantities[name];
const value = ({name, row, col}) => Number(quantity(name).Values[row][col]);
const at = ({name, row, col}) => `${name}[${row}][${col}]`;
const idOf = ({name, row, col}) => `${name}-${row}-${col}`;
const same = (a, b) => a && b && idOf(a) === idOf(b);
const home = number => document.getElementById(idOf(number));

// numberOf returns the number with an id such as weights_2.T-0-1, or null.
const numberOf = id => numberIn(document.getElementById(id));

// numberIn returns the number in a table's cell, or null.
function numberIn(target) {
	const td = target instanceof Element ? target.closest("table[data-of] tbody td") : null;
	if (!td || !quantity(td.closest("table").dataset.of)) return null;
	return {name: td.closest("table").dataset.of, row: td.parentNode.sectionRowIndex, col: td.cellIndex - 1};
}

const isCovered = number => getComputedStyle(home(number)).visibility === "hidden";

// sourcesOf returns the numbers that a number was computed from.
function sourcesOf({name, row, col}) {
	const {Op, X, Y} = quantity(name);
	if (Op === TRANSPOSED) return [{name: X, row: col, col: row}];
	if (Op !== DOT && Op !== DOT_OVER_N) return [X, Y].filter(operand => operand).map(operand => ({name: operand, row, col}));
	return quantity(Y).Values.flatMap((_, k) => [{name: X, row, col: k}, {name: Y, row: k, col}]);
}

// factorsOf returns the pairs whose products a dot product adds up.
const factorsOf = number => sourcesOf(number).flatMap((left, i, all) => i % 2 === 0 ? [[left, all[i + 1]]] : []);

// strongest returns the sources to follow first: of a sum the largest product.
function strongest(number) {
	const {Op} = quantity(number.name);
	if (Op !== DOT && Op !== DOT_OVER_N) return Op === DESCENT ? sourcesOf(number).reverse() : sourcesOf(number); // the gradient first
	const size = ([left, right]) => Math.abs(value(left) * value(right));
	return factorsOf(number).reduce((best, pair) => size(pair) > size(best) ? pair : best);
}

// --- the words of: backprop explain

// exact writes a number as Go does, so that reading it gives the same number.
function exact(v) {
	if (!Number.isFinite(v)) return Number.isNaN(v) ? "NaN" : v > 0 ? "+Inf" : "-Inf";
	const [digits, exponent] = v.toExponential().split("e");
	if (v !== 0 && (exponent < -4 || exponent >= 6)) return `${digits}e${exponent[0]}${exponent.slice(1).padStart(2, "0")}`;
	return Object.is(v, -0) ? "-0" : String(v);
}

// explain returns what backprop explain prints for the number.
function explain(number) {
	const {name, row, col} = number, q = quantity(name);
	return `${at(number)} = ${exact(value(number))}
row ${row}: ${Axes[q.Rows].Long[row]}, column ${col}: ${Axes[q.Cols].Long[col]}

${q.Head}
${arithmetic(number, q).map(line => `  ${line}\n`).join("")}`;
}

// arithmetic returns the lines of a number's arithmetic.
function arithmetic(number, q) {
	const {row, col} = number, result = exact(value(number));
	const [x, y] = sourcesOf(number);
	const a = x && value(x), b = y && value(y), power = q.Powers && Number(q.Powers[row][col]);
	switch (q.Op) {
	case GIVEN:
		return [q.Origins[row][col]];
	case DOT: case DOT_OVER_N:
		return sum(number, q);
	case SIGMOID:
		return [`1 / (1 + e^-z), z = ${at(x)}`, `e^-z = e^${exact(-a)} = ${exact(power)}`,
			`1 + ${exact(power)} = ${exact(1 + power)}`, `1 / ${exact(1 + power)} = ${result}`];
	case SLOPE:
		return [`out × (1 − out), out = ${at(x)}`, `1 − ${exact(a)} = ${exact(1 - a)}`, `${exact(a)} × ${exact(1 - a)} = ${result}`];
	case DIFFERENCE:
		return [`${at(x)} − ${at(y)}`, `${exact(a)} − ${exact(b)} = ${result}`];
	case PRODUCT:
		return [`${at(x)} × ${at(y)}`, `${exact(a)} × ${exact(b)} = ${result}`];
	case TRANSPOSED:
		return [`${at(x)} = ${result}: row and column change places`];
	case DESCENT:
		return [`learning_rate × ${at(y)}`, `${exact(Rate)} × ${exact(b)} = ${exact(Rate * b)}`,
			`${at(x)} − that`, `${exact(a)} − ${exact(Rate * b)} = ${result}`];
	}
}

// sum returns the lines of a row times a column.
function sum(number, q) {
	const x = quantity(q.X), factors = factorsOf(number), products = factors.map(([left, right]) => value(left) * value(right));
	const total = exact(products.reduce((sum, product) => sum + product, 0));
	const lines = factors.flatMap(([left, right], k) => {
		const owner = x.Op === TRANSPOSED ? {name: x.X, row: k, col: left.row} : left; // say whose element it is
		return [`${at(owner)} (${Axes[x.Cols].Short[k]}) × ${at(right)}`, `  ${exact(value(left))} × ${exact(value(right))} = ${exact(products[k])}`];
	});
	lines.push(`sum of the ${factors.length}`, `  = ${total}`);
	if (q.Op === DOT_OVER_N) lines.push(`÷ N, which is × 1/${N}`, `  ${total} × ${exact(1 / N)} = ${exact(value(number))}`);
	return lines;
}

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
	mark(home(number).parentNode.cells[0], "lit");
	mark(home(number).closest("table").tHead.rows[0].cells[number.col + 1], "lit");
	for (const source of sourcesOf(number))
		for (const table of section.querySelectorAll(`table[data-of="${source.name}"]:not(.home)`)) mark(cellIn(table, source), "source");
	if (q.Op === GIVEN && q.Rows === FLOWERS)
		for (const cell of document.querySelector('table[data-of="flowers"]').tBodies[0].rows[number.row].cells) mark(cell, "source");
	setCurrent(section);
	showInDrawing(number, q);
	fillPanel(number, q);
}

// setCurrent makes a quantity's section the one whose flow the drawing shows.
function setCurrent(section) {
	document.querySelector(".quantity.current")?.classList.remove("current");
	mark(section, "current");
}

// showInDrawing marks the number's node or weight, and takes over its flower.
function showInDrawing({row, col}, q) {
	const ends = [[q.Rows, row], [q.Cols, col]].sort((a, b) => a[0] - b[0]);
	const place = ends.filter(([axis]) => axis !== FLOWERS).map(end => end.join("-")).join(" ");
	mark(document.querySelector(`.net [data-at="${place}"]`), "at");
	const flower = ends.find(([axis]) => axis === FLOWERS);
	if (!flower) return;
	const flowerName = Axes[FLOWERS].Long[flower[1]];
	document.getElementById("flower-name").textContent = flowerName;
	document.getElementById("net-title").textContent = `The net, with the values of ${flowerName}`;
	for (const text of document.querySelectorAll(".net text[data-of]")) {
		const v = value({name: text.dataset.of, row: flower[1], col: text.dataset.col});
		text.textContent = text.dataset.of === "x" ? Number(v.toPrecision(4)) : v.toFixed(3);
	}
}

// linked returns text as nodes in which the numbers' names are links.
function linked(text) {
	return text.split(/([\w.]+\[\d+\]\[\d+\])/).map((part, i) => {
		if (i % 2 === 0) return part;
		return Object.assign(document.createElement("a"), {href: "#" + part.replaceAll("[", "-").replaceAll("]", ""), textContent: part});
	});
}

function element(tag, className, ...children) {
	const e = Object.assign(document.createElement(tag), {className});
	e.append(...children);
	return e;
}

function fillPanel(number, q) {
	const [title, ...rest] = explain(number).split("\n"), covered = [number, ...sourcesOf(number)].some(isCovered);
	const follow = covered && (q.Op === DOT || q.Op === DOT_OVER_N) ? "" : strongest(number).map(at).join(" and ");
	panel.replaceChildren(
		element("h2", "", covered ? at(number) : title),
		element("p", "follow", ...linked(follow && `Follow back: ${follow}`)),
		element("pre", "", ...(covered ? ["It is covered: show its matrix first.", "", ...q.Head.split("\n")] : rest).map(line => element("span", line.startsWith("  ") ? "" : "prose", ...linked(line)))));
	panel.scrollTop = 0;
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
	} else if (event.key === "Enter" && same(pinned, number)) panel.querySelector("a")?.focus();
	else if (event.key === "Enter" || event.key === " ") select(td, number);
	else return;
	event.preventDefault();
}

// say tells a screen reader where a number came from.
function say(number) {
	const sources = number ? [...new Set(sourcesOf(number).map(source => source.name))].join(" and ") : "";
	document.getElementById("said").textContent = sources && `${at(number)}, from ${sources}`;
}

const setSwitch = (url, {name, checked}) => checked ? url.searchParams.set(name, "1") : url.searchParams.delete(name);

// updateLinks keeps the pinned number and the switches in every URL.
function updateLinks() {
	const switches = ["cover", "large"].map(name => document.getElementById(name));
	for (const link of document.querySelectorAll("a.travel[href], .curve a")) {
		const url = new URL(link.getAttribute("href"), location.href);
		for (const box of switches) setSwitch(url, box);
		url.hash = pinned ? idOf(pinned) : "";
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
		if (event.key === "l" || event.key === "L") document.getElementById("large").click();
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
