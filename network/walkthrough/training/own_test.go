package training

import (
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"backprop/data"
	"backprop/data/testkit"
	"backprop/iris"
	"backprop/matrix"
	"backprop/network/walkthrough"
)

// rowsFile writes some rows of the built-in flowers, changed by change, into a file.
func rowsFile(t *testing.T, name string, rows []int, change func(x [4]float64) [4]float64) string {
	t.Helper()
	flowers, err := iris.Read(strings.NewReader(data.Iris))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, row := range rows {
		f := flowers[row]
		x := change([4]float64{f.SepalLength, f.SepalWidth, f.PetalLength, f.PetalWidth})
		fmt.Fprintf(&b, "%v,%v,%v,%v,%v\n", x[0], x[1], x[2], x[3], f.Species)
	}
	return testkit.WriteFile(t, name, b.String())
}

func unchanged(x [4]float64) [4]float64 { return x }

// Training and test set are files of their own, scaled or not, and -save-best keeps the
// weights with the lowest test MSE.
func TestOwnFilesEqualNumPy(t *testing.T) { testOwn(t, testkit.Reference(t).Own) }

func TestOwnFilesEqualNumPyLive(t *testing.T) {
	own := testkit.Reference(t).Own
	requests := []any{}
	for i, a := range own {
		request := map[string]any{
			"seed": 5 + i, "hidden": 3, "rate": 0.5, "epochs": 200, "report": []int{1, 200},
			"scale": !a.Request.Scale, "train": a.Request.Test, "test": a.Request.Train,
		}
		requests = append(requests, request)
	}
	got := testkit.NumPy(t, map[string]any{"own": requests}).Own
	if len(got) != len(requests) {
		t.Fatalf("got %d trainings, want %d", len(got), len(requests))
	}
	testOwn(t, got)
}

// The README's numbers of scaled lengths are NumPy's.
func TestREADMEScaleEqualsNumPyLive(t *testing.T) {
	series := testkit.Reference(t).Splits[0]
	if series.Request.Rows != 150 || series.Request.TestSize != 20 || series.Request.Seed != 4 {
		t.Fatalf("got the split %v, want the series'", series.Request)
	}
	var requests []any
	for _, rate := range []float64{0.001, 0.1, 1, 10, 100} {
		requests = append(requests, map[string]any{
			"seed": 10, "hidden": 2, "rate": rate, "epochs": 10000, "report": []int{10000},
			"scale": true, "train": series.Answer.Train, "test": series.Answer.Test,
		})
	}
	readme := testkit.Text(t, "README.md")
	_, readme, _ = strings.Cut(readme, "go run . train -scale -rate ")
	for _, own := range testkit.NumPy(t, map[string]any{"own": requests}).Own {
		last := own.Answer.History[0]
		want := []string{
			fmt.Sprint(own.Request.Rate), fmt.Sprintf("%.6f", last.MSE), fmt.Sprintf("%.3f", last.Accuracy),
			fmt.Sprintf("%.6f", last.TestMSE), fmt.Sprintf("%.3f", last.TestAccuracy),
		}
		if got := rowOf(readme, want[0]); len(got) < 5 || !slices.Equal(got[:5], want) {
			t.Errorf("README.md: got the row %v, want %v", got, want)
		}
	}
}

