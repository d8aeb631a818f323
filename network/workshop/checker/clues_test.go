package checker

import (
	"strings"
	"testing"

	"backprop/network/workshop/diagnosis"
)

// loops is an exercise 8 with the statement in its loops.
func loops(statement string) string {
	return "{\n\tz := matrix.New(y.Rows(), y.Cols())\n\tfor i := range z {\n\t\tfor j := range z[i] {\n\t\t\t" + statement + "\n\t\t}\n\t}\n\treturn z\n}"
}

// What the text of a function shows is said, where it can be the reason.
func TestClues(t *testing.T) {
	const (
		division    = "In Go, a whole number divided by"
		zeros       = "A new matrix is full of zeros, and zero times anything"
		parentheses = "1 - out needs parentheses"
		defined     = "With := in a loop, you make a new z; = sets the one outside."
		receiver    = "An operation writes into the matrix before its dot"
		newRow      = "you make a new row"
	)
	for _, test := range []struct{ body, reason, clue string }{
		{loops("z[i][j] *= outputLayerOutputs[i][j] - y[i][j]"), "", zeros},
		{loops("z[i][j] = float64(1/2) * (outputLayerOutputs[i][j] - y[i][j])"), ", perhaps of an integer division", division},
		{loops("z := outputLayerOutputs[i][j] - y[i][j]\n\t\t\t_ = z"), "", defined},
		{"{\n\tz, d := matrix.New(y.Rows(), y.Cols()), matrix.New(y.Rows(), y.Cols())\n\td.Sub(outputLayerOutputs, y)\n\treturn z\n}", "", receiver},
		{loops("d := outputLayerOutputs[i][j] - y[i][j]\n\t\t\tz[i][j] = d * 1 - d"), ", perhaps of missing parentheses", parentheses},
		{loops("d := outputLayerOutputs[i][j] - y[i][j] // rows/cols\n\t\t\tz[i][j] *= d / float64(y.Rows())"), "", zeros},
		{"{\n\tz := matrix.New(y.Rows(), y.Cols())\n\tfor row := 0; row < 5; row++ {\n\t\tz[row][0] *= outputLayerOutputs[row][0]\n\t}\n\tfor row := 0; row < 5; row++ {\n\t\tz[row][1] *= 2\n\t}\n\treturn z\n}", "", zeros},
		{loops("n := y.Rows() * (y.Cols() + 1)\n\t\t\tz[i][j] = float64(y.Rows()/n) * outputLayerOutputs[i][j]"), ", perhaps of an integer division", division},
	} {
		c := testChecker(t, with(t, startText, "OutputLayerError", test.body))
		r := result{State: wrong, Fault: diagnosis.Fault{Mistake: diagnosis.AllZeros}}
		c.findClues(exercises[outputLayerError-1], &r)
		if want := diagnosis.AllZeros + test.reason; r.Fault.Mistake != want {
			t.Errorf("%s: got %q, want %q", test.body, r.Fault.Mistake, want)
		}
		for _, clue := range []string{division, zeros, parentheses, defined, receiver, newRow} { // the last is only counted with
			if strings.Contains(r.Fault.Why, clue) != (clue == test.clue) {
				t.Errorf("%s: got %q, want %q and no others", test.body, r.Fault.Why, test.clue)
			}
		}
	}
}
