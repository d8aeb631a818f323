package checker

import (
	"fmt"
	"strings"
	"testing"

	"backprop/matrix"
	"backprop/network/workshop/exercise"
)

// What the text shows of matrices that went to the wrong place is said where the result is
// wrong, and nothing else is.
func TestMoved(t *testing.T) {
	sub := func(first string) string {
		return "{\n\t" + first + " // HERE\n\tc.Sub(outputLayerOutputs, y)\n\treturn c\n}"
	}
	for _, test := range []struct {
		name, exercise, body string
		changed              string // the input, or ""
		says                 string // LINE is that of the mark HERE
	}{
		{"a copy", "OutputLayerError", sub("c := outputLayerOutputs"), "outputLayerOutputs",
			"In line LINE, c := outputLayerOutputs makes no copy: c and outputLayerOutputs are the same matrix. Write c := outputLayerOutputs.Clone(), or var c matrix.Matrix."},
		{"a copy of all of it", "OutputLayerError", sub("c := outputLayerOutputs[:]"), "outputLayerOutputs",
			"In line LINE, c := outputLayerOutputs[:] makes no copy: c and outputLayerOutputs are the same matrix. Write c := outputLayerOutputs.Clone(), or var c matrix.Matrix."},
		{"a copy, by =", "OutputLayerError", sub("var c matrix.Matrix\n\tc = outputLayerOutputs"), "outputLayerOutputs",
			"In line LINE, c = outputLayerOutputs makes no copy: c and outputLayerOutputs are the same matrix. Write c = outputLayerOutputs.Clone()."},
		{"a copy, in loops", "OutputLayerError", "{\n\tc := outputLayerOutputs // HERE\n\tfor i := range c {\n\t\tfor j := range c[i] {\n\t\t\tc[i][j] -= y[i][j]\n\t\t}\n\t}\n\treturn c\n}", "outputLayerOutputs",
			"In line LINE, c := outputLayerOutputs makes no copy: c and outputLayerOutputs are the same matrix. Write c := outputLayerOutputs.Clone()."},
		{"a row", "OutputLayerError", "{\n\tc := matrix.New(y.Rows(), y.Cols())\n\tfor i := range y {\n\t\trow := y[i] // HERE\n\t\tfor j := range row {\n\t\t\trow[j]++\n\t\t}\n\t}\n\treturn c\n}", "y",
			"In line LINE, row := y[i] makes no copy: what is written into row is written into y."},
		{"another one is changed", "OutputLayerError", sub("c := outputLayerOutputs"), "y", ""},
		{"not written to", "OutputLayerError", "{\n\tc := outputLayerOutputs\n\tc = matrix.New(5, 3)\n\tc[0][0] = 1\n\toutputLayerOutputs[0][0] = 2\n\treturn c\n}", "outputLayerOutputs", ""},

		{"two of its own", "HiddenLayer", "{\n\tin := Dot(x, weights1)\n\tout := in // HERE\n\tout.Apply(Sigmoid, in)\n\treturn in, out\n}", "",
			"In line LINE, out := in makes no copy: out and in are the same matrix. Write out := in.Clone(), or var out matrix.Matrix."},
		{"two of its own, the first is written to", "HiddenLayer", "{\n\tin := Dot(x, weights1)\n\tout := in // HERE\n\tin.Apply(Sigmoid, out)\n\treturn in, out\n}", "",
			"In line LINE, out := in makes no copy: out and in are the same matrix. Write out := in.Clone()."},
		{"results that have names", "HiddenLayer", "{\n\thiddenLayerInputs = Dot(x, weights1)\n\thiddenLayerOutputs = hiddenLayerInputs // HERE\n\thiddenLayerOutputs.Apply(Sigmoid, hiddenLayerInputs)\n\treturn\n}", "",
			"In line LINE, hiddenLayerOutputs = hiddenLayerInputs makes no copy: hiddenLayerOutputs and hiddenLayerInputs are the same matrix. Write hiddenLayerOutputs = hiddenLayerInputs.Clone()."},
		{"empty ones", "HiddenLayer", "{\n\tvar in matrix.Matrix\n\tout := in\n\tout.Dot(x, weights1)\n\tin.Apply(Sigmoid, out)\n\treturn in, out\n}", "", ""},
		{"another name only", "HiddenLayer", "{\n\tin := Dot(x, weights1)\n\tout := in\n\tout.Apply(Sigmoid, in)\n\treturn out, out\n}", "", ""},

		{"results exchanged", "Train", "{\n\tfor range epochs {\n\t\tweights2, weights1 = Step(x, y, weights1, weights2, learningRate) // HERE\n\t}\n\treturn weights1, weights2\n}", "",
			"In line LINE, Step returns new_weights_1 first: you put them into weights2."},
		{"a layer's results exchanged", "Step", strings.Replace(solvedBody("Step"), "hiddenIn, hiddenOut :=", "hiddenOut, hiddenIn :=", 1), "",
			"HiddenLayer returns hidden_layer_inputs first: you put them into hiddenOut."},
		{"returned in the wrong order", "HiddenLayer", "{\n\tin := Dot(x, weights1)\n\tvar out matrix.Matrix\n\tout.Apply(Sigmoid, in)\n\treturn out, in // HERE\n}", "",
			"In line LINE, you return out first: hidden_layer_inputs come first."},
		{"empty weights", "Train", "{\n\tfor range epochs {\n\t\tnewWeights1, newWeights2 = Step(x, y, newWeights1, newWeights2, learningRate)\n\t}\n\treturn\n}", "",
			"newWeights1 is still empty (nil) when Step gets it for the first time: begin with weights1, which Train is given."},
		{"empty weights, under other names", "Train", "{\n\tvar w1, w2 matrix.Matrix\n\tfor range epochs {\n\t\tw1, w2 = Step(x, y, w1, w2, learningRate)\n\t}\n\treturn w1, w2\n}", "",
			"w1 is still empty (nil) when Step gets it for the first time: begin with weights1, which Train is given."},
		{"what is not known", "HiddenLayer", "{\n\tw, _ := Train(x, x, append(weights1), append(weights1), 1, 0)\n\tz := Dot(x, w)\n\treturn z, z\n}", "", ""},
		{"nil that is not needed", "Step", strings.NewReplacer("OutputLayerDelta(outputIn,", "OutputLayerDelta(nil,", "HiddenLayerError(outputError,", "HiddenLayerError(nil,").Replace(solvedBody("Step")), "", ""},
		{"another argument", "Step", strings.Replace(solvedBody("Step"), "HiddenLayerError(outputError, outputDelta, weights2)", "HiddenLayerError(outputError, x, weights2) // HERE", 1), "",
			"In line LINE, HiddenLayerError takes outputLayerError, outputLayerDelta, weights2; you gave it x (5×4) where outputLayerDelta (5×3) belongs."},
		{"an update for the other weights", "Weights1Update", "{\n\treturn Weights2Update(x, x, y, hiddenLayerError, hiddenLayerDelta)\n}", "", ""},
	} {
		text := with(t, solved(t, startText), test.exercise, test.body)
		e := exercise.ByName(test.exercise)
		c := testChecker(t, text)
		r := result{State: wrong, Trial: exercise.Trial{Answer: e.Want(c.trials[0]), Changed: test.changed}}
		c.findClues(e, &r)
		got := r.Fault.Why + strings.Join(r.Clues, " ")
		want := strings.ReplaceAll(test.says, "LINE", fmt.Sprint(lineWith(text, "HERE")))
		if got = strings.ReplaceAll(got, "\u00a0", " "); !strings.HasSuffix(got, want) || want == "" && got != "" {
			t.Errorf("%s: got %q, want %q", test.name, got, want)
		}
	}
}

