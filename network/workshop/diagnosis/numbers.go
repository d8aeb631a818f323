package diagnosis

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"backprop/matrix"
	"backprop/network/workshop/exercise"
)

// whatNumbersSay returns sentences about a wrong answer of the right shapes, for one that
// has no name. They are true whatever the mistake is.
func whatNumbersSay(e *exercise.Exercise, in *exercise.Inputs, got, want exercise.Answer) string {
	var sentences []string
	say := func(format string, args ...any) {
		sentences = append(sentences, fmt.Sprintf(format, args...))
	}
	if len(want) == 2 && len(got) == 2 {
		switch first, second := exercise.Same(got[0], want[0]), exercise.Same(got[1], want[1]); {
		case first:
			say("%s is correct, but %s is not.", e.Results[0], e.Results[1])
			if strings.HasSuffix(e.Name, "Layer") {
				say("Look at the lines that compute the outputs from the inputs.")
			}
		case second:
			say("%s is correct, but %s is not.", e.Results[1], e.Results[0])
		}
	}
	for i, w := range want {
		if exercise.Same(got[i], w) {
			continue
		}
		name := e.Results[i]
		if name == "" {
			name = e.Name
		}
		for _, sentence := range []string{
			notNumbers(e, name, got[i]), sayLabel(e, got[i]), otherMatrix(name, in, got[i]), sayFactor(name, got[i], w), sayChange(e, name, in, got[i], w),
			sayDifference(name, got[i], w), sayOrder(name, got[i], w), howMany(e, name, in, got[i], w),
		} {
			if sentence != "" {
				say("%s", sentence)
			}
		}
		break
	}
	return strings.Join(sentences, " ")
}

// notNumbers says where the first NaN or infinite number is, or nothing.
func notNumbers(e *exercise.Exercise, name string, got matrix.Matrix) string {
	for i, row := range got {
		for j, v := range row {
			what := ""
			switch {
			case math.IsNaN(v):
				what = "NaN, which is not a number. Go gives it for 0/0, for Inf − Inf, for Inf/Inf and for the square root or the logarithm of a negative number"
			case math.IsInf(v, 0):
				what = "infinite. Go gives that for a number divided by 0, and for one that is too large"
			default:
				continue
			}
			if e.Results[0] == "" {
				return fmt.Sprintf("At least one result is %s.", what)
			}
			return fmt.Sprintf("The number in row %d, column %d of %s is %s.", i, j, name, what)
		}
	}
	return ""
}

// otherMatrix says which matrix of the step has these numbers, or nothing.
func otherMatrix(name string, in *exercise.Inputs, got matrix.Matrix) string {
	if len(got) < 2 {
		return ""
	}
	for _, m := range in.Named() {
		if exercise.Same(got, m.Matrix) {
			return fmt.Sprintf("%s has the numbers of %s.", name, m.Name)
		}
	}
	return ""
}

// sayFactor says by which factor all numbers are wrong, or nothing.
func sayFactor(name string, got, want matrix.Matrix) string {
	largest, by := 0.0, 0.0
	for i, row := range want {
		for j, v := range row {
			if math.Abs(v) > largest {
				largest, by = math.Abs(v), got[i][j]/v
			}
		}
	}
	if by == 0 && len(want) == 1 && len(want[0]) == 1 {
		return "The result is 0."
	}
	if by == 0 || math.IsNaN(by) || math.IsInf(by, 0) || !exercise.Same(got, scale(by, want)) {
		return ""
	}
	times := fmt.Sprintf("%.4g", by)
	if times == "1" {
		times = fmt.Sprintf("%.8g", by)
	}
	if rounded, _ := strconv.ParseFloat(times, 64); math.Abs(rounded-by) > 1e-9*math.Abs(by) {
		times = "about " + times
	}
	if len(want) == 1 && len(want[0]) == 1 {
		return fmt.Sprintf("The result is %s times the expected one.", times)
	}
	return fmt.Sprintf("Every number of %s is %s times the expected one.", name, times)
}

// sayLabel says which label is neither 0 nor 1, or nothing.
func sayLabel(e *exercise.Exercise, got matrix.Matrix) string {
	for i, row := range got {
		for j, v := range row {
			if e.Name == "Labels" && v != 0 && v != 1 {
				return fmt.Sprintf("y[%d][%d] is %.4g, and a label is 0 or 1.", i, j, v)
			}
		}
	}
	return ""
}

