package diagnosis

import (
	"fmt"
	"math"
	"strings"

	"backprop/matrix"
	"backprop/network/workshop/exercise"
	"backprop/network/workshop/exercise/solutions"
)

// What can go wrong in the choice of the matrices that are multiplied, added or subtracted,
// and in how a loop goes over them, is the same in each exercise. It is made by giving our
// function other matrices than the right ones.

// An operand is a matrix that an exercise's function is given.
type operand struct {
	name string // of the parameter
	used bool   // in the exercise's equation
	of   func(in *exercise.Inputs) *matrix.Matrix
}

// operandsOf has the matrices that each exercise is given.
var operandsOf = map[string][]operand{
	"Dot":              {{"x", true, ofA}, {"y", true, ofB}},
	"Transpose":        {{"x", true, ofA}},
	"HiddenLayer":      {{"x", true, ofX}, {"weights1", true, ofWeights1}},
	"OutputLayer":      {{"hiddenLayerOutputs", true, ofHiddenLayerOutputs}, {"weights2", true, ofWeights2}},
	"MSE":              {{"outputLayerOutputs", true, ofOutputLayerOutputs}, {"y", true, ofY}},
	"OutputLayerError": {{"outputLayerOutputs", true, ofOutputLayerOutputs}, {"y", true, ofY}},
	"OutputLayerDelta": {{"outputLayerInputs", false, ofOutputLayerInputs}, {"outputLayerOutputs", true, ofOutputLayerOutputs}, {"outputLayerError", true, ofOutputLayerError}},
	"HiddenLayerError": {{"outputLayerError", false, ofOutputLayerError}, {"outputLayerDelta", true, ofOutputLayerDelta}, {"weights2", true, ofWeights2}},
	"HiddenLayerDelta": {{"hiddenLayerInputs", false, ofHiddenLayerInputs}, {"hiddenLayerOutputs", true, ofHiddenLayerOutputs}, {"hiddenLayerError", true, ofHiddenLayerError}},
	"Weights2Update": {{"hiddenLayerInputs", false, ofHiddenLayerInputs}, {"hiddenLayerOutputs", true, ofHiddenLayerOutputs}, {"y", false, ofY},
		{"outputLayerError", false, ofOutputLayerError}, {"outputLayerDelta", true, ofOutputLayerDelta}},
	"Weights1Update": {{"x", true, ofX}, {"y", false, ofY}, {"hiddenLayerError", false, ofHiddenLayerError}, {"hiddenLayerDelta", true, ofHiddenLayerDelta}},
	"Descend":        {{"weights", true, ofWeights2}, {"update", true, ofWeights2Update}},
}

func ofA(in *exercise.Inputs) *matrix.Matrix                  { return &in.A }
func ofB(in *exercise.Inputs) *matrix.Matrix                  { return &in.B }
func ofX(in *exercise.Inputs) *matrix.Matrix                  { return &in.X }
func ofY(in *exercise.Inputs) *matrix.Matrix                  { return &in.Y }
func ofWeights1(in *exercise.Inputs) *matrix.Matrix           { return &in.Weights1 }
func ofWeights2(in *exercise.Inputs) *matrix.Matrix           { return &in.Weights2 }
func ofHiddenLayerInputs(in *exercise.Inputs) *matrix.Matrix  { return &in.HiddenLayerInputs }
func ofHiddenLayerOutputs(in *exercise.Inputs) *matrix.Matrix { return &in.HiddenLayerOutputs }
func ofOutputLayerInputs(in *exercise.Inputs) *matrix.Matrix  { return &in.OutputLayerInputs }
func ofOutputLayerOutputs(in *exercise.Inputs) *matrix.Matrix { return &in.OutputLayerOutputs }
func ofOutputLayerError(in *exercise.Inputs) *matrix.Matrix   { return &in.OutputLayerError }
func ofOutputLayerDelta(in *exercise.Inputs) *matrix.Matrix   { return &in.OutputLayerDelta }
func ofHiddenLayerError(in *exercise.Inputs) *matrix.Matrix   { return &in.HiddenLayerError }
func ofHiddenLayerDelta(in *exercise.Inputs) *matrix.Matrix   { return &in.HiddenLayerDelta }
func ofWeights2Update(in *exercise.Inputs) *matrix.Matrix     { return &in.Weights2Update }

