package diagnosis

import (
	"fmt"
	"strconv"
	"strings"

	"backprop/matrix"
	"backprop/network/workshop/exercise"
)

// compare compares what a call did with what it should have done, or returns nil: first
// whether it returned at all, then whether what it was given is still as it was, then the
// shape, then the numbers.
func compare(e *exercise.Exercise, t *exercise.Trial, in *exercise.Inputs, want exercise.Answer) *Fault {
	if t.Panic != "" {
		fault := &Fault{Sentence: "It panicked: " + t.Panic + "."}
		if n := len(t.Lines); n > 0 {
			fault.Line = t.Lines[0]
			if inner := t.Lines[n-1]; inner != fault.Line {
				fault.Inner = inner
			}
		}
		return fault
	}
	if t.Changed != "" {
		why := "Whoever called your function still needs what it was given. Write only into a new matrix: var c matrix.Matrix, or matrix.New(rows, cols). (After c := x or c := x[:], c is still x, and copy and append take over its rows. A copy is x.Clone().)"
		if t.Changed == "species" {
			why = "Whoever called your function still needs what it was given, in its order."
		}
		return &Fault{
			Sentence: fmt.Sprintf("It changed %s, which it was given.", t.Changed),
			Mistake:  t.Changed + " changed in place",
			Why:      why,
			Part:     e.Part,
		}
	}
	for i, w := range want {
		switch row, col := exercise.Difference(t.Answer[i], w); row {
		case exercise.NoDifference:
		case exercise.OtherShape:
			return otherShape(e, t.Answer, want, i)
		default:
			return otherNumber(e, in, t.Answer, want, i, row, col)
		}
	}
	return nil
}

// otherShape says that result i has not the shape that it should have.
func otherShape(e *exercise.Exercise, got, want exercise.Answer, i int) *Fault {
	what := e.Results[i]
	if what == "" {
		what = e.Name
	}
	fault := &Fault{Sentence: fmt.Sprintf("%s is %s. It should be a %d×%d matrix.", what, shapeOf(got[i]), want[i].Rows(), want[i].Cols())}
	if len(got[i]) == 0 {
		fault.Sentence += " nil is a matrix that is still empty. An operation writes into the matrix before its dot. If you use none, make the result yourself, with matrix.New(rows, cols)."
		if len(want) > 1 {
			fault.Sentence += " (A result that has a name is nil at first. := makes another variable of that name; = sets the result.)"
		}
	}
	return fault
}

// otherNumber says that a number of result i is another one than it should be.
func otherNumber(e *exercise.Exercise, in *exercise.Inputs, got, want exercise.Answer, i, row, col int) *Fault {
	name := e.Results[i]
	fault := &Fault{Cell: fmt.Sprintf("%s[%d][%d]", name, row, col)}
	fault.Got, fault.Want = twoNumbers(got[i][row][col], want[i][row][col])
	switch e.Name { // what explain calls it
	case "Sigmoid":
		fault.Cell, name = fmt.Sprintf("Sigmoid(%v)", in.Z[col]), ""
	case "MSE":
		fault.Cell, name = "MSE(…)", ""
	case "Dot":
		name = "hidden_layer_inputs" // x · weights_1
	case "Transpose":
		name = "x.T"
	}
	if name != "" {
		fault.Ask = fmt.Sprintf("%s %d %d %s", name, row, col, in.Flags)
	}
	if strings.HasPrefix(name, "new_") {
		fault.Ask += fmt.Sprintf(" -rate %v", in.LearningRate)
	}
	if e.Name == "Train" {
		fault.Ask += fmt.Sprintf(" -steps %d", in.Epochs)
	}
	return fault
}

func shapeOf(m matrix.Matrix) string {
	for i, row := range m {
		if len(row) != len(m[0]) {
			return fmt.Sprintf("not a matrix (row 0 has %d numbers, row %d has %d)", len(m[0]), i, len(row))
		}
	}
	if len(m) == 0 {
		return "nil"
	}
	return fmt.Sprintf("%d×%d", m.Rows(), m.Cols())
}

// twoNumbers writes both with so many digits that the difference shows.
func twoNumbers(a, b float64) (string, string) {
	for digits := 8; digits < 17; digits += 4 {
		x, y := strconv.FormatFloat(a, 'g', digits, 64), strconv.FormatFloat(b, 'g', digits, 64)
		if x != y {
			return x, y
		}
	}
	return fmt.Sprint(a), fmt.Sprint(b)
}
