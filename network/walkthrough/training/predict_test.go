package training

import (
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"backprop/data"
	"backprop/data/testkit"
	"backprop/iris"
	"backprop/matrix"
	"backprop/matrix/numpy"
	"backprop/network"
)

// referenceNet has the weights that NumPy ends the series' training with.
func referenceNet(t *testing.T) *network.Network {
	t.Helper()
	answer := testkit.Reference(t).Trainings[0].Answer
	return &network.Network{Weights1: answer.Weights1, Weights2: answer.Weights2}
}

// outputsOf computes the outputs for one flower, without package network.
func outputsOf(n *network.Network, x [4]float64) (out [3]float64) {
	sigmoid := func(z float64) float64 { return 1 / (1 + math.Exp(-z)) }
	for h := range n.Weights2 {
		input := 0.0
		for i := range x {
			input += x[i] * n.Weights1[i][h]
		}
		for j := range out {
			out[j] += sigmoid(input) * n.Weights2[h][j]
		}
	}
	for j := range out {
		out[j] = sigmoid(out[j])
	}
	return out
}

func TestPredictOneFlower(t *testing.T) {
	net := referenceNet(t)
	weights := saveNet(t, net)
	tests := []struct {
		name string
		x    [4]float64
		want string
	}{
		{"setosa", [4]float64{5.1, 3.5, 1.4, 0.2}, "setosa"},
		{"versicolor", [4]float64{6.4, 3.2, 4.5, 1.5}, "versicolor"},
		{"virginica", [4]float64{6.3, 3.3, 6, 2.5}, "virginica"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			args := []string{"predict", "-weights", weights}
			for _, v := range test.x {
				args = append(args, fmt.Sprint(v))
			}
			out := mustRun(t, "", args...)
			testkit.Screen(t, out)
			lines := strings.Split(out, "\n")
			if len(lines) != 5 || lines[3] != test.want {
				t.Fatalf("got\n%s\nwant four lines, the last of which is %s", out, test.want)
			}
			for i, want := range outputsOf(net, test.x) {
				fields := strings.Fields(lines[i])
				got, err := strconv.ParseFloat(fields[len(fields)-1], 64)
				if err != nil || len(fields) != 2 || fields[0] != iris.Species(i).String() || math.Abs(got-want) > 0.6e-8 {
					t.Errorf("got the line %q, want %v %.8f", lines[i], iris.Species(i), want)
				}
			}
		})
	}
}

// The predictions for the test set are NumPy's, from lines with and without
// species, and the species in the lines do not matter.
func TestPredictEqualsNumPy(t *testing.T) {
	weights := saveNet(t, referenceNet(t))
	flowers, err := iris.Read(strings.NewReader(data.Iris))
	if err != nil {
		t.Fatal(err)
	}
	_, test, err := flowers.Split(20, numpy.NewRandom(4))
	if err != nil {
		t.Fatal(err)
	}
	answer := testkit.Reference(t).Trainings[0].Answer
	if len(answer.TestPredictions) != 20 || slices.Equal(answer.TestPredictions, answer.TestLabels) {
		t.Fatal("reference: got nothing to tell predictions from labels by, want 20 with a mistake")
	}
	for _, species := range []string{"", ",Iris-setosa", ",virginica"} {
		var in, want strings.Builder
		for i, f := range test {
			row := fmt.Sprintf("%v,%v,%v,%v%s", f.SepalLength, f.SepalWidth, f.PetalLength, f.PetalWidth, species)
			fmt.Fprintln(&in, row)
			fmt.Fprintf(&want, "%s,%v\n", row, iris.Species(answer.TestPredictions[i]))
		}
		if got := mustRun(t, in.String(), "predict", "-weights", weights); got != want.String() {
			t.Errorf("with %q: got\n%s\nwant\n%s", species, got, want.String())
		}
	}
}

// Each row comes out as it went in, with its prediction. (Package iris tests in how many forms
// it may come.)
func TestPredictRows(t *testing.T) {
	weights := saveNet(t, referenceNet(t))
	for _, test := range []struct{ name, in, want string }{
		{"four columns", "5.1,3.5,1.4,0.2\n6.3,3.3,6,2.5\n", "5.1,3.5,1.4,0.2,setosa\n6.3,3.3,6,2.5,virginica\n"},
		{"species", "5.1,3.5,1.4,0.2,Iris-virginica\n", "5.1,3.5,1.4,0.2,Iris-virginica,setosa\n"},
		{"unknown species", "5.1,3.5,1.4,0.2,?\n6.3,3.3,6,2.5,\n6.3,3.3,6,2.5,tulip\n", "5.1,3.5,1.4,0.2,?,setosa\n6.3,3.3,6,2.5,,virginica\n6.3,3.3,6,2.5,tulip,virginica\n"},
		{"header without species, other order",
			"petal width (cm),petal length (cm),sepal width (cm),sepal length (cm)\n2.5,6,3.3,6.3\n0.2,1.4,3.5,5.1\n",
			"petal width (cm),petal length (cm),sepal width (cm),sepal length (cm),prediction\n2.5,6,3.3,6.3,virginica\n0.2,1.4,3.5,5.1,setosa\n"},
		{"header with species",
			"Id,SepalLengthCm,SepalWidthCm,PetalLengthCm,PetalWidthCm,Species\n1,5.1,3.5,1.4,0.2,Iris-setosa\n2,6.3,3.3,6,2.5,Iris-setosa\n",
			"Id,SepalLengthCm,SepalWidthCm,PetalLengthCm,PetalWidthCm,Species,prediction\n1,5.1,3.5,1.4,0.2,Iris-setosa,setosa\n2,6.3,3.3,6,2.5,Iris-setosa,virginica\n"},
		{"blank lines, carriage returns, blanks", "\ufeff\r\n5.1 , 3.5,1.4,0.2\r\n \r\n6.30,+3.3,6e0,2.5", "5.1,3.5,1.4,0.2,setosa\n6.30,+3.3,6e0,2.5,virginica\n"},
		{"quotes that are needed", "id,sepal_length,sepal_width,petal_length,petal_width\n\"a, \"\"b\"\"\",\"6.3\",3.3,6,2.5\n",
			"id,sepal_length,sepal_width,petal_length,petal_width,prediction\n\"a, \"\"b\"\"\",6.3,3.3,6,2.5,virginica\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := mustRun(t, test.in, "predict", "-weights", weights); got != test.want {
				t.Errorf("got\n%q\nwant\n%q", got, test.want)
			}
		})
	}
}

