package walkthrough

import (
	"flag"
	"reflect"
	"strings"
	"testing"

	"backprop/data/testkit"
	"backprop/matrix"
	"backprop/matrix/numpy"
	"backprop/network"
)

const someWeights = `"weights_1": [[1],[1],[1],[1]], "weights_2": [[1,1,1]]`

func TestLoadInputs(t *testing.T) {
	const wrong = ", expected mean and standard_deviation, each with 4 numbers"
	tests := []struct{ name, text, want string }{
		{"scale not an object", `{"scale": 3, ` + someWeights + `}`, "scale: found 3" + wrong},
		{"no numbers", `{"scale": {}, ` + someWeights + `}`, "scale: found {}" + wrong},
		{"three", `{"scale": {"mean": [1,2,3], "standard_deviation": [1,1,1,1]}, ` + someWeights + `}`, wrong},
		{"deviation of 0", `{"scale": {"mean": [1,2,3,4], "standard_deviation": [1,0,1,1]}, ` + someWeights + `}`, wrong},
		{"null", `{"scale": null, ` + someWeights + `}`, "scale: found null" + wrong},
		{"scaled no", `{"scaled": false, ` + someWeights + `}`, "scaled: found false, expected true"},
		{"both", `{"scaled": true, "scale": {"mean": [1,2,3,4], "standard_deviation": [1,1,1,1]}, ` + someWeights + `}`, "found both scale and scaled"},
		{"other keys", `{"scaled": true, "bias_1": [1], ` + someWeights + `}`, "bias_1: this net has no biases"},
		{"no weights", `{"scaled": true}`, "found no weights_1"},
		{"too large", "{" + strings.Repeat(" ", 1<<20) + someWeights + "}", "found more than 1048576 bytes"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			name := testkit.WriteFile(t, "w.json", test.text)
			_, _, err := Load(name, 10)
			if err == nil || !strings.HasPrefix(err.Error(), name+": ") || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want %s: %s", err, name, test.want)
			}
		})
	}
}

// What is saved is loaded, to the last bit.
func TestInputsSave(t *testing.T) {
	net := network.New(4, 3, 3, numpy.NewRandom(1))
	for _, in := range []Inputs{
		{},
		{Scaled: true},
		{Scale: &Scale{[]float64{0.1, 1. / 3, -3e-300, 4}, []float64{1e300, 0.2, 0.3, 5e-324}}},
	} {
		var b strings.Builder
		if err := in.Save(&b, net); err != nil {
			t.Fatal(err)
		}
		for _, mark := range []string{"", "\ufeff"} {
			got, inputs, err := Load(testkit.WriteFile(t, "w.json", mark+b.String()), 10)
			if err != nil || !reflect.DeepEqual(got, net) || !reflect.DeepEqual(inputs, in) {
				t.Errorf("%s: got %v, %v, %v, want %v, %v", b.String(), got, inputs, err, net, in)
			}
		}
		_, err := network.Load(strings.NewReader(b.String()))
		if (err != nil) != (in != Inputs{}) {
			t.Errorf("network.Load: got the error %v, want one if there is more than weights", err)
		}
	}
}

// The flowers of a step are not scaled, so it takes no such weights.
func TestStepRefusesScale(t *testing.T) {
	for _, key := range []string{`"scaled": true`, `"scale": {"mean": [1,2,3,4], "standard_deviation": [1,1,1,1]}`} {
		name := testkit.WriteFile(t, "w.json", "{"+key+", "+someWeights+"}")
		w := Weights{File: name}
		want := name + ": found weights for scaled lengths, expected some for lengths in cm: only train and predict scale"
		if err := w.Load(flag.NewFlagSet("step", flag.ContinueOnError), 10); err == nil || err.Error() != want {
			t.Errorf("%s: got %v, want %s", key, err, want)
		}
	}
}

func TestNewScale(t *testing.T) {
	x := matrix.Matrix{{1, 5, 0.1, -1}, {3, 5, 0.1, 1}, {1, 5, 0.1, -1}, {3, 5, 0.1, 1}}
	s := NewScale(x)
	if want := (&Scale{[]float64{2, 5, 0.1, 0}, []float64{1, 1, 1, 1}}); !reflect.DeepEqual(s, want) {
		t.Errorf("got %v, want %v", s, want)
	}
	got := Inputs{Scale: s}.Apply(x)
	if want := (matrix.Matrix{{-1, 0, 0, -1}, {1, 0, 0, 1}, {-1, 0, 0, -1}, {1, 0, 0, 1}}); !reflect.DeepEqual(got, want) {
		t.Errorf("scaled: got %v, want %v", got, want)
	}
	if x[0][0] != 1 {
		t.Error("got x changed, want it as it was")
	}
}