// sayChange says by which factor the change of weights is wrong, or nothing.
func sayChange(e *exercise.Exercise, name string, in *exercise.Inputs, got, want matrix.Matrix) string {
	var old matrix.Matrix
	switch {
	case e.Name == "Train":
		return ""
	case name == "new_weights_1":
		old = in.Weights1
	case name == "new_weights_2":
		old = in.Weights2
	default:
		return ""
	}
	return sayFactor("the change of "+strings.TrimPrefix(name, "new_"), sub(got, old), sub(want, old))
}

// sayDifference says how much too large or too small all numbers are, or nothing.
func sayDifference(name string, got, want matrix.Matrix) string {
	more := got[0][0] - want[0][0]
	if len(want)*len(want[0]) < 2 || math.IsNaN(more) || math.IsInf(more, 0) ||
		!exercise.Same(got, apply(func(v float64) float64 { return v + more }, want)) {
		return ""
	}
	if more < 0 {
		return fmt.Sprintf("Every number of %s is %.4g too small.", name, -more)
	}
	return fmt.Sprintf("Every number of %s is %.4g too large.", name, more)
}

// sayOrder says that the numbers are correct but for their places, or nothing.
func sayOrder(name string, got, want matrix.Matrix) string {
	sorted := func(m matrix.Matrix) matrix.Matrix {
		all := slices.Concat(m...)
		slices.Sort(all)
		return matrix.Matrix{all}
	}
	numbers := sorted(want)[0]
	if numbers[0] == numbers[len(numbers)-1] || exercise.Same(got, want) || !exercise.Same(sorted(got), sorted(want)) {
		return ""
	}
	return fmt.Sprintf("All the numbers of %s are correct ones, but not all are in their places.", name)
}

// howMany says how many numbers are correct, and which rows or columns are not if that is
// all there is to it.
func howMany(e *exercise.Exercise, name string, in *exercise.Inputs, got, want matrix.Matrix) string {
	rows, cols := want.Rows(), want.Cols()
	wrongInRow, wrongInCol := make([]int, rows), make([]int, cols)
	wrong := 0
	for i := range want {
		for j := range want[i] {
			if !sameNumber(got, want, i, j) {
				wrong++
				wrongInRow[i]++
				wrongInCol[j]++
			}
		}
	}
	if rows*cols == 1 {
		return ""
	}
	if e.Results[0] == "" {
		text := fmt.Sprintf("%d of %d results are correct", cols-wrong, cols)
		if wrong == cols {
			return text + "."
		}
		var z []string
		for j, bad := range wrongInCol {
			if bad > 0 {
				z = append(z, fmt.Sprint(in.Z[j]))
			}
		}
		return fmt.Sprintf("%s: all but those for z = %s.", text, strings.Join(z, ", "))
	}
	if wrong == rows*cols {
		return fmt.Sprintf("No number of %s is correct.", name)
	}
	text := fmt.Sprintf("%d of %d numbers of %s are correct", rows*cols-wrong, rows*cols, name)
	which := lines("row", wrongInRow, cols)
	if which == "" {
		which = lines("column", wrongInCol, rows)
	}
	if which != "" {
		text += ": " + which
	}
	return text + "."
}

// sameNumber reports whether the number is the expected one, as Difference compares it.
func sameNumber(got, want matrix.Matrix, row, col int) bool {
	alone := want.Clone()
	alone[row][col] = got[row][col]
	return exercise.Same(alone, want)
}

// lines says which row or column is wrong, or which alone is correct, if each is correct
// or wrong as a whole; else nothing.
func lines(what string, wrong []int, whole int) string {
	correct, bad := []int{}, []int{}
	for i, count := range wrong {
		switch count {
		case 0:
			correct = append(correct, i)
		case whole:
			bad = append(bad, i)
		default:
			return ""
		}
	}
	switch {
	case len(bad) == 1:
		return fmt.Sprintf("all but those of %s %d", what, bad[0])
	case len(correct) == 1:
		return fmt.Sprintf("those of %s %d alone", what, correct[0])
	}
	return ""
}
