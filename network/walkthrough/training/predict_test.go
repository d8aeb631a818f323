package training

import (
	"encoding/csv"
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
		{"not a real one", [4]float64{1e300, 1e-300, 1e3, 7}, "setosa"},
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

	// And the whole file, as it is: 147 of 150 or so, but at least its header,
	// its rows, and what the net says of each.
	got, err := csv.NewReader(strings.NewReader(mustRun(t, data.Iris, "predict", "-weights", weights))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want, err := csv.NewReader(strings.NewReader(data.Iris)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for i := range want {
		prediction := "prediction"
		if i > 0 {
			out := outputsOf(referenceNet(t), [4]float64{flowers[i-1].SepalLength, flowers[i-1].SepalWidth, flowers[i-1].PetalLength, flowers[i-1].PetalWidth})
			prediction = iris.Species(slices.Index(out[:], slices.Max(out[:]))).String()
		}
		want[i] = append(want[i], prediction)
	}
	if !slices.EqualFunc(got, want, slices.Equal[[]string]) {
		t.Errorf("iris.csv: got\n%v\nwant\n%v", got, want)
	}
}

// Rows come in many forms; each comes out as it went in, with its prediction.
func TestPredictRows(t *testing.T) {
	weights := saveNet(t, referenceNet(t))
	tests := []struct{ name, in, want string }{
		{"four columns", "5.1,3.5,1.4,0.2\n6.3,3.3,6,2.5\n", "5.1,3.5,1.4,0.2,setosa\n6.3,3.3,6,2.5,virginica\n"},
		{"one row", "6.4,3.2,4.5,1.5\n", "6.4,3.2,4.5,1.5,versicolor\n"},
		{"no line break at the end", "6.4,3.2,4.5,1.5", "6.4,3.2,4.5,1.5,versicolor\n"},
		{"species", "5.1,3.5,1.4,0.2,Iris-virginica\n", "5.1,3.5,1.4,0.2,Iris-virginica,setosa\n"},
		{"header without species", "sepal_length,sepal_width,petal_length,petal_width\n5.1,3.5,1.4,0.2\n",
			"sepal_length,sepal_width,petal_length,petal_width,prediction\n5.1,3.5,1.4,0.2,setosa\n"},
		{"header with species", "sepal_length,sepal_width,petal_length,petal_width,species\n5.1,3.5,1.4,0.2,setosa\n6.3,3.3,6,2.5,setosa\n",
			"sepal_length,sepal_width,petal_length,petal_width,species,prediction\n5.1,3.5,1.4,0.2,setosa,setosa\n6.3,3.3,6,2.5,setosa,virginica\n"},
		{"header with class", "class,sepal_length,sepal_width,petal_length,petal_width\nsetosa,6.3,3.3,6,2.5\n",
			"class,sepal_length,sepal_width,petal_length,petal_width,prediction\nsetosa,6.3,3.3,6,2.5,virginica\n"},
		{"header with Variety", "sepal.length,sepal.width,petal.length,petal.width,Variety\n6.3,3.3,6,2.5,Setosa\n",
			"sepal.length,sepal.width,petal.length,petal.width,Variety,prediction\n6.3,3.3,6,2.5,Setosa,virginica\n"},
		{"header in another order", "petal width (cm),petal length (cm),sepal width (cm),sepal length (cm)\n2.5,6,3.3,6.3\n0.2,1.4,3.5,5.1\n",
			"petal width (cm),petal length (cm),sepal width (cm),sepal length (cm),prediction\n2.5,6,3.3,6.3,virginica\n0.2,1.4,3.5,5.1,setosa\n"},
		{"Kaggle's", "Id,SepalLengthCm,SepalWidthCm,PetalLengthCm,PetalWidthCm,Species\n1,5.1,3.5,1.4,0.2,Iris-setosa\n2,6.3,3.3,6,2.5,Iris-setosa\n",
			"Id,SepalLengthCm,SepalWidthCm,PetalLengthCm,PetalWidthCm,Species,prediction\n1,5.1,3.5,1.4,0.2,Iris-setosa,setosa\n2,6.3,3.3,6,2.5,Iris-setosa,virginica\n"},
		{"Kaggle's without species", "Id,SepalLengthCm,SepalWidthCm,PetalLengthCm,PetalWidthCm\n9,6.3,3.3,6,2.5\n",
			"Id,SepalLengthCm,SepalWidthCm,PetalLengthCm,PetalWidthCm,prediction\n9,6.3,3.3,6,2.5,virginica\n"},
		{"carriage returns", "5.1,3.5,1.4,0.2\r\n6.3,3.3,6,2.5\r\n", "5.1,3.5,1.4,0.2,setosa\n6.3,3.3,6,2.5,virginica\n"},
		{"blank lines", "\n\n5.1,3.5,1.4,0.2\n\n  \n\t\n6.3,3.3,6,2.5\n\n", "5.1,3.5,1.4,0.2,setosa\n6.3,3.3,6,2.5,virginica\n"},
		{"blank lines and carriage returns", "\r\n5.1,3.5,1.4,0.2\r\n\r\n6.3,3.3,6,2.5\r\n", "5.1,3.5,1.4,0.2,setosa\n6.3,3.3,6,2.5,virginica\n"},
		{"quotes", "\"5.1\",3.5,\"1.4\",0.2\n", "5.1,3.5,1.4,0.2,setosa\n"},
		{"other numbers", "6.30,+3.3,6e0,2.5\n", "6.30,+3.3,6e0,2.5,virginica\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := mustRun(t, test.in, "predict", "-weights", weights); got != test.want {
				t.Errorf("got\n%q\nwant\n%q", got, test.want)
			}
		})
	}

	// What is not part of the values may be kept or not, but does no harm.
	for _, test := range []struct{ name, in string }{
		{"byte order mark", "\ufeff6.3,3.3,6,2.5\n"},
		{"byte order mark and header", "\ufeffsepal_length,sepal_width,petal_length,petal_width\n6.3,3.3,6,2.5\n"},
		{"byte order mark and Id", "\ufeffId,SepalLengthCm,SepalWidthCm,PetalLengthCm,PetalWidthCm,Species\r\n1,6.3,3.3,6,2.5,Iris-setosa\r\n"},
		{"spaces", " 6.3 , 3.3,6 ,  2.5 \n"},
		{"spaces and header", "sepal_length, sepal_width , petal_length, petal_width , species\n6.3, 3.3, 6, 2.5, setosa\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			in := strings.Split(strings.TrimSpace(test.in), "\n")
			got := strings.Split(strings.TrimSuffix(mustRun(t, test.in, "predict", "-weights", weights), "\n"), "\n")
			if len(got) != len(in) {
				t.Fatalf("got %q, want %d lines", got, len(in))
			}
			clean := strings.NewReplacer(" ", "", "\ufeff", "", "\r", "")
			for i := range in {
				appended := ",virginica"
				if i == 0 && len(in) == 2 {
					appended = ",prediction"
				}
				if got, want := clean.Replace(got[i]), clean.Replace(in[i])+appended; got != want {
					t.Errorf("line %d: got %q, want %q", i+1, got, want)
				}
			}
		})
	}
}

