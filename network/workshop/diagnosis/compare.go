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
		return &Fault{Sentence: "It panicked: " + t.Panic + ".", Line: t.Line}
	}
	if t.Changed != "" {
		return &Fault{
			Sentence: fmt.Sprintf("It changed %s, which it was given.", t.Changed),
			Mistake:  t.Changed + " changed in place",
			Why:      "Whoever called your function still needs what it was given. Write only into a new matrix: var c matrix.Matrix, or matrix.New(rows, cols). (After c := x or c := x[:], c is still x, and copy and append take over its rows. A copy is x.Clone().)",
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
	fault := &Fault{Sentence: fmt.Sprintf("%s is %s, expected a %d×%d matrix.", what, shapeOf(got[i]), want[i].Rows(), want[i].Cols())}
	if len(got[i]) == 0 {
		fault.Sentence += " nil is a matrix that is still empty. An operation writes into the matrix before its dot. Without one, you make the result yourself, with matrix.New(rows, cols)."
		if len(want) > 1 {
			fault.Sentence += " (A result that has a name is nil at first. := makes another variable of that name; = sets the result.)"
		}
	}
	return fault
}

// otherNumber says that a number of result i is another one than it should be.
func otherNumber(e *exercise.Exercise, in *exercise.Inputs, got, want exercise.Answer, i, row, col int) *Fault {
	what := e.Results[i]
	fault := &Fault{Cell: fmt.Sprintf("%s[%d][%d]", what, row, col)}
	fault.Got, fault.Want = twoNumbers(got[i][row][col], want[i][row][col])
	switch {
	case e.Name == "Sigmoid":
		fault.Cell = fmt.Sprintf("Sigmoid(%v)", in.Z[col])
	case e.Name == "MSE":
		fault.Cell = "MSE(…)"
	case e.Name == "Train" || e.Name == "Labels":
	case !strings.Contains(what, "("):
		fault.Ask = fmt.Sprintf("%s %d %d %s", what, row, col, in.Flags)
		if strings.HasPrefix(what, "new_") {
			fault.Ask += fmt.Sprintf(" -rate %v", in.LearningRate)
		}
	}
	return fault
}

func shapeOf(m matrix.Matrix) string {
	for i, row := range m {
		if len(row) != len(m[0]) {
			return fmt.Sprintf("no matrix (row 0 has %d numbers, row %d has %d)", len(m[0]), i, len(row))
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

// panicMeans returns a sentence more for the panics that are usual here, or "".
func panicMeans(what string) string {
	switch {
	case strings.Contains(what, "index out of range [-"):
		return " Rows, columns and species count from 0, so that there is none before."
	case strings.Contains(what, "index out of range"), strings.Contains(what, "slice bounds out of range"):
		return " There is no such row or column (both count from 0). Does a loop run over another matrix's rows or columns than it should? Or was the result never made, with matrix.New(rows, cols)?"
	case strings.Contains(what, "integer divide by zero"):
		return " A whole number was divided by 0. Is a size 0, or was a variable never set?"
	case strings.Contains(what, "must be at least 1"):
		return " A size is 0. Has the matrix that it comes from been computed already?"
	case strings.Contains(what, "(0×0)"):
		return " 0×0 is a matrix that is still empty. Compute it before you use it. (A result that has a name is empty at first.)"
	case strings.Contains(what, "inner sizes"):
		return " The first has to have as many columns as the second has rows. Are two matrices exchanged, or does one have to be transposed?"
	case strings.Contains(what, "the receiver is ("):
		return " The matrix before the dot has another size already. Begin with an empty one: var c matrix.Matrix."
	case strings.Contains(what, "is also an operand"):
		return " The result needs a matrix of its own: var c matrix.Matrix."
	case strings.Contains(what, "nil pointer"):
		return " A pointer, such as a *matrix.Matrix, points at nothing yet. An empty matrix is var c matrix.Matrix, without the *."
	}
	return ""
}
