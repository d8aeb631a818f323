package walkthrough

// An Operation is how a matrix is computed from its operands a and b. All that is said of it,
// in the terminal and on the page, comes from its row in the list below. In a text, {a} and
// {b} are the operands' names, or those of their numbers. The page's script gets what is not
// for the page's template.
type Operation struct {
	Name     string `json:"-"`
	Equation string `json:"-"`
	MathML   string `json:"-"` // the equation for a browser
	Terms    string `json:"-"` // the equation's operands as tables; "" for a dot product, which has a layout of its own
	Corner   string `json:"-"` // what is beside that
	Words    string `json:"-"` // how each number comes about
	Link     string `json:"-"` // what is done with the numbers that follow, in a chain

	// Which number of an operand a result's number comes from: that in the same row and
	// column, or another one. With k, it comes from one for each k.
	A, B [2]Index

	First  []Line // the arithmetic of a number: before what is done for each k,
	Each   []Line // for each k,
	Lines  []Line // and after it
	BFirst bool   // whoever follows a number back looks at b before a
}

// An Index says which row or column of an operand is meant.
type Index string

const (
	thisRow Index = "row" // that of the result's number
	thisCol Index = "col"
	eachK   Index = "k"
	kRow    Index = "k's row" // where k counts all of the operand's numbers, row by row
	kCol    Index = "k's col"
)

// A Line of arithmetic is a text or, with something to the right, a text and a computation. What
// a computation gives is called "that" in the next one.
type Line struct {
	Text              string
	Left, Sign, Right string // "a", "b", "-a", "1", "1/N", "2N", "learning_rate", "that"
	Sum               bool   // the result is added to the sum so far, which is shown and is then "that"
}