// A row that is wrong is named by the line that it stands in, and no row is
// answered.
func TestPredictRefusesRows(t *testing.T) {
	weights := saveNet(t, referenceNet(t))
	const header = "sepal_length,sepal_width,petal_length,petal_width"
	const good = "5.1,3.5,1.4,0.2\n"
	tests := []struct{ name, in, want string }{
		{"nothing", "", "standard input: no flowers"},
		{"only blank lines", "\n \n\n", "standard input: no flowers"},
		{"only a header", header + "\n", "standard input: no flowers"},
		{"a word", good + "5.1,x,1.4,0.2\n", `standard input: line 2, column 2 (sepal_width): found "x", expected a finite length in cm, above 0`},
		{"0", good + good + "5.1,3.5,0,0.2\n", `standard input: line 3, column 3 (petal_length): found "0"`},
		{"below 0", "5.1,3.5,1.4,-0.2\n", `standard input: line 1, column 4 (petal_width): found "-0.2"`},
		{"NaN", good + "NaN,3.5,1.4,0.2\n", `standard input: line 2, column 1 (sepal_length): found "NaN"`},
		{"infinite", good + "5.1,3.5,1.4,Inf\n", `standard input: line 2, column 4 (petal_width): found "Inf"`},
		{"a blank field", good + "5.1,,1.4,0.2\n", `standard input: line 2, column 2 (sepal_width): found ""`},
		{"after blank lines", "\n" + good + "\n  \n\n5.1,x,1.4,0.2\n", "standard input: line 6, column 2 (sepal_width)"},
		{"after blank lines with carriage returns", "\r\n5.1,3.5,1.4,0.2\r\n\r\n5.1,x,1.4,0.2\r\n", "standard input: line 4, column 2 (sepal_width)"},
		{"after a header", header + "\n" + good + "5.1,3.5,x,0.2\n", "standard input: line 3, column 3 (petal_length)"},
		{"after blank lines and a header", "\n\n" + header + "\n\n" + good + "\n5.1,3.5,x,0.2\n", "standard input: line 7, column 3 (petal_length)"},
		{"after a quoted field", "\"5.1\",3.5,1.4,\"0.2\"\n\n5.1,3.5,x,0.2\n", "standard input: line 3, column 3 (petal_length)"},
		{"with species", "5.1,3.5,1.4,0.2,setosa\n\n5.1,3.5,x,0.2,setosa\n", "standard input: line 3, column 3 (petal_length)"},
		{"with unknown species", "5.1,3.5,1.4,0.2,setosa\n5.1,3.5,1.4,0.2,rosa\n", `standard input: line 2, column 5 (species): found "rosa", expected setosa, versicolor, virginica`},
		{"too few columns", good + "\n5.1,3.5,1.4\n", "standard input: line 3, column "},
		{"too many columns", good + "5.1,3.5,1.4,0.2,7\n", "standard input: line 2, column "},
		{"species in one line only", "5.1,3.5,1.4,0.2,setosa\n" + good, "standard input: line 2, column 5: found 4 columns, expected 5"},
		{"too few columns at first", "5.1,3.5,1.4\n", "standard input: line 1: found 3 columns, expected 4, or 5 with the species"},
		{"header without a column", "sepal_length,sepal_width,petal_length\n5.1,3.5,1.4\n", "standard input: line 1, column "},
		{"header with an unknown column", header + ",colour\n5.1,3.5,1.4,0.2,blue\n", `standard input: line 1, column 5: found the name "colour"`},
		{"a quote that does not end", good + "5.1,\"3.5,1.4,0.2\n", "line 2, "},
		{"more than 16 MiB", strings.Repeat(good, 16<<20/len(good)+1), "standard input: found more than 16 MiB"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			checkRefused(t, strings.NewReader(test.in), 1, test.want, "predict", "-weights", weights)
		})
	}
}

