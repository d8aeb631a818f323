package checker

import (
	"strconv"
	"strings"
	"testing"

	"backprop/network/workshop/exercise"
)

// lineWith returns the line of the text with the mark, from 1, or 0.
func lineWith(text, mark string) int {
	before, _, found := strings.Cut(text, mark)
	if !found {
		return 0
	}
	return 1 + strings.Count(before, "\n")
}

// dotLoops is an exercise 1 with another innermost loop.
func dotLoops(head, statement string) string {
	return "{\n\tc := matrix.New(x.Rows(), y.Cols())\n\tfor i := range c {\n\t\tfor j := range c[i] {\n\t\t\t" + head + " { // LOOP\n\t\t\t\t" + statement + " // HERE\n\t\t\t}\n\t\t}\n\t}\n\treturn c\n}"
}

const (
	lastOf4   = "runtime error: index out of range [4] with length 4"
	lastOf5   = "runtime error: index out of range [5] with length 5"
	noneAt0   = "runtime error: index out of range [0] with length 0"
	usualSays = " There is no such row or column (both are counted from 0)."
)

// A panic is explained in the learner's words: with what they called it, the sizes it has,
// and what to write instead. Where that is not certain, it is explained in general.
func TestPanicMeans(t *testing.T) {
	helpers := `
var global matrix.Matrix

var global0 int

func deep(a, b matrix.Matrix) matrix.Matrix {
	return own(matrix.Matrix{a[global0]}, b) // DEEP
}

func change() { global = matrix.New(4, 4) }

func own(a, b matrix.Matrix) matrix.Matrix {
	z := matrix.New(a.Rows(), b.Cols())
	for i := range z {
		for j := range z[i] {
			for k := range a[i] {
				z[i][j] += a[i][k] * b[k][j] // INNER
			}
		}
	}
	return z
}
`
	full := strings.Replace(solved(t, startText), "c[i][j] += x[i][k] * y[k][j]", "c[i][j] += x[i][k] * y[k][j] // IN DOT", 1)
	for _, test := range []struct {
		name, exercise, body, panic string
		inner                       string // marks of the lines in what is called
		says                        string // LOOP is the line of that mark
	}{
		{"too far", "Dot", dotLoops("for k := 0; k <= y.Rows(); k++", "c[i][j] += x[i][k] * y[k][j]"), lastOf4, "",
			" In x[i][k], k is 4. x is 5×4, so its columns are 0 to 3: end the loop in line LOOP at k < x.Cols()."},
		{"another loop", "Dot", dotLoops("for k := 0; k < x.Rows(); k++", "c[i][j] += x[i][k] * y[k][j]"), lastOf4, "",
			" In x[i][k], k is 4. x is 5×4, so its columns are 0 to 3. Does the loop in line LOOP have to end at k < x.Cols(), or does another index belong there?"},
		{"another loop, to the end", "Dot", dotLoops("for k := 0; k <= x.Rows(); k++", "c[i][j] += x[i][k] * y[k][j]"), lastOf4, "",
			" In x[i][k], k is 4. x is 5×4, so its columns are 0 to 3. Does the loop in line LOOP have to end at k < x.Cols(), or does another index belong there?"},
		{"a loop that is left", "Dot", "{\n\tz := y\n\tfor range x {\n\t\tz = Transpose(x)\n\t\tif x[0][0] > 3 {\n\t\t\tbreak\n\t\t}\n\t\tz = y\n\t}\n\treturn matrix.Matrix{z[4]} // HERE\n}", lastOf4, "", " z has 4 rows, so its rows are 0 to 3."},
		{"in package matrix", "Dot", "{\n\tvar c matrix.Matrix\n\tc.Dot(matrix.Matrix{x[global0]}, y) // HERE\n\treturn c\n}", lastOf5, "", usualSays},
		{"in one of two calls", "HiddenLayer", "{\n\treturn own(x, weights1), own(x, Transpose(weights1)) // HERE\n}", "runtime error: index out of range [2] with length 2", "// INNER", usualSays},
		{"further inside", "HiddenLayer", "{\n\tz := deep(x, weights1) // HERE\n\treturn z, z\n}", lastOf5, "// DEEP,// INNER", usualSays},
		{"another range", "Dot", dotLoops("for k := range x", "c[i][j] += x[i][0] * y[k][j]"), lastOf4, "",
			" In y[k], k is 4. y is 4×2, so its rows are 0 to 3. Does the loop in line LOOP have to end at k < y.Rows(), or does another index belong there?"},
		{"a variable for the size", "Dot", dotLoops("n := len(x[0])\n\t\t\tfor k := 0; k <= n; k++", "c[i][j] += x[i][k] * y[k][j]"), lastOf4, "",
			" In x[i][k], k is 4. x is 5×4, so its columns are 0 to 3: end the loop in line LOOP at k < x.Cols()."},
		{"two that it may be", "Dot", "{\n\tc := matrix.New(y.Rows(), y.Rows())\n\tk, l := 4, 4\n\tif x[0][0] > 0 {\n\t\tk, l = 0, 0\n\t}\n\tc[0][k] += x[0][l] // HERE\n\treturn c\n}", lastOf4, "",
			" In c[0][k] or x[0][l], the index is 4: c is 4×4, so its columns are 0 to 3, and x is 5×4, so its columns are 0 to 3."},
		{"a number", "Dot", "{\n\treturn matrix.Matrix{x[5]} // HERE\n}", lastOf5, "", " x is 5×4, so its rows are 0 to 4."},
		{"a row", "Dot", "{\n\trow := x[1]\n\tfor k := 0; k <= len(row); k++ { // LOOP\n\t\trow[k]++ // HERE\n\t}\n\treturn x\n}", lastOf4, "",
			" In row[k], k is 4. row has 4 numbers, so the last one is row[3]: end the loop in line LOOP at k < len(row)."},
		{"not made", "Dot", "{\n\tvar c matrix.Matrix\n\tfor i := range x {\n\t\tc[i][0] = 1 // HERE\n\t}\n\treturn c\n}", noneAt0, "",
			" c is still empty, so it has no rows yet. Make it first: c = matrix.New(rows, cols)."},
		{"its rows not made", "Dot", "{\n\tc := make(matrix.Matrix, x.Rows())\n\tfor i := range x {\n\t\tc[i][0] = 1 // HERE\n\t}\n\treturn c\n}", noneAt0, "",
			" The rows of c are still empty. matrix.New(rows, cols) makes a matrix with all its rows."},
		{"rows made one by one", "Dot", "{\n\tc := make(matrix.Matrix, x.Rows())\n\tfor i := range c {\n\t\tc[i] = make([]float64, y.Cols())\n\t}\n\tfor k := 0; k <= 2; k++ { // LOOP\n\t\tc[0][k]++ // HERE\n\t}\n\treturn c\n}", "runtime error: index out of range [2] with length 2", "",
			" In c[0][k], k is 2. c is 5×2, so its columns are 0 to 1: end the loop in line LOOP at k < c.Cols()."},
		{"one or another size", "Dot", "{\n\tc := x\n\tif x[0][0] > 3 {\n\t\tc = y\n\t}\n\treturn matrix.Matrix{c[4]} // HERE\n}", lastOf4, "", usualSays},
		{"a size that is not known", "Dot", "{\n\tz := own(x, y)\n\treturn matrix.Matrix{z[4], y[4]} // HERE\n}", lastOf4, "", usualSays},
		{"a loop that is not known", "Dot", "{\n\tfor k := 0; k <= 4; k++ {\n\t\tx[0][k+0]++ // HERE\n\t}\n\treturn x\n}", lastOf4, "",
			" In x[0][k+0], k+0 is 4. x is 5×4, so its columns are 0 to 3."},
		{"in a function in it", "Dot", "{\n\tf := func(k int) float64 {\n\t\treturn x[0][k] // HERE\n\t}\n\treturn matrix.Matrix{{f(4)}}\n}", lastOf4, "", usualSays},
		{"set by a function in it", "Dot", "{\n\tz := y\n\tfunc() { z = Transpose(x) }()\n\treturn matrix.Matrix{z[4]} // HERE\n}", lastOf4, "", usualSays},
		{"set by a function outside", "Dot", "{\n\tglobal = y\n\tchange()\n\treturn matrix.Matrix{global[4]} // HERE\n}", lastOf4, "", usualSays},
		{"other rows", "Dot", "{\n\tc := matrix.New(x.Rows(), 2)\n\tcopy(c, x)\n\tc[0][2]++ // HERE\n\treturn c\n}", "runtime error: index out of range [2] with length 2", "", usualSays},
		{"not from 0", "Labels", "{\n\ty := matrix.New(len(species), 3)\n\tfor i, s := range species {\n\t\ty[i][s-1] = 1 // HERE\n\t}\n\treturn y\n}", "runtime error: index out of range [-1]", "",
			" In y[i][s-1], s-1 is -1. Rows, columns and species are counted from 0, so no index is below 0."},
		{"a list", "Labels", "{\n\ty := matrix.New(len(species), 3)\n\tfor i := 0; i <= len(species); i++ { // LOOP\n\t\ts := species[i] // HERE\n\t\ty[i][s] = 1\n\t}\n\treturn y\n}", lastOf5, "",
			" In species[i], i is 5. species has 5 numbers, so the last one is species[4]: end the loop in line LOOP at i < len(species)."},
		{"in what it calls", "HiddenLayer", "{\n\tz := own(x, Transpose(weights1)) // HERE\n\treturn z, z\n}", "runtime error: index out of range [2] with length 2", "// INNER",
			" In b[k], k is 2. b is 2×4, so its rows are 0 to 1. Does the loop in line"},

		{"sizes that do not meet", "HiddenLayer", "{\n\tvar z matrix.Matrix\n\tz.Dot(x, Transpose(weights1)) // HERE\n\treturn z, z\n}", "matrix: Dot: (5×4)·(2×4): inner sizes 4 and 2 differ", "",
			" x is 5×4, and Transpose(weights1) is 2×4. The first has to have as many columns as the second has rows."},
		{"an empty operand", "HiddenLayer", "{\n\tvar in, out matrix.Matrix\n\tin.Dot(x, out) // HERE\n\treturn in, out\n}", "matrix: Dot: (5×4)·(0×0): inner sizes 4 and 0 differ", "",
			" out is still empty (0×0). Compute it before you use it."},
		{"its only operand is empty", "HiddenLayer", "{\n\tvar in, out matrix.Matrix\n\tout.Apply(Sigmoid, in) // HERE\n\treturn in, out\n}", "matrix: Apply: the result is (0×0), the receiver is (0×0)", "",
			" in is still empty (0×0). Compute it before you use it."},
		{"sizes that differ", "MSE", "{\n\tvar d matrix.Matrix\n\td.Sub(outputLayerOutputs, Transpose(y)) // HERE\n\treturn d[0][0]\n}", "matrix: Sub: the operands are (5×3) and (3×5): shapes differ", "",
			" outputLayerOutputs is 5×3, and Transpose(y) is 3×5. Element by element, both have to have the same size."},
		{"made with another size", "HiddenLayer", "{\n\tz := matrix.New(2, 5) // LOOP\n\tz.Dot(x, weights1) // HERE\n\treturn z, z\n}", "matrix: Dot: the result is (5×2), the receiver is (2×5)", "",
			" z, before the dot, is 2×5, and the result is 5×2. In line LOOP, write var z matrix.Matrix, which takes the size of the result, or z := matrix.New(x.Rows(), weights1.Cols())."},
		{"made with another size, for a transpose", "Transpose", "{\n\tz := matrix.New(5, 4) // LOOP\n\tz.Transpose(x) // HERE\n\treturn z\n}", "matrix: Transpose: the result is (4×5), the receiver is (5×4)", "",
			"or z := matrix.New(x.Cols(), x.Rows())."},
		{"used before", "HiddenLayer", "{\n\tvar z matrix.Matrix\n\tz.Dot(x, weights1)\n\tz.Transpose(x) // HERE\n\treturn z, z\n}", "matrix: Transpose: the result is (4×5), the receiver is (5×2)", "",
			" z, before the dot, is 5×2, and the result is 4×5. Write into a matrix that is still empty: var c matrix.Matrix."},
		{"an operand", "HiddenLayer", "{\n\tx.Transpose(x) // HERE\n\treturn x, x\n}", "matrix: Transpose: the receiver (5×5) is also an operand", "",
			" x is before the dot and in the parentheses. The result needs a matrix of its own: var c matrix.Matrix."},
		{"two operations in a line", "HiddenLayer", "{\n\tvar a, b matrix.Matrix\n\ta.Dot(x, x); b.Dot(x, weights1) // HERE\n\treturn a, b\n}", "matrix: Dot: (5×4)·(5×4): inner sizes 4 and 5 differ", "",
			" The first has to have as many columns as the second has rows."},

		{"Dot of what does not meet", "HiddenLayer", "{\n\tz := Dot(x, Transpose(weights1)) // HERE\n\treturn z, z\n}", "runtime error: index out of range [2] with length 2", "// IN DOT",
			" x is 5×4, and Transpose(weights1) is 2×4. The first has to have as many columns"},
		{"another argument", "Step", strings.Replace(solvedBody("Step"), "HiddenLayerError(outputError, outputDelta, weights2)", "HiddenLayerError(outputError, x, weights2) // HERE", 1), "runtime error: index out of range [3] with length 3", "func HiddenLayerError(,// IN DOT",
			" HiddenLayerError takes outputLayerError, outputLayerDelta, weights2; you gave it x (5×4) where outputLayerDelta (5×3) belongs."},
		{"two arguments exchanged", "Step", strings.Replace(solvedBody("Step"), "HiddenLayer(x, weights1)", "HiddenLayer(weights1, x) // HERE", 1), "runtime error: index out of range [2] with length 2", "func HiddenLayer(,// IN DOT",
			" HiddenLayer takes x, weights1; you gave it weights1 (4×2) where x (5×4) belongs, and x (5×4) where weights1 (4×2) belongs."},
		{"arguments that fit", "Step", strings.Replace(solvedBody("Step"), "HiddenLayer(x, weights1)", "HiddenLayer(x, weights1) // HERE", 1), "no idea", "func HiddenLayer(,// IN DOT", ""},
		{"an exercise for the other layer", "OutputLayer", "{\n\treturn HiddenLayer(hiddenLayerOutputs, Transpose(weights2)) // HERE\n}", "runtime error: index out of range [2] with length 2", "func HiddenLayer(,// IN DOT",
			" HiddenLayer takes x, weights1; these sizes do not fit together: hiddenLayerOutputs (5×2) as x, Transpose(weights2) (3×2) as weights1."},
		{"empty results as weights", "Train", "{\n\tfor i := 0; i < epochs; i++ {\n\t\tnewWeights1, newWeights2 = Step(x, y, newWeights1, newWeights2, learningRate) // HERE\n\t}\n\treturn\n}", "matrix: New: 5×0: rows and columns must be at least 1", "func Step(,func HiddenLayer(,// IN DOT",
			" newWeights1 is still empty (nil) when Step gets it for the first time: begin with weights1, which Train is given."},
	} {
		text := with(t, full, test.exercise, test.body) + helpers
		lines := []int{lineWith(text, "// HERE")}
		for _, mark := range strings.FieldsFunc(test.inner, func(r rune) bool { return r == ',' }) {
			lines = append(lines, lineWith(text, mark))
		}
		c := testChecker(t, text)
		r := result{State: wrong, Trial: exercise.Trial{Panic: test.panic, Lines: lines, Outside: strings.Contains(test.panic+test.name, "matrix")}}
		c.findClues(exercise.ByName(test.exercise), &r)
		want := strings.ReplaceAll(test.says, "LOOP", strconv.Itoa(lineWith(text, "// LOOP")))
		got := strings.ReplaceAll(r.Fault.Sentence, "\u00a0", " ")
		if !strings.HasPrefix(got, want) && !strings.HasSuffix(got, want) || want == "" && got != "" {
			t.Errorf("%s: got %q, want %q", test.name, got, want)
		}
	}
}
