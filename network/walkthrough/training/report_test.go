package training

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"backprop/data/testkit"
	"backprop/matrix"
	"backprop/network"
)

// What is printed of a training. The other tests compare its numbers with network.Train's.
func TestTrainReport(t *testing.T) {
	const want = `Training (part 14): 130 flowers to learn from, 20 to test with

data           built-in flowers, split with seed 4
flowers        UCI's; Fisher's paper differs in rows 34 and 37, counted from 0
network        4-2-3, weights: random, np.random.seed(10)
learning rate  1
stop           after 12 epochs
               or once the training MSE is at or below 0.06
               or when the training MSE, over 9 epochs,
               has fallen by at most 0.001 of itself,
               or has fallen in each, while the test MSE has risen

           training  training        test      test
  epoch         MSE  accuracy         MSE  accuracy
      1  0.13910518     0.331  0.12799517     0.350
      2  0.13568701     0.331  0.12592954     0.350
      5  0.12779513     0.331  0.12176254     0.350
     10  0.12196652     0.331  0.11889047     0.350
     12  0.12061716     0.331  0.11813332     0.350

Each row was measured before the step of that epoch; a training that stops
early leaves that step out.

MSE over the epochs:  * training  o test  @ both
    0.15 |
         |@     @     *    *     *     *
         |            o    o     o     o     @     @     @    @     @     @
     0.1 |
         |
         |
    0.05 |
         |
         |
       0 |-----------------------------------------------------------------
          1                      5                           10

Stopped at epoch 12: all epochs are done.
Verdict: still falling.
The MSE was still going down. Try more -epochs, or a larger -rate.

The test set: each species, and what the net says it is
              setosa  versicolor  virginica
      setosa       0           0          9
  versicolor       0           0          4
   virginica       0           0          7

test accuracy 0.35 (7 of 20) after 12 epochs
`
	if got := mustRun(t, "", "train", "-epochs", "12", "-rate", "1", "-target-mse", "0.06", "-patience", "9"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// The rules that are off are not among the settings.
func TestTrainSettingsAreThoseGiven(t *testing.T) {
	out := mustRun(t, "", "train", "-epochs", "3")
	for _, not := range []string{" or once ", " or when "} {
		if strings.Contains(out, not) {
			t.Errorf("got\n%s\nwant no %q in it", out, not)
		}
	}
	testkit.Screen(t, mustRun(t, "", "train", "-epochs", "1000", "-target-mse", "0.00001", "-patience", "1000", "-tolerance", "0.00123"))
}

func TestShownEpochs(t *testing.T) {
	tests := []struct {
		last int
		want []int
	}{
		{1, []int{1}},
		{2, []int{1, 2}},
		{3, []int{1, 2, 3}},
		{5, []int{1, 2, 5}},
		{9, []int{1, 2, 5, 9}},
		{10, []int{1, 2, 5, 10}},
		{11, []int{1, 2, 5, 10, 11}},
		{100, []int{1, 2, 5, 10, 20, 50, 100}},
		{1145, []int{1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 1145}},
	}
	for _, test := range tests {
		if got := shownEpochs(test.last); !slices.Equal(got, test.want) {
			t.Errorf("shownEpochs(%d): got %v, want %v", test.last, got, test.want)
		}
	}
}

// Each species that is taken for another one is in its own row and in the other one's column.
func TestWriteConfusion(t *testing.T) {
	y := matrix.Matrix{{1, 0, 0}, {1, 0, 0}, {1, 0, 0}, {0, 1, 0}, {0, 1, 0}, {0, 0, 1}}
	p := &network.Pass{Y: y, OutputLayerOutputs: matrix.Matrix{
		{.9, .1, .1}, {.1, .9, .1}, {.1, .8, .1}, {.1, .1, .9}, {.1, .9, .1}, {.9, .1, .1},
	}}
	var b bytes.Buffer
	writeConfusion(&b, p)
	want := `
The test set: each species, and what the net says it is
              setosa  versicolor  virginica
      setosa       1           2          0
  versicolor       0           1          1
   virginica       1           0          0
`
	if got := b.String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
