package checker

import (
	"strings"
	"testing"

	"backprop/network/workshop/diagnosis"
	"backprop/network/workshop/exercise"
)

// What is said of parameters has the learner's names for them, where it means parameters.
func TestTheirNames(t *testing.T) {
	for _, test := range []struct{ exercise, head, text, want string }{
		{"OutputLayerError", "out, labels", "It changed outputLayerOutputs, which it was given.", "It changed out, which it was given."},
		{"Descend", "w, u, rate", "It changed weights, which it was given.", "It changed w, which it was given."},
		{"Descend", "w, u, rate", "weights changed in place", "w changed in place"},
		{"Descend", "w, u, rate", "It is weights − learning_rate · update, with learningRate.", "It is weights − learning_rate · update, with rate."},
		{"Labels", "s []int", "the number of the species: y[i][species[i]] = 1, len(species) times", "the number of the species: y[i][s[i]] = 1, len(s) times"},
		{"Dot", "a, b", "x[i][j] instead of x[i][k]: y, not y.Rows(). (With the equation's letters: y[k][j].)", "a[i][j] instead of a[i][k]: b, not b.Rows(). (With the equation's letters: y[k][j].)"},
		{"Dot", "x, b", "You computed y · x.", "You computed b · x."},
		{"Dot", "c, d", "After c := x, c is still x.", "After c := x, c is still x."}, // not after c := c
		{"HiddenLayerError", "err, _, w", "use outputLayerDelta, not outputLayerError", "use outputLayerDelta, not err"},
		{"HiddenLayerError", "err", "use outputLayerDelta, not outputLayerError", "use outputLayerDelta, not outputLayerError"},
		{"Step", "in, labels, w1, w2, rate", "It panicked: y is 3.", "It panicked: y is 3."},
		{"Weights1Update", "flowers, y, e, d", "Transpose x first, for xᵀ · hidden_layer_delta: N is y.Rows() * y.Cols().", "Transpose flowers first, for xᵀ · hidden_layer_delta: N is y.Rows() * y.Cols()."},
	} {
		head := test.head
		if !strings.Contains(head, " []") {
			head += " matrix.Matrix"
		}
		c := testChecker(t, renameParameters(test.exercise, head))
		r := result{State: wrong, Fault: diagnosis.Fault{Why: test.text}}
		c.useTheirNames(exercise.ByName(test.exercise), &r)
		if r.Fault.Why != test.want || r.Clues != nil {
			t.Errorf("%s(%s): got %q and %q, want %q", test.exercise, head, r.Fault.Why, r.Clues, test.want)
		}
	}
	c := testChecker(t, renameParameters("HiddenLayerError", "outputLayerDelta, outputLayerError, weights2 matrix.Matrix"))
	r := result{State: wrong, Fault: diagnosis.Fault{Why: "use outputLayerDelta, not outputLayerError"}}
	c.useTheirNames(exercise.ByName("HiddenLayerError"), &r)
	if want := "the parameters are in another order than at the start. The checker gives them in that order: outputLayerError, outputLayerDelta, weights2."; !strings.HasSuffix(r.Fault.Why, want) {
		t.Errorf("got %q, want %q", r.Fault.Why, want)
	}
}

// renameParameters returns the exercises as at the start, with other parameters of one of
// them.
func renameParameters(name, parameters string) string {
	before, after, _ := strings.Cut(startText, "func "+name+"(")
	_, after, _ = strings.Cut(after, ")")
	return before + "func " + name + "(" + parameters + ")" + after
}