func TestPredictRefuses(t *testing.T) {
	weights := saveNet(t, referenceNet(t))
	five := saveNet(t, network.New(5, 2, 3, numpy.NewRandom(1)))
	two := saveNet(t, network.New(4, 2, 2, numpy.NewRandom(1)))
	text := readText(t, weights)
	cut := writeText(t, "cut.json", text[:len(text)/2])
	empty := writeText(t, "empty.json", "")
	ragged := writeText(t, "ragged.json", `{"weights_1": [[1,2],[1],[1,2],[1,2]], "weights_2": [[1,2,3],[1,2,3]]}`)
	unfit := writeText(t, "unfit.json", `{"weights_1": [[1],[1],[1],[1]], "weights_2": [[1,2,3],[1,2,3]]}`)
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
		{"no weights, no numbers", "", nil, 2, "found no -weights"},
		{"one number", weights, flower[:1], 2, "found 1 number, expected 4: sepal length and width, petal length and width in cm"},
		{"three numbers", weights, flower[:3], 2, "found 3 numbers, expected 4"},
		{"five numbers", weights, append(slices.Clone(flower), "1"), 2, "found 5 numbers, expected 4"},
		{"one text", weights, []string{"5.1,3.5,1.4,0.2"}, 2, "found 1 number, expected 4"},
		{"a word", weights, []string{"5.1", "3.5", "1.4", "x"}, 1, `column 4 (petal_width): found "x", expected a finite length in cm, above 0`},
		{"0", weights, []string{"0", "3.5", "1.4", "0.2"}, 1, `column 1 (sepal_length): found "0", expected a finite length in cm, above 0`},
		{"NaN", weights, []string{"5.1", "NaN", "1.4", "0.2"}, 1, `column 2 (sepal_width): found "NaN", expected`},
		{"weights missing", missing, flower, 1, missing},
		{"weights cut off", cut, flower, 1, cut + ": "},
		{"weights empty", empty, flower, 1, empty + ": "},
		{"weights ragged", ragged, flower, 1, ragged + ": weights_1"},
		{"weights that do not fit", unfit, flower, 1, unfit + ": weights_2"},
		{"5-2-3", five, flower, 1, five + ": found a 5-2-3 network, expected 4 inputs, 1 to 1000 hidden nodes and 3 outputs"},
		{"4-2-2", two, flower, 1, two + ": found a 4-2-2 network, expected 4 inputs, 1 to 1000 hidden nodes and 3 outputs"},
		{"5-2-3 for rows", five, nil, 1, five + ": found a 5-2-3 network"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			args := []string{"predict"}
			if test.weights != "" {
				args = append(args, "-weights", test.weights)
			}
			checkRefused(t, strings.NewReader("5.1,3.5,1.4,0.2\n"), test.code, test.want, append(args, test.numbers...)...)
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
		Weights1: matrix.Matrix{{1e308, 1e308}, {1e308, 1e308}, {1e308, 1e308}, {1e308, -1e308}},
		Weights2: matrix.Matrix{{1e308, 1e308, 1e308}, {1e308, -1e308, 1e308}},
	}
	checkRefused(t, nil, 1, "output_layer_outputs: row 0, column 0 is NaN, expected a finite number: the weights are too large",
		"predict", "-weights", saveNet(t, huge), "1", "2", "3", "4")
}