func testOwn(t *testing.T, trainings []testkit.Own) {
	for _, own := range trainings {
		q, want := own.Request, own.Answer
		t.Run(fmt.Sprintf("seed %d, scale %t", q.Seed, q.Scale), func(t *testing.T) {
			folder := t.TempDir()
			save, best, history := filepath.Join(folder, "w.json"), filepath.Join(folder, "best.json"), filepath.Join(folder, "h.csv")
			train, test := rowsFile(t, "train.csv", q.Train, unchanged), rowsFile(t, "test.csv", q.Test, unchanged)
			args := []string{"train", "-data", train, "-test-data", test, "-seed", fmt.Sprint(q.Seed), "-hidden", fmt.Sprint(q.Hidden),
				"-rate", fmt.Sprint(q.Rate), "-epochs", fmt.Sprint(q.Epochs), "-save", save, "-save-best", best, "-history", history}
			if q.Scale {
				args = append(args, "-scale")
			}
			out := mustRun(t, "", args...)
			records := readHistory(t, history)[q.Rate]
			if len(records) != q.Epochs || len(want.History) == 0 {
				t.Fatalf("got %d epochs, want %d", len(records), q.Epochs)
			}
			for _, e := range want.History {
				got := records[e.Epoch-1]
				if !closeTo(got.MSE, e.MSE) || !closeTo(got.TestMSE, e.TestMSE) || got.Accuracy != e.Accuracy || got.TestAccuracy != e.TestAccuracy {
					t.Errorf("epoch %d: got %v, want %v", e.Epoch, got, e)
				}
			}
			checkSaved(t, save, want.Weights1, want.Weights2, own)
			checkSaved(t, best, want.Best.Weights1, want.Best.Weights2, own)
			for _, line := range []string{
				fmt.Sprintf("\nsaved in %s: the weights after %d steps\n", walkthrough.Short(save), q.Epochs),
				fmt.Sprintf("\nsaved in %s: the weights after %d steps, with the lowest test MSE, %.8f\n", walkthrough.Short(best), want.Best.Steps, want.Best.TestMSE),
			} {
				if !strings.Contains(out, line) {
					t.Errorf("got\n%s\nwant in it%s", out, line)
				}
			}
			// predict uses the scale.
			in := testkit.ReadFile(t, test)
			rows := strings.Split(strings.TrimSpace(mustRun(t, in, "predict", "-weights", save)), "\n")
			for i, species := range want.TestPredictions {
				if got, want := rows[i][strings.LastIndex(rows[i], ",")+1:], iris.Species(species).String(); got != want {
					t.Errorf("predict: row %d: got %s, want %s", i, got, want)
				}
			}
		})
	}
}

func closeTo(a, b float64) bool { return math.Abs(a-b) <= 1e-10 }

func checkSaved(t *testing.T, name string, w1, w2 matrix.Matrix, own testkit.Own) {
	t.Helper()
	net, inputs, err := walkthrough.Load(name, 10)
	if err != nil {
		t.Fatal(err)
	}
	near := func(a, b []float64) bool { return slices.EqualFunc(a, b, closeTo) }
	if !slices.EqualFunc(net.Weights1, w1, near) || !slices.EqualFunc(net.Weights2, w2, near) {
		t.Errorf("%s: got %v, want %v and %v", filepath.Base(name), net, w1, w2)
	}
	if (inputs.Scale != nil) != own.Request.Scale || inputs.Scaled {
		t.Fatalf("%s: got the inputs %v, want a scale: %t", filepath.Base(name), inputs, own.Request.Scale)
	}
	if s := inputs.Scale; s != nil && (!near(s.Mean, own.Answer.Mean) || !near(s.StandardDeviation, own.Answer.StandardDeviation)) {
		t.Errorf("%s: got the scale %v, want %v and %v", filepath.Base(name), s, own.Answer.Mean, own.Answer.StandardDeviation)
	}
}