// Of what is correct, nothing is said.
func TestNothingMoved(t *testing.T) {
	c := testChecker(t, solved(t, startText))
	for _, e := range exercises {
		r := result{State: wrong, Trial: exercise.Trial{Answer: e.Want(c.trials[0])}}
		if c.findClues(e, &r); r.Clues != nil {
			t.Errorf("%s: got %q, want nothing", e.Name, r.Clues)
		}
	}
}

// Where a result is nil, a matrix of its size that was computed is said to be missing in the
// return.
func TestNotReturned(t *testing.T) {
	for _, test := range []struct{ name, body, says string }{
		{"computed", "{\n\tvar z matrix.Matrix\n\tz.Dot(x, weights1)\n\treturn nil, nil\n}", "You compute z, which is 5×2, but you do not return it."},
		{"two", "{\n\tvar in, out matrix.Matrix\n\tin.Dot(x, weights1)\n\tout.Apply(Sigmoid, in)\n\treturn nil, nil\n}", "You compute in and out, which are 5×2, but you do not return them."},
		{"another size", "{\n\tz := Transpose(x)\n\tz[0][0] = 1\n\treturn nil, nil\n}", ""},
		{"returned", "{\n\tz := Dot(x, weights1)\n\treturn nil, z\n}", ""},
		{"defined once more", "{\n\tfor range x {\n\t\thiddenLayerInputs := Dot(x, weights1) // HERE\n\t\thiddenLayerOutputs = hiddenLayerInputs\n\t}\n\treturn\n}",
			"In line LINE, you make another variable hiddenLayerInputs. Write = to set the result of that name."},
	} {
		text := with(t, solved(t, startText), "HiddenLayer", test.body)
		c := testChecker(t, text)
		r := result{State: wrong, Trial: exercise.Trial{Answer: exercise.Answer{nil, matrix.New(5, 2)}}}
		c.findClues(exercise.ByName("HiddenLayer"), &r)
		want := strings.ReplaceAll(test.says, "LINE", fmt.Sprint(lineWith(text, "// HERE")))
		if got := strings.Join(r.Clues, " "); got != want {
			t.Errorf("%s: got %q, want %q", test.name, got, want)
		}
	}
}
