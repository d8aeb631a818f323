package diagnosis

import (
	"fmt"
	"math"
	"slices"

	"backprop/matrix"
	"backprop/network/workshop/exercise"
	"backprop/network/workshop/exercise/solutions"
)

// What can go wrong with a result that is nearly correct is the same in each exercise: a
// factor too many, a sign, a loop that leaves something out or that adds up what belongs
// apart. It is made of the correct result.

// spoiledNumbers are mistakes of each number alone.
var spoiledNumbers = []transform{
	{signTurned, whySign, each(func(v float64) float64 { return -v })},
	{"squared", "Each number of the result is multiplied by itself.", each(func(v float64) float64 { return v * v })},
	{"without its sign", "A minus is lost, so that each number is 0 or more. Leave math.Abs out.", each(math.Abs)},
	{"only the sign is left", "Each number becomes 1 or −1. Its size also counts.", each(sign)},
	{"1 minus the correct result", "Each number is subtracted from 1.", each(func(v float64) float64 { return 1 - v })},
	{"the result goes through the sigmoid", "There is one sigmoid too many.", each(solutions.Sigmoid)},
	{"the result is rounded", "The numbers are rounded to whole ones. Keep everything float64, without int(…) or math.Round.", each(math.Round)},
	{"the result is cut off to whole numbers", "int(…) cuts off what comes after the point. Keep everything float64.", each(math.Trunc)},
	{"the negative numbers are set to 0", "This is ReLU, the larger of a number and 0, which does not belong here.", each(func(v float64) float64 { return max(v, 0) })},
	{"1 is added to each number", "Each number is too large by 1. Does the result begin with ones instead of zeros?", each(func(v float64) float64 { return v + 1 })},
}

// spoiledPlaces are mistakes of rows and columns.
var spoiledPlaces = []transform{
	{"result transposed", whyTransposed, transpose},
	{"the correct numbers are in the wrong places", "Row by row, they come in the order in which the columns should have them. Are two indices exchanged where the numbers are written down?",
		func(m matrix.Matrix) matrix.Matrix { return reshape(transpose(m), m.Rows(), m.Cols()) }},
	{"the loops end at another size", "What they leave out is still 0. The loop over the rows ends at the number of rows, the loop over the columns at the number of columns.",
		without0(func(i, j, rows, cols int) bool { return i >= cols || j >= rows })},
	{"every row is the first one", "Is an index always 0, or a row computed once, before the loop?", firstRow},
	{"every column is the first one", "Is an index always 0, or a number computed once for the whole row?",
		firstCol},
	{"every column is the last one", "Each number needs a place of its own. Does an index not move, or does the second loop write every number of the row each time?",
		lastCol},
	{"every number is the first one", "Is an index always 0, or a number computed once, before the loops?",
		firstNumber},
	{"every number is the last one", "Each number needs a place of its own. Is everything written once more by each number that comes after it?",
		rearranged(func(_, _, rows, cols int) (int, int) { return rows - 1, cols - 1 })},
	{"the rows come in the opposite order", "Row i of the result belongs to row i of what the function is given.", reverse},
	{"the columns come in the opposite order", "Column j of the result belongs to column j of what the function is given.",
		backwards},
	firstRowMissing,
	firstColMissing,
	lastRowMissing,
	lastColMissing,
	{"only the last row is set", "The others are still 0. Is an index always the last one, or is the result made again in the loop? Make it once, before the loops.",
		onlyLastRow},
	{"only the last column is set", "The others are still 0. Is an index always the last one, or is the result made again in the loop? Make it once, before the loops.",
		without0(func(i, j, rows, cols int) bool { return j < cols-1 })},
	{"only the last number is set", "The others are still 0. Is the result made again in the loop? Make it once, before the loops.",
		without0(func(i, j, rows, cols int) bool { return i < rows-1 || j < cols-1 })},
	{"only the diagonal is set", "The others are still 0. Is one index used for both the row and the column? There have to be two loops, one inside the other.",
		without0(func(i, j, rows, cols int) bool { return i != j })},
	{"the numbers below the diagonal are missing", "Does the inner loop begin or end at the row's number? Each row has all columns.",
		without0(func(i, j, rows, cols int) bool { return j < i })},
	{"the diagonal and the numbers above it are missing", "Does the inner loop begin or end at the row's number? Each row has all columns.",
		without0(func(i, j, rows, cols int) bool { return j >= i })},
	{"the numbers above the diagonal are missing", "Does the inner loop begin or end at the row's number? Each row has all columns.",
		without0(func(i, j, rows, cols int) bool { return j > i })},
	{"the diagonal and the numbers below it are missing", "Does the inner loop begin or end at the row's number? Each row has all columns.",
		without0(func(i, j, rows, cols int) bool { return j <= i })},
	{"each number also contains those before it", "Is a sum not set back to 0 for each number, or is there += where = belongs?",
		running(func(i, j int) bool { return i == 0 && j == 0 })},
	{"each number also contains those before it in its row", "Is a sum set back to 0 for each row only, or is there += where = belongs?",
		running(func(i, j int) bool { return j == 0 })},
	{"each row also contains those before it", "The rows are added up on the way. Is there += where = belongs?",
		func(m matrix.Matrix) matrix.Matrix {
			c := m.Clone()
			for i := 1; i < len(c); i++ {
				for j := range c[i] {
					c[i][j] += c[i-1][j]
				}
			}
			return c
		}},
	{"each row is divided by its sum", "The rows of the result do not have to add up to 1. Do not divide by their sum.",
		func(m matrix.Matrix) matrix.Matrix {
			return fill(m.Rows(), m.Cols(), func(i, j int) float64 { return m[i][j] / sum(m[i]) })
		}},
	{"divided by its length", "The whole matrix is divided by the root of the sum of its squares. Leave that out.",
		func(m matrix.Matrix) matrix.Matrix { return scale(1/math.Sqrt(total(hadamard(m, m))), m) }},
}

