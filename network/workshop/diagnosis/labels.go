package diagnosis

import (
	"slices"

	"backprop/matrix"
	"backprop/network/workshop/exercise"
	"backprop/network/workshop/exercise/solutions"
)

// labels changes exercise 6.
func labels(functions ...func(species []int) matrix.Matrix) []change {
	return changes(func(f *exercise.Functions, function func(species []int) matrix.Matrix) { f.Labels = function }, functions...)
}

// rows fills each row of y alone, from its flower's species.
func rows(cols int, value func(species, col int) float64) func(species []int) matrix.Matrix {
	return func(species []int) matrix.Matrix {
		return fill(len(species), cols, func(i, j int) float64 { return value(species[i], j) })
	}
}

// ones fills each row of y with 1 where it holds, and else with 0.
func ones(holds func(species, col int) bool) func(species []int) matrix.Matrix {
	return rows(3, func(species, col int) float64 { return oneIf(holds(species, col)) })
}

func oneIf(holds bool) float64 {
	if holds {
		return 1
	}
	return 0
}

// inColumns has the 1 of each species in another column.
func inColumns(columns ...int) func(species []int) matrix.Matrix {
	return ones(func(species, col int) bool { return columns[species] == col })
}

// without leaves species out.
func without(left ...bool) func(species []int) matrix.Matrix {
	return ones(func(species, col int) bool { return species == col && !left[species] })
}

// onlyRows fills the rows from one up to, but not with, another one.
func onlyRows(species []int, from, to int) matrix.Matrix {
	return fill(len(species), 3, func(i, j int) float64 {
		return oneIf(from <= i && i < to && species[i] == j)
	})
}

func labelMistakes() []mistake {
	return []mistake{
		{"not one-hot: the number of the species instead of a 1", "3",
			"The column of a flower's species has to hold a 1, whichever species it is. A 2 would mean twice as much.",
			labels(
				rows(1, func(species, _ int) float64 { return float64(species) }),
				rows(1, func(species, _ int) float64 { return float64(species + 1) }),
				rows(3, func(species, _ int) float64 { return float64(species) }),
				rows(3, func(species, _ int) float64 { return float64(species + 1) }),
				rows(3, func(species, col int) float64 { return oneIf(species == col) * float64(species) }),
				rows(3, func(species, col int) float64 { return oneIf(species == col) * float64(species+1) }),
				func(species []int) matrix.Matrix {
					return fill(1, len(species), func(_, j int) float64 { return float64(species[j]) })
				},
			)},
		{"labels permuted: the columns are in another order", "3",
			"The columns have to be in the order of the species' numbers: setosa 0, versicolor 1, virginica 2. Otherwise the net learns another species than you say.",
			labels(ones(func(species, col int) bool { return col == species-1 }), inColumns(0, 2, 1), inColumns(1, 0, 2), inColumns(1, 2, 0), inColumns(2, 0, 1), inColumns(2, 1, 0))},
		{"the row's number instead of the species", "3",
			"You counted the rows: the 1 of row i belongs in column species[i], not into column i.",
			labels(func(species []int) matrix.Matrix {
				return fill(len(species), 3, func(i, j int) float64 { return oneIf(i%3 == j) })
			})},
		{"the columns are in the order in which the species come", "3",
			"The column is the species' own number: 0 for setosa, 1 for versicolor, 2 for virginica, whichever flower comes first.",
			labels(func(species []int) matrix.Matrix {
				var seen []int
				y := matrix.New(len(species), 3)
				for i, s := range species {
					if !slices.Contains(seen, s) {
						seen = append(seen, s)
					}
					y[i][slices.Index(seen, s)] = 1
				}
				return y
			})},
		{"a column is missing", "3", "y has 3 columns, one for each species.",
			labels(rows(2, func(species, col int) float64 { return oneIf(species == col+1) }), rows(2, func(species, col int) float64 { return oneIf(species == col) }))},
		{"another number than 0 in the other columns", "3", "The other columns hold 0. (Where the activation is tanh, people write −1.)",
			labels(rows(3, func(species, col int) float64 { return 2*oneIf(species == col) - 1 }))},
		{"another column also has a 1", "3", "Each row has a single 1. Is there an if without its else?",
			labels(ones(func(species, col int) bool { return species == col || col == 2 && species == 0 }), ones(func(species, col int) bool { return species == col || col == 2 && species < 2 }),
				ones(func(species, col int) bool { return species == col || col == 2 && species == 1 }), ones(func(species, col int) bool { return col >= species }))},
		{"labels permuted: the rows are in another order", "3",
			"Row i belongs to flower i.",
			labels(func(species []int) matrix.Matrix { return reverse(solutions.Labels(species)) })},
		{"not one-hot: the labels count up to the species", "3",
			"Only the column of the species itself holds a 1, not those before it.",
			labels(ones(func(species, col int) bool { return col <= species }),
				ones(func(species, col int) bool { return col < species }))},
		{"0 and 1 exchanged", "3",
			"The species' own column holds the 1, the others hold 0.",
			labels(ones(func(species, col int) bool { return species != col }))},
		{"not one-hot: every row is the same", "3",
			"Each row has a single 1, and its column depends on the flower's species. Is a row made once, before the loop? Then all rows are that one, and each 1 shows up in all of them.",
			labels(func(species []int) matrix.Matrix {
				return fill(len(species), 3, func(_, j int) float64 { return oneIf(slices.Contains(species, j)) })
			}, ones(func(_, _ int) bool { return true }), inColumns(0, 0, 0), inColumns(1, 1, 1), inColumns(2, 2, 2))},
		{"not every row has its 1", "3",
			"A row has nothing but 0. Is a species left out? Does the loop leave out the first or the last row? Or is the return inside the loop, where it ends everything?",
			labels(without(true, false, false), without(false, true, false), without(false, false, true),
				without(false, true, true), without(true, false, true), without(true, true, false),
				func(species []int) matrix.Matrix { return onlyRows(species, 0, 1) },
				func(species []int) matrix.Matrix { return onlyRows(species, 1, len(species)) },
				func(species []int) matrix.Matrix { return onlyRows(species, 0, len(species)-1) })},
		{"result transposed", "3", "There is a row for each flower and a column for each species, not the other way round.",
			labels(func(species []int) matrix.Matrix { return transpose(solutions.Labels(species)) })},
	}
}
