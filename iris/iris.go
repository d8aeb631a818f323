// Package iris reads the Iris flowers and turns them into the matrices x and y
// of the series: four lengths in, one of three species out. It knows nothing of nets.
//
// The flowers were measured by Edgar Anderson and published by R. A. Fisher,
// "The Use of Multiple Measurements in Taxonomic Problems", 1936.
package iris

import (
	"fmt"

	"backprop/matrix"
	"backprop/matrix/numpy"
)

// Species is one of the three kinds of Iris. Its number is its column in y.
type Species int

const (
	Setosa Species = iota // 0, and the next ones count on: 1 and 2
	Versicolor
	Virginica
)

// names are the species' names, in the order of their numbers.
var names = [...]string{"setosa", "versicolor", "virginica"}

// String returns the species' name, such as setosa.
func (s Species) String() string {
	if s < 0 || int(s) >= len(names) {
		return fmt.Sprintf("Species(%d)", int(s))
	}
	return names[s]
}

// A Flower is one row of the data set. Its lengths are in centimetres.
type Flower struct {
	SepalLength, SepalWidth, PetalLength, PetalWidth float64
	Species                                          Species
}

// Flowers are rows of the data set, counted from 0.
type Flowers []Flower

// Pick returns the flowers in the given rows, in that order; the series' three
// are rows 1, 51 and 101 (part 13). Asking for no rows, or for one that is not
// there, is an error.
func (f Flowers) Pick(rows ...int) (Flowers, error) {
	if len(rows) == 0 {
		return nil, fmt.Errorf("no rows to pick, expected at least one")
	}
	picked := make(Flowers, len(rows))
	for i, row := range rows {
		if row < 0 || row >= len(f) {
			return nil, fmt.Errorf("no row %d, expected one from 0 to %d", row, len(f)-1)
		}
		picked[i] = f[row]
	}
	return picked, nil
}

// Features returns x, n×4: a row per flower with its sepal length, sepal width,
// petal length and petal width in centimetres (part 3). It panics if there are
// no flowers.
func (f Flowers) Features() matrix.Matrix {
	x := matrix.New(len(f), 4)
	for i, flower := range f {
		x[i][0] = flower.SepalLength
		x[i][1] = flower.SepalWidth
		x[i][2] = flower.PetalLength
		x[i][3] = flower.PetalWidth
	}
	return x
}

// Labels returns y, n×3: a row per flower with 1 in its species' column and 0
// in the others, which is called one-hot (part 3). It panics if there are no
// flowers.
func (f Flowers) Labels() matrix.Matrix {
	y := matrix.New(len(f), len(names))
	for i, flower := range f {
		y[i][flower.Species] = 1
	}
	return y
}

// Split shuffles the flowers and returns the first testSize of them as the test
// set and the rest as the training set (part 14). It splits as scikit-learn's
// train_test_split(test_size=testSize, random_state=seed) does if r is
// numpy.NewRandom(seed). A test set that is empty, or leaves no flower to train
// with, is an error.
func (f Flowers) Split(testSize int, r *numpy.Random) (train, test Flowers, err error) {
	if testSize < 1 || testSize >= len(f) {
		return nil, nil, fmt.Errorf(
			"cannot split %d flowers with a test set of %d, expected 1 to %d",
			len(f), testSize, len(f)-1)
	}
	order := r.Permutation(len(f))
	test, _ = f.Pick(order[:testSize]...) // f has all these rows: no error
	train, err = f.Pick(order[testSize:]...)
	return train, test, err
}