// Each row is for one operation. The numbers of a matrix that is given come from nowhere else.
var (
	given = &Operation{
		Name:  "given",
		Words: "{c with shape} is where it begins: it is computed from nothing else here.",
		Lines: []Line{{Text: "{origin}"}},
	}
	dot = &Operation{
		Name:     "dot",
		Equation: "{a} · {b}",
		MathML:   "{a}<mo>·</mo>{b}",
		Words:    dotWords + ".",
		Link:     "a sum of products, of",
		A:        [2]Index{thisRow, eachK}, B: [2]Index{eachK, thisCol},
		First: productLines,
		Each:  eachProduct,
	}
	dotOverN = &Operation{
		Name:     "dot over N",
		Equation: "{a} · {b} / N",
		MathML:   "<mfrac><mrow>{a}<mo>·</mo>{b}</mrow><mi>N</mi></mfrac>",
		Corner:   "÷ N = {N}",
		Words:    dotWords + ", and divided by N = {N}.",
		Link:     "a sum of products, ÷ N, of",
		A:        [2]Index{thisRow, eachK}, B: [2]Index{eachK, thisCol},
		First: productLines,
		Each:  eachProduct,
		Lines: []Line{
			{Text: "÷ N, which is × 1/{N}"},
			{Left: "that", Sign: "×", Right: "1/N"},
		},
	}
	sigmoid = &Operation{
		Name:     "sigmoid",
		Equation: "sigmoid({a})",
		MathML:   `<mi>σ</mi><mo stretchy="false">(</mo>{a}<mo stretchy="false">)</mo>`,
		Terms:    "σ( {a} )",
		Words:    elementWords + "{a} alone.",
		Link:     "the sigmoid of",
		A:        [2]Index{thisRow, thisCol},
		Lines: []Line{
			{Text: "1 / (1 + e^-z), z = {a}"},
			{Text: "e^-z = ", Sign: "e^", Right: "-a"},
			{Left: "1", Sign: "+", Right: "that"},
			{Left: "1", Sign: "/", Right: "that"},
		},
	}
	slope = &Operation{
		Name:     "slope",
		Equation: "{a} ∘ (1 − {a})",
		MathML:   `{a}<mo>∘</mo><mo stretchy="false">(</mo><mn>1</mn><mo>−</mo>{a}<mo stretchy="false">)</mo>`,
		Terms:    "{a} ∘ (1 − it)",
		Words:    elementWords + "{a} alone.",
		Link:     "a × (1 − a), a being",
		A:        [2]Index{thisRow, thisCol},
		Lines: []Line{
			{Text: "out × (1 − out), out = {a}"},
			{Left: "1", Sign: "−", Right: "a"},
			{Left: "a", Sign: "×", Right: "that"},
		},
	}
	difference = &Operation{
		Name:     "difference",
		Equation: "{a} − {b}",
		MathML:   "{a}<mo>−</mo>{b}",
		Terms:    "{a} − {b}",
		Words:    elementWords + "{a} and {b} alone.",
		Link:     "the difference of",
		A:        [2]Index{thisRow, thisCol}, B: [2]Index{thisRow, thisCol},
		Lines: []Line{
			{Text: "{a} − {b}"},
			{Left: "a", Sign: "−", Right: "b"},
		},
	}
	product = &Operation{
		Name:     "product",
		Equation: "{a} ∘ {b}",
		MathML:   "{a}<mo>∘</mo>{b}",
		Terms:    "{a} ∘ {b}",
		Words:    elementWords + "{a} and {b} alone.",
		Link:     "the product of",
		A:        [2]Index{thisRow, thisCol}, B: [2]Index{thisRow, thisCol},
		Lines: []Line{
			{Text: "{a} × {b}"},
			{Left: "a", Sign: "×", Right: "b"},
		},
	}
	transposed = &Operation{
		Name:     "transposed",
		Equation: "{a}, transposed",
		MathML:   "{aᵀ}",
		Terms:    "{a} transposed",
		Words:    "{c with shape} is {a with shape} with rows for columns.",
		Link:     "the same as",
		A:        [2]Index{thisCol, thisRow},
		Lines:    []Line{{Text: "{a} = {value}"}, {Text: "row and column change places"}},
	}
	descent = &Operation{
		Name:     "descent",
		Equation: "{a} − learning_rate · {b}",
		MathML:   "{a}<mo>−</mo><mi>learning_rate</mi><mo>·</mo>{b}",
		Terms:    "{a} − {learning_rate} · {b}",
		Words:    elementWords + "{a} and {b} alone.",
		Link:     "the weight − learning_rate × update, of",
		A:        [2]Index{thisRow, thisCol}, B: [2]Index{thisRow, thisCol},
		Lines: []Line{
			{Text: "learning_rate × {b}"},
			{Left: "learning_rate", Sign: "×", Right: "b"},
			{Text: "{a} − that"},
			{Left: "a", Sign: "−", Right: "that"},
		},
		BFirst: true, // the gradient
	}
	square = &Operation{
		Name:     "square",
		Equation: "{a}²",
		MathML:   "<msup>{a}<mn>2</mn></msup>",
		Terms:    "{a} squared",
		Words:    elementWords + "{a} alone.",
		Link:     "the square of",
		A:        [2]Index{thisRow, thisCol},
		Lines: []Line{
			{Text: "{a} × itself"},
			{Left: "a", Sign: "×", Right: "a"},
		},
	}
	total = &Operation{
		Name:     "total",
		Equation: "∑ {a}",
		MathML:   "<mo>∑</mo>{a}",
		Terms:    "∑ {a}",
		Words:    "One number: all those of {a with shape}, added up row by row.",
		Link:     "a sum of numbers, the largest being",
		A:        [2]Index{kRow, kCol},
		Each:     []Line{{Text: "{a} = ", Right: "a", Sum: true}},
	}
	overTwoN = &Operation{
		Name:     "over 2N",
		Equation: "{a} / 2N",
		MathML:   "<mfrac>{a}<mrow><mn>2</mn><mi>N</mi></mrow></mfrac>",
		Terms:    "{a} / 2N",
		Words:    "One number: {a}, divided by 2N, N being {N}.",
		Link:     "÷ 2N, of",
		A:        [2]Index{thisRow, thisCol},
		Lines: []Line{
			{Text: "{a} / 2N, N = {N}"},
			{Left: "a", Sign: "/", Right: "2N"},
		},
	}
)

const (
	dotWords     = "Each number is a row of {a}, to its left, times a\ncolumn of {b}, above it: {n} products, one for each\n{k}, added up"
	elementWords = "Each number of {c with shape} comes from the number in the same\nplace of "
)

var (
	productLines = []Line{{Text: "{a at k} × {b at k}, for each {axis} k"}}
	eachProduct  = []Line{{Text: "k={k}  ", Left: "a", Sign: "×", Right: "b", Sum: true}}
)