// operandMistakes are those of the exercise's operands: another one in the place of one that
// is used, or something else than its numbers.
func operandMistakes(e *exercise.Exercise) (list []*candidate) {
	for _, right := range operandsOf[e.Name] {
		if !right.used {
			continue
		}
		for _, other := range operandsOf[e.Name] {
			if other.name == right.name {
				continue
			}
			list = append(list, &candidate{
				mistake: &mistake{
					name: fmt.Sprintf("%s where %s belongs", other.name, right.name),
					why:  fmt.Sprintf("These are the numbers that come out with %s in the place of %s.", other.name, right.name),
					part: e.Part,
				},
				before: func(in *exercise.Inputs) { *right.of(in) = *other.of(in) },
			})
		}
		for _, t := range transforms {
			list = append(list, &candidate{
				mistake: &mistake{
					name: strings.ReplaceAll(t.name, "%s", right.name),
					why:  strings.ReplaceAll(t.why, "%s", right.name),
					part: e.Part,
				},
				before: func(in *exercise.Inputs) { *right.of(in) = t.make(*right.of(in)) },
			})
		}
	}
	return list
}

// A transform is what a loop, or a function too many, makes of a matrix. Each %s is its name.
type transform struct {
	name, why string
	make      func(m matrix.Matrix) matrix.Matrix
}

var transforms = []transform{
	{"%s transposed", "These are the numbers that come out with %s transposed. Are its two indices exchanged, or is there a Transpose too many or too few?", transpose},
	{"every row of %s is its first one", "The row of %s does not move: its first index is always 0. It has to follow its loop.", firstRow},
	{"every column of %s is its first one", "The column of %s does not move: its second index is always 0. It has to follow its loop.",
		firstCol},
	{"every row of %s is its last one", "The row of %s does not move. Is its first index set before the loop, or is each row overwritten by the next one?",
		lastRow},
	{"every column of %s is its last one", "The column of %s does not move. Is its second index set before the loop?",
		lastCol},
	{"every number of %s is its first one", "Neither index of %s moves: both are always 0.",
		firstNumber},
	{"the column's index is used twice for %s", "Both indices of %s are the one of the column, as in [j][j]. The first one is the row's.",
		rearranged(func(i, j, _, _ int) (int, int) { return j, j })},
	{"the row's index is used twice for %s", "Both indices of %s are the one of the row, as in [i][i]. The second one is the column's.",
		rearranged(func(i, j, _, _ int) (int, int) { return i, i })},
	{"the rows of %s in the opposite order", "The rows of %s are used from the last to the first.", reverse},
	{"the columns of %s in the opposite order", "The columns of %s are used from the last to the first.",
		backwards},
	{"%s squared", "Each number of %s is multiplied by itself. Use it as it is.", each(func(v float64) float64 { return v * v })},
	{"the sigmoid of %s, instead of %s", "%s goes through the sigmoid once too often.", each(solutions.Sigmoid)},
	{"%s · (1 − %s) instead of %s", "The slope of the sigmoid is in it once too often.", each(slope)},
	{"1 − %s instead of %s", "Each number of %s is subtracted from 1. Use it as it is.", each(func(v float64) float64 { return 1 - v })},
	{"−%s instead of %s", "There is a minus too many.", each(func(v float64) float64 { return -v })},
	{"%s doubled", "Each number of %s is in it twice.", each(func(v float64) float64 { return 2 * v })},
	{"%s halved", "Each number of %s is halved. Use it as it is.", each(func(v float64) float64 { return v / 2 })},
	{"the column's number instead of a number of %s", "In Go, for j := range row gives the index, not the number: that is row[j].", indexes(func(i, j int) int { return j })},
	{"the row's number instead of a number of %s", "An index is used as if it were a number of %s.", indexes(func(i, j int) int { return i })},
	{"1 instead of %s", "%s is not used: these are the numbers with 1 in its place.", each(func(v float64) float64 { return 1 })},
	{"%s is missing", "%s is not used: these are the numbers with 0 in its place.", each(func(v float64) float64 { return 0 })},
	{"%s without its sign", "A minus is lost, so that each number of %s is 0 or more. Leave math.Abs out.", each(math.Abs)},
	{"only the sign of %s is used", "Each number of %s becomes 1 or −1. Its size also counts.", each(sign)},
	{"the numbers of %s are cut off to whole numbers", "int(…) cuts off what comes after the point. Keep everything float64.", each(math.Trunc)},
	{"the numbers of %s are rounded", "Keep everything float64, without math.Round.", each(math.Round)},
	{"the columns of %s are centred", "The mean of each column is subtracted. The series uses the numbers as they are.", centred},
	{"the columns of %s are scaled to mean 0 and deviation 1", "The series uses the numbers as they are.",
		func(m matrix.Matrix) matrix.Matrix {
			cols := transpose(centred(m))
			return transpose(fill(cols.Rows(), cols.Cols(), func(i, j int) float64 {
				return cols[i][j] / math.Sqrt(sum(hadamard(cols, cols)[i])/float64(cols.Cols()))
			}))
		}},
	{"the first row of %s is missing", "Rows are counted from 0, so begin the loop there.", withoutFirstRow},
	{"the last row of %s is missing", "The loop ends one row too early: it has to go on while i is below the number of rows.", withoutLastRow},
	{"the first column of %s is missing", "Columns are counted from 0, so begin the loop there.", withoutFirstCol},
	{"the last column of %s is missing", "The loop ends one column too early: it has to go on while j is below the number of columns.", withoutLastCol},
	{"only the first row of %s is used", "The others are left out. Does the loop over the rows end too early, or is it missing?", onlyFirstRow},
	{"only the last row of %s is used", "The others are left out. Is there = where += belongs, or is a sum set back to 0 in the loop over the rows?", onlyLastRow},
}