// A training of lengths that NumPy scaled is the training that scales them itself, and its
// weights say that they are for such lengths.
func TestScaledFiles(t *testing.T) {
	own := testkit.Reference(t).Own[0]
	if !own.Request.Scale {
		t.Fatal("got a training without a scale, want one with it")
	}
	scale := func(x [4]float64) [4]float64 {
		for j := range x {
			x[j] = (x[j] - own.Answer.Mean[j]) / own.Answer.StandardDeviation[j]
		}
		return x
	}
	train, test := rowsFile(t, "train.csv", own.Request.Train, scale), rowsFile(t, "test.csv", own.Request.Test, scale)
	save := filepath.Join(t.TempDir(), "w.json")
	out := mustRun(t, "", "train", "-scaled", "-data", train, "-test-data", test, "-rate", "1", "-epochs", "300", "-save", save)
	if want := "\nlengths        scaled before\n"; !strings.Contains(out, want) {
		t.Errorf("got\n%s\nwant in it%s", out, want)
	}
	last := own.Answer.History[len(own.Answer.History)-1]
	if row := rowOf(out, "300"); len(row) != 5 || row[1] != fmt.Sprintf("%.8f", last.MSE) {
		t.Errorf("got the row %v, want the MSE %.8f", row, last.MSE)
	}
	in := testkit.ReadFile(t, test)
	rows := strings.Split(strings.TrimSpace(mustRun(t, in, "predict", "-scaled", "-weights", save)), "\n")
	for i, species := range own.Answer.TestPredictions {
		if want := "," + iris.Species(species).String(); !strings.HasSuffix(rows[i], want) {
			t.Errorf("row %d: got %s, want %s at its end", i, rows[i], want)
		}
	}
	checkRefused(t, strings.NewReader(in), 1, save+": found weights for lengths that were scaled before: add -scaled", "predict", "-weights", save)
	checkRefused(t, nil, 2, "found numbers after -scaled, expected rows", "predict", "-scaled", "-weights", save, "1", "2", "3", "4")
}

// A training that goes on with saved weights uses, and keeps, their scale.
func TestTrainGoesOnWithScale(t *testing.T) {
	folder := t.TempDir()
	half, whole := filepath.Join(folder, "half.json"), filepath.Join(folder, "whole.json")
	mustRun(t, "", "train", "-scale", "-epochs", "40", "-save", whole)
	mustRun(t, "", "train", "-scale", "-epochs", "20", "-save", half)
	out := mustRun(t, "", "train", "-epochs", "20", "-weights", half, "-save", half)
	if got, want := testkit.ReadFile(t, half), testkit.ReadFile(t, whole); got != want {
		t.Errorf("20 steps and 20 more: got %s, want %s", got, want)
	}
	other := filepath.Join(folder, "other.json")
	mustRun(t, "", "train", "-scale", "-epochs", "1", "-weights", half, "-split-seed", "9", "-save", other)
	_, scale, _ := strings.Cut(testkit.ReadFile(t, half), "\"scale\":")
	if got := testkit.ReadFile(t, other); !strings.HasSuffix(got, scale) || scale == "" {
		t.Errorf("another training set: got %s, want the old scale %s", got, scale)
	}
	if want := "\nlengths        scaled as the weights' file says\n"; !strings.Contains(out, want) {
		t.Errorf("got\n%s\nwant in it%s", out, want)
	}
}

// The line that says which of the two editions a file has.
func TestEdition(t *testing.T) {
	const uci = "UCI's; Fisher's paper differs in rows 34 and 37, counted from 0"
	const fisher = "Fisher's; UCI's file differs in rows 34 and 37, counted from 0"
	lines := strings.Split(strings.TrimSpace(data.Iris), "\n")
	change := func(row int, from, to string) func([]string) {
		return func(lines []string) { lines[1+row] = strings.Replace(lines[1+row], from, to, 1) }
	}
	tests := []struct {
		name    string
		changes []func(lines []string)
		want    string
	}{
		{"UCI", nil, uci},
		{"UCI, other order", []func([]string){func(lines []string) { slices.Reverse(lines[1:]) }}, uci},
		{"Fisher", []func([]string){change(34, ",0.1,", ",0.2,"), change(37, "3.1,1.5", "3.6,1.4")}, fisher},
		{"one of the two", []func([]string){change(34, ",0.1,", ",0.2,")}, ""},
		{"another flower", []func([]string){change(0, "5.1", "5.2")}, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			changed := slices.Clone(lines)
			for _, change := range test.changes {
				change(changed)
			}
			file := testkit.WriteFile(t, "iris.csv", strings.Join(changed, "\n"))
			row := strings.Join(rowOf(mustRun(t, "", "train", "-epochs", "1", "-data", file), "flowers"), " ")
			if want := strings.TrimSpace("flowers " + test.want); test.want != "" && row != want || test.want == "" && row != "" {
				t.Errorf("got the line %q, want %q", row, want)
			}
		})
	}
	if got := edition(nil); got != "" {
		t.Errorf("no flowers: got %q, want nothing", got)
	}
}
