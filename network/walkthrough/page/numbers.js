"use strict";

// The page works without its scripts, but for pointing: at a number, they light up what it
// came from, here and in the drawing, and show its sum.
//
// This one knows the numbers. How a number is computed, the page says: its operation has
// the cells of its operands and the lines of its arithmetic (operation.go).

const {N, Rows: FlowerRows, Rate, Axes, Operations, Quantities} = JSON.parse(document.getElementById("numbers")?.textContent ?? "{}");

// --- numbers, each a {name, row, col}

const quantity = name => Quantities[name];
const value = ({name, row, col}) => quantity(name).Values[row][col];
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

// sourcesOf returns the numbers that a number was computed from, [a, b]: of a
// sum for each k, else once.
function sourcesOf({name, row, col}) {
	const q = quantity(name), {A, B, Each} = Operations[q.Operation];
	if (!q.A) return [];
	const {Values} = quantity(q.A), cols = Values[0].length;
	return Array.from({length: Each ? (q.B ? cols : Values.length * cols) : 1}, (_, k) => {
		const at = {row, col, k, "k's row": Math.floor(k / cols), "k's col": k % cols};
		const source = (name, [row, col]) => ({name, row: at[row], col: at[col]});
		return q.B ? [source(q.A, A), source(q.B, B)] : [source(q.A, A)];
	});
}

// strongest returns the sources to follow first: of a sum the largest product.
function strongest(number) {
	const sources = sourcesOf(number), size = list => Math.abs(list.reduce((product, source) => product * value(source), 1));
	if (sources.length === 0) return [];
	if (Operations[quantity(number.name).Operation].BFirst) return sources[0].toReversed();
	return sources.reduce((best, list) => size(list) > size(best) ? list : best);
}

// ofFlower returns the same number of another flower, if it is a flower's.
function ofFlower(number, flower) {
	const {Rows, Cols} = quantity(number.name);
	if (Axes[Rows].IsFlowers) return {...number, row: flower};
	return Axes[Cols].IsFlowers ? {...number, col: flower} : number;
}

// --- the words of the command explain

// exact writes a number as Go does, so that reading it gives the same number. (Only
// an exponential can be infinite.)
function exact(v) {
	if (v === Infinity) return "+Inf";
	const [digits, exponent] = v.toExponential().split("e");
	if (v !== 0 && (exponent < -4 || exponent >= 6)) return `${digits}e${exponent[0]}${exponent.slice(1).padStart(2, "0")}`;
	return Object.is(v, -0) ? "-0" : String(v);
}

// placeOf says what a number's row and column are.
function placeOf({name, row, col}) {
	const {Rows, Cols} = quantity(name), whole = Rows === Cols; // which no matrix has otherwise
	return whole ? Axes[Rows].Long[0] : `row ${row}: ${Axes[Rows].Long[row]}, column ${col}: ${Axes[Cols].Long[col]}`;
}

const signs = {"+": (a, b) => a + b, "−": (a, b) => a - b, "×": (a, b) => a * b, "/": (a, b) => a / b, "": (_, b) => b};

const fill = (text, texts) => text.replace(/\{(.+?)\}/g, (_, name) => texts[name]);

// arithmetic returns the lines of a number's arithmetic, each a {text}, and with the numbers of
// which it is a product, in a sum: {text, of}.
function arithmetic(number) {
	const {name, row, col} = number, q = quantity(name), {First, Each, Lines} = Operations[q.Operation], lines = [];
	const values = {"1": 1, "1/N": 1 / N, "2N": 2 * N, "learning_rate": Rate};
	const texts = {N, value: exact(value(number)), origin: q.Origins?.[row][col]};
	if (q.B) Object.assign(texts, {"a at k": `${q.A}[${row}][k]`, "b at k": `${q.B}[k][${col}]`, axis: Axes[quantity(q.A).Cols].Name});
	let sum = 0;
	const write = (list, of) => list?.forEach(({Text, Left, Sign, Right, Sum}) => {
		let text = fill(Text, texts);
		if (Right) {
			const result = Sign === "e^" ? q.Exponentials[row][col] ?? Infinity : signs[Sign](values[Left], values[Right]);
			text += (Left && `${exact(values[Left])} `) + Sign + (Left && " ") + exact(values[Right]);
			values.that = Sum ? sum += result : result;
			text += (Sum ? "   sum " : " = ") + exact(values.that);
		}
		lines.push(Sum && q.B ? {text, of} : {text});
	});
	write(First);
	sourcesOf(number).forEach(([a, b], k) => {
		values.a = value(a), values["-a"] = -value(a), texts.a = at(a), texts.k = k;
		if (b) values.b = value(b), texts.b = at(b);
		write(Each, [a, b]);
	});
	write(Lines);
	return lines;
}