// centred subtracts the mean of each column.
func centred(m matrix.Matrix) matrix.Matrix {
	cols := transpose(m)
	return fill(m.Rows(), m.Cols(), func(i, j int) float64 { return m[i][j] - sum(cols[j])/float64(m.Rows()) })
}

func sign(v float64) float64 {
	if v == 0 {
		return 0
	}
	return math.Copysign(1, v)
}

// each returns a function that computes every number again.
func each(f func(v float64) float64) func(m matrix.Matrix) matrix.Matrix {
	return func(m matrix.Matrix) matrix.Matrix { return apply(f, m) }
}

// indexes returns a function that has the numbers of rows or columns in the place of a matrix's.
func indexes(number func(i, j int) int) func(m matrix.Matrix) matrix.Matrix {
	return func(m matrix.Matrix) matrix.Matrix {
		return fill(m.Rows(), m.Cols(), func(i, j int) float64 { return float64(number(i, j)) })
	}
}

// without0 returns a function that has 0 in the place of what is left out.
func without0(left func(i, j, rows, cols int) bool) func(m matrix.Matrix) matrix.Matrix {
	return func(m matrix.Matrix) matrix.Matrix {
		return fill(m.Rows(), m.Cols(), func(i, j int) float64 {
			if left(i, j, m.Rows(), m.Cols()) {
				return 0
			}
			return m[i][j]
		})
	}
}

// rearranged returns a function that takes each number from another place. It panics if there is
// no such place, as the learner's function would.
func rearranged(from func(i, j, rows, cols int) (row, col int)) func(m matrix.Matrix) matrix.Matrix {
	return func(m matrix.Matrix) matrix.Matrix {
		return fill(m.Rows(), m.Cols(), func(i, j int) float64 {
			row, col := from(i, j, m.Rows(), m.Cols())
			return m[row][col]
		})
	}
}

// What loops that do not move, or that end elsewhere, make of a matrix.
var (
	firstRow    = rearranged(func(i, j, _, _ int) (int, int) { return 0, j })
	lastRow     = rearranged(func(i, j, rows, _ int) (int, int) { return rows - 1, j })
	firstCol    = rearranged(func(i, j, _, _ int) (int, int) { return i, 0 })
	lastCol     = rearranged(func(i, j, _, cols int) (int, int) { return i, cols - 1 })
	firstNumber = rearranged(func(_, _, _, _ int) (int, int) { return 0, 0 })
	backwards   = rearranged(func(i, j, _, cols int) (int, int) { return i, cols - 1 - j })

	withoutFirstRow = without0(func(i, _, _, _ int) bool { return i == 0 })
	withoutFirstCol = without0(func(_, j, _, _ int) bool { return j == 0 })
	withoutLastRow  = without0(func(i, _, rows, _ int) bool { return i == rows-1 })
	withoutLastCol  = without0(func(_, j, _, cols int) bool { return j == cols-1 })
	onlyFirstRow    = without0(func(i, _, _, _ int) bool { return i > 0 })
	onlyLastRow     = without0(func(i, _, rows, _ int) bool { return i < rows-1 })
)