// A row that is wrong is named by the line that it is in, and no row is answered.
func TestPredictRefusesRows(t *testing.T) {
	weights := saveNet(t, referenceNet(t))
	const good = "5.1,3.5,1.4,0.2\n"
	for _, test := range []struct{ name, in, want string }{
		{"nothing", "", "standard input: no flowers"},
		{"a word", "\n" + good + "5.1,x,1.4,0.2\n", `standard input: line 3, column 2 (sepal_width): found "x", expected a finite length in cm, above 0`},
		{"more than 16 MiB", good + strings.Repeat("5", 16<<20), "standard input: found more than 16 MiB"},
	} {
		t.Run(test.name, func(t *testing.T) {
			checkRefused(t, strings.NewReader(test.in), 1, test.want, "predict", "-weights", weights)
		})
	}
}

func TestPredictRefuses(t *testing.T) {
	weights := saveNet(t, referenceNet(t))
	five := saveNet(t, network.New(5, 2, 3, numpy.NewRandom(1)))
	wide := saveNet(t, network.New(4, 1000, 3, numpy.NewRandom(1)))
	missing := filepath.Join(t.TempDir(), "missing.json")
	flower := []string{"5.1", "3.5", "1.4", "0.2"}
	tests := []struct {
		name    string
		weights string
		numbers []string
		code    int
		want    string
	}{
		{"no weights", "", flower, 2, "found no -weights, expected -weights FILE, which train -save FILE writes"},
		{"one number", weights, flower[:1], 2, "found 1 number, expected 4: sepal length and width, petal length and width in cm"},
		{"five numbers", weights, append(slices.Clone(flower), "1"), 2, "found 5 numbers, expected 4"},
		{"a word", weights, []string{"5.1", "3.5", "1.4", "x"}, 1, `5.1 3.5 1.4 x: column 4 (petal_width): found "x", expected a finite length in cm, above 0`},
		{"too many rows", wide, nil, 1, "found 5001 flowers and 1000 hidden nodes, expected at most 5000000"},
		{"weights missing", missing, flower, 1, missing},
		{"5-2-3", five, flower, 1, five + ": found a 5-2-3 network, expected 4 inputs, 1 to 1000 hidden nodes and 3 outputs"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			args := []string{"predict"}
			if test.weights != "" {
				args = append(args, "-weights", test.weights)
			}
			checkRefused(t, strings.NewReader(strings.Repeat("5.1,3.5,1.4,0.2\n", 5001)), test.code, test.want, append(args, test.numbers...)...)
		})
	}
}

// Where outputs are equal, none of the species is the answer.
func TestPredictTies(t *testing.T) {
	tests := []struct {
		name     string
		weights2 []float64
		want     string
	}{
		{"none", []float64{1, 0.9, 0.8}, "setosa"},
		{"two", []float64{1, 1, -1}, "setosa and versicolor are equal"},
		{"two others", []float64{-1, 1, 1}, "versicolor and virginica are equal"},
		{"all", []float64{1, 1, 1}, "setosa, versicolor and virginica are equal"},
		{"saturated", []float64{100, 100, 90}, "setosa, versicolor and virginica are equal"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			weights := saveNet(t, &network.Network{
				Weights1: matrix.Matrix{{1}, {1}, {1}, {1}},
				Weights2: matrix.Matrix{test.weights2},
			})
			if got := lastLine(mustRun(t, "", "predict", "-weights", weights, "5.1", "3.5", "1.4", "0.2")); got != test.want {
				t.Errorf("four numbers: got the last line %q, want %q", got, test.want)
			}
			want := "5.1,3.5,1.4,0.2," + test.want + "\n"
			if strings.Contains(test.want, ",") {
				want = "5.1,3.5,1.4,0.2,\"" + test.want + "\"\n"
			}
			if got := mustRun(t, "5.1,3.5,1.4,0.2\n", "predict", "-weights", weights); got != want {
				t.Errorf("a row: got %q, want %q", got, want)
			}
		})
	}
}

func TestPredictHelp(t *testing.T) {
	out := mustRun(t, "", "predict", "-h")
	for _, want := range []string{"Usage: backprop predict [FLAGS] [5.1 3.5 1.4 0.2]", "standard input", "-weights FILE"} {
		if !strings.Contains(out, want) {
			t.Errorf("got the help\n%s\nwant in it %s", out, want)
		}
	}
}

// Finite weights can still be too large to compute with.
func TestPredictRefusesNaN(t *testing.T) {
	huge := &network.Network{
		Weights1: matrix.Matrix{{1e308, 1e308}, {1e308, -1e308}, {1e308, 1e308}, {1e308, 1e308}},
		Weights2: matrix.Matrix{{1e308, 1e308, 1e308}, {1e308, -1e308, 1e308}},
	}
	checkRefused(t, nil, 1, "output_layer_outputs: row 0, column 0 is NaN, expected a finite number: the weights are too large",
		"predict", "-weights", saveNet(t, huge), "5.1", "3.5", "1.4", "0.2")
}
