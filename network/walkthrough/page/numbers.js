"use strict";

// The page works without its scripts, but for pointing: at a number, they light up what it
// came from, here and in the drawing, and show its sum.
//
// This one knows the numbers. How a number is computed, the page says: its operation has
// the cells of its operands and the lines of its arithmetic (operation.go).

const {N, Rate, Axes, Operations, Quantities} = JSON.parse(document.getElementById("numbers")?.textContent ?? "{}");

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
	return Array.from({length: Each ? quantity(q.A).Values[0].length : 1}, (_, k) => {
		const at = {row, col, k}, source = (name, [row, col]) => ({name, row: at[row], col: at[col]});
		return q.B ? [source(q.A, A), source(q.B, B)] : [source(q.A, A)];
	});
}

// strongest returns the sources to follow first: of a sum the largest product.
function strongest(number) {
	const sources = sourcesOf(number), size = ([a, b]) => Math.abs(value(a) * value(b));
	if (sources.length === 0) return [];
	if (Operations[quantity(number.name).Operation].BFirst) return sources[0].toReversed();
	return sources.reduce((best, pair) => size(pair) > size(best) ? pair : best);
}

// --- the words of: backprop explain

// exact writes a number as Go does, so that reading it gives the same number. (Only
// an exponential can be infinite.)
function exact(v) {
	if (v === Infinity) return "+Inf";
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

const signs = {"+": (a, b) => a + b, "−": (a, b) => a - b, "×": (a, b) => a * b, "/": (a, b) => a / b};

const fill = (text, texts) => text.replace(/\{(.+?)\}/g, (_, name) => texts[name]);

// arithmetic returns the lines of a number's arithmetic.
function arithmetic(number, q) {
	const {Each, Lines} = Operations[q.Operation], {row, col} = number, sources = sourcesOf(number), lines = [];
	const values = {"1": 1, "1/N": 1 / N, "learning_rate": Rate};
	const texts = {N, value: exact(value(number)), n: sources.length, origin: q.Origins?.[row][col]};
	const set = (name, v) => { values[name] = v; texts[name] = exact(v); };
	const use = ([a, b]) => {
		values.a = value(a), values["-a"] = -value(a), texts.a = at(a);
		if (b) values.b = value(b), texts.b = at(b);
		const of = sourcesOf(a);
		if (of.length === 1) texts["source of a"] = at(of[0][0]);
	};
	const write = list => list.forEach(({Text, Left, Sign, Right}) => {
		let text = fill(Text, texts);
		if (Sign) {
			const result = Sign === "e^" ? q.Exponentials[row][col] ?? Infinity : signs[Sign](values[Left], values[Right]);
			text += (Left && `${exact(values[Left])} `) + Sign + (Left && " ") + `${exact(values[Right])} = ${exact(result)}`;
			set("that", result);
		}
		lines.push(text);
	});
	if (Each) {
		let sum = 0;
		sources.forEach((pair, k) => {
			use(pair);
			texts.k = Axes[quantity(q.A).Cols].Short[k];
			write(Each);
			sum += values.that;
		});
		set("that", sum);
	} else if (q.A) use(sources[0]);
	write(Lines);
	return lines;
}