// running returns a function that adds each number to the one before it, in the order of
// rows and columns, but for those where a sum begins anew.
func running(begins func(i, j int) bool) func(m matrix.Matrix) matrix.Matrix {
	return func(m matrix.Matrix) matrix.Matrix {
		sum := 0.0
		return fill(m.Rows(), m.Cols(), func(i, j int) float64 {
			if begins(i, j) {
				sum = 0
			}
			sum += m[i][j]
			return sum
		})
	}
}

// resultMistakes are those of an exercise's result.
func resultMistakes(e *exercise.Exercise) (list []*candidate) {
	add := func(rare bool, name, why string, after func(in *exercise.Inputs, a exercise.Answer) exercise.Answer) {
		list = append(list, &candidate{mistake: &mistake{name: name, why: why, part: e.Part}, after: after, rare: rare})
	}
	spoiled := spoiledNumbers
	if e.Results[0] != "" {
		spoiled = slices.Concat(spoiledPlaces, spoiledNumbers)
	}
	for _, s := range spoiled {
		if len(e.Results) == 1 {
			add(false, s.name, s.why, func(_ *exercise.Inputs, a exercise.Answer) exercise.Answer { return eachOf(a, s.make) })
			continue
		}
		in, out := e.Results[0], e.Results[1]
		add(false, s.name+", in "+in, s.why, func(_ *exercise.Inputs, a exercise.Answer) exercise.Answer {
			spoiled := s.make(a[0])
			return exercise.Answer{spoiled, apply(solutions.Sigmoid, spoiled)}
		})
		add(true, s.name+", in "+in+" only", s.why, func(_ *exercise.Inputs, a exercise.Answer) exercise.Answer {
			return exercise.Answer{s.make(a[0]), a[1]}
		})
		add(false, s.name+", in "+out, s.why, func(_ *exercise.Inputs, a exercise.Answer) exercise.Answer {
			return exercise.Answer{a[0], s.make(a[1])}
		})
		add(true, s.name+", in both results", s.why, func(_ *exercise.Inputs, a exercise.Answer) exercise.Answer { return eachOf(a, s.make) })
	}
	for _, f := range factorsOf(e.Name) {
		add(f.rare, f.name, f.why, func(in *exercise.Inputs, a exercise.Answer) exercise.Answer {
			by := f.of(in)
			switch e.Name {
			case "Descend": // it is the change that has a factor
				return exercise.Answer{sub(in.Weights2, scale(by, sub(in.Weights2, a[0])))}
			case "HiddenLayer", "OutputLayer":
				inputs := scale(by, a[0])
				return exercise.Answer{inputs, apply(solutions.Sigmoid, inputs)}
			}
			return eachOf(a, func(m matrix.Matrix) matrix.Matrix { return scale(by, m) })
		})
	}
	return list
}

func eachOf(a exercise.Answer, f func(m matrix.Matrix) matrix.Matrix) (list exercise.Answer) {
	for _, m := range a {
		list = append(list, f(m))
	}
	return list
}

// A factor is one too many, or one that is missing.
type factor struct {
	name, why string
	of        func(in *exercise.Inputs) float64
	rare      bool // made of two sizes
}

// A size is a number that a learner may multiply or divide by.
type size struct {
	name string
	of   func(in *exercise.Inputs) float64
}

var (
	byTwo     = size{"2", func(*exercise.Inputs) float64 { return 2 }}
	byN       = size{"N", func(in *exercise.Inputs) float64 { return elements(in.Y) }}
	byFlowers = size{"the number of flowers", func(in *exercise.Inputs) float64 { return float64(in.Y.Rows()) }}
	byOutputs = size{"the number of outputs", func(in *exercise.Inputs) float64 { return float64(in.Y.Cols()) }}
	byHidden  = size{"the number of hidden nodes", func(in *exercise.Inputs) float64 { return float64(in.Weights1.Cols()) }}
	byInputs  = size{"the number of inputs", func(in *exercise.Inputs) float64 { return float64(in.X.Cols()) }}
	byRate    = size{"the learning rate", func(in *exercise.Inputs) float64 { return in.LearningRate }}
)

// sizesOf has the sizes that are at hand in an exercise.
var sizesOf = map[string][]size{
	"HiddenLayer":      {byTwo, byFlowers, byInputs, byHidden},
	"OutputLayer":      {byTwo, byFlowers, byHidden, byOutputs},
	"MSE":              {byTwo, byN, byFlowers, byOutputs},
	"OutputLayerError": {byTwo, byN, byFlowers, byOutputs},
	"OutputLayerDelta": {byTwo, byN, byFlowers, byOutputs},
	"HiddenLayerError": {byTwo, byN, byFlowers, byOutputs, byHidden},
	"HiddenLayerDelta": {byTwo, byFlowers, byHidden},
	"Weights2Update":   {byTwo, byN, byFlowers, byOutputs, byHidden},
	"Weights1Update":   {byTwo, byN, byFlowers, byOutputs, byHidden, byInputs},
	"Descend":          {byTwo, byRate, byHidden, byOutputs},
}

// factorsOf are those that are made of one or two of the exercise's sizes.
func factorsOf(name string) (list []factor) {
	sizes := sizesOf[name]
	const tooMany, tooFew = "Every number is divided by %s once more than it should be.", "Every number is multiplied by %s once more than it should be, or not divided by it."
	for _, a := range sizes {
		list = append(list,
			factor{"divided by " + a.name, fmt.Sprintf(tooMany, a.name), func(in *exercise.Inputs) float64 { return 1 / a.of(in) }, false},
			factor{"multiplied by " + a.name, fmt.Sprintf(tooFew, a.name), a.of, false})
	}
	for i, a := range sizes {
		for _, b := range sizes[i:] {
			both := a.name + " and by " + b.name
			list = append(list,
				factor{"divided by " + both, fmt.Sprintf(tooMany, both), func(in *exercise.Inputs) float64 { return 1 / a.of(in) / b.of(in) }, true},
				factor{"multiplied by " + both, fmt.Sprintf(tooFew, both), func(in *exercise.Inputs) float64 { return a.of(in) * b.of(in) }, true})
		}
		for _, b := range sizes {
			if a.name != b.name {
				list = append(list, factor{
					"multiplied by " + a.name + " and divided by " + b.name,
					fmt.Sprintf("Every number is multiplied by %s and divided by %s. Which number belongs there?", a.name, b.name),
					func(in *exercise.Inputs) float64 { return a.of(in) / b.of(in) }, true,
				})
			}
		}
	}
	return list
}
