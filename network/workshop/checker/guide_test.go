package checker

import (
	"fmt"
	"math"
	"regexp"
	"strings"
	"testing"

	"backprop/data/testkit"
	"backprop/iris"
	"backprop/matrix"
	"backprop/matrix/numpy"
	"backprop/network"
	"backprop/network/workshop/diagnosis"
	"backprop/network/workshop/exercise"
)

func guide(t *testing.T) string {
	t.Helper()
	return testkit.Text(t, folder+"/WORKSHOP.md")
}

// A variant is one of the guide's further exercises.
type variant struct {
	name                     string
	bias, tanh, crossEntropy bool
	batch                    int // flowers, 0 for all
}

var variants = []variant{
	{name: "as in part 14"},
	{name: "with biases", bias: true},
	{name: "tanh in the hidden layer", tanh: true},
	{name: "cross-entropy", crossEntropy: true},
	{name: "mini-batches of 10", batch: 10},
}

// train trains 4-2-3 as part 14 does, but for what the variant changes, and
// returns MSE and accuracy of the 130 flowers, and how many of the 20 test flowers
// are right. It is written without packages network and workshop, number by
// number.
func (v variant) train(t *testing.T, epochs int) (mse, acc float64, right int) {
	t.Helper()
	flowers, err := iris.Read(strings.NewReader(testkit.Text(t, "data/iris.csv")))
	if err != nil {
		t.Fatal(err)
	}
	trainSet, testSet, err := flowers.Split(20, numpy.NewRandom(4))
	if err != nil {
		t.Fatal(err)
	}
	x, y := trainSet.Features(), trainSet.Labels()
	net := network.New(4, 2, 3, numpy.NewRandom(10))
	w1, w2 := net.Weights1, net.Weights2
	var b1 [2]float64
	var b2 [3]float64
	forward := func(flower []float64) (h [2]float64, out [3]float64) {
		for j := range h {
			z := b1[j]
			for i, f := range flower {
				z += f * w1[i][j]
			}
			h[j] = sigmoid(z)
			if v.tanh {
				h[j] = math.Tanh(z)
			}
		}
		for k := range out {
			z := b2[k]
			for j := range h {
				z += h[j] * w2[j][k]
			}
			out[k] = sigmoid(z)
		}
		return h, out
	}
	batch := v.batch
	if batch == 0 {
		batch = len(x)
	}
	for epoch := 0; epoch < epochs; epoch++ {
		for from := 0; from < len(x); from += batch {
			to := min(from+batch, len(x))
			var g1 [4][2]float64
			var g2 [2][3]float64
			var gb1 [2]float64
			var gb2 [3]float64
			for i := from; i < to; i++ {
				h, out := forward(x[i])
				var back [2]float64
				for k := range out {
					delta := out[k] - y[i][k]
					if !v.crossEntropy {
						delta *= out[k] * (1 - out[k])
					}
					gb2[k] += delta
					for j := range h {
						g2[j][k] += h[j] * delta
						back[j] += delta * w2[j][k]
					}
				}
				for j := range h {
					slope := h[j] * (1 - h[j])
					if v.tanh {
						slope = 1 - h[j]*h[j]
					}
					gb1[j] += back[j] * slope
					for f := range x[i] {
						g1[f][j] += x[i][f] * back[j] * slope
					}
				}
			}
			step := 0.1 / float64(3*(to-from))
			for j := range w2 {
				for k := range g2[j] {
					w2[j][k] -= step * g2[j][k]
				}
				for f := range g1 {
					w1[f][j] -= step * g1[f][j]
				}
				if v.bias {
					b1[j] -= step * gb1[j]
				}
			}
			if v.bias {
				for k := range b2 {
					b2[k] -= step * gb2[k]
				}
			}
		}
	}
	count := func(x, y matrix.Matrix) (sum float64, right int) {
		for i := range x {
			_, out := forward(x[i])
			best := 0
			for k := range out {
				sum += (out[k] - y[i][k]) * (out[k] - y[i][k])
				if out[k] > out[best] {
					best = k
				}
			}
			right += int(y[i][best])
		}
		return sum, right
	}
	sum, correct := count(x, y)
	_, right = count(testSet.Features(), testSet.Labels())
	return sum / float64(2*3*len(x)), float64(correct) / float64(len(x)), right
}

func sigmoid(z float64) float64 { return 1 / (1 + math.Exp(-z)) }

// What the guide says to expect of the further exercises is what comes out.
func TestGuideFurtherExercises(t *testing.T) {
	text := guide(t)
	for _, v := range variants {
		row := "| " + v.name
		for _, epochs := range []int{1000, 10000} {
			mse, acc, right := v.train(t, epochs)
			row += fmt.Sprintf(" | %.4f | %.3f | %d", mse, acc, right)
		}
		if row += " |"; !strings.Contains(text, row) {
			t.Errorf("WORKSHOP.md: got no %q", row)
		}
	}
}

// Each number in the guide that has a name is NumPy's, to its last digit.
func TestGuideNumbers(t *testing.T) {
	pass := testkit.Reference(t).Passes[0].Answer // that of part 13
	values := map[string]float64{"n": pass.N, "mse_before": pass.MSEBefore, "mse_after": pass.MSEAfter}
	text := strings.Join(strings.Fields(guide(t)), " ")
	found := regexp.MustCompile("`([a-z_0-9]+?)(?:\\[(\\d)\\]\\[(\\d)\\])? = (-?[0-9.]+)`").FindAllStringSubmatch(text, -1)
	if len(found) < 12 {
		t.Errorf("got %d numbers, want a dozen", len(found))
	}
	for _, match := range found {
		value, ok := values[match[1]]
		if m := pass.Matrices[match[1]]; m != nil && match[2] != "" {
			value, ok = m[match[2][0]-'0'][match[3][0]-'0'], true
		}
		if !ok || fmt.Sprintf("%.8f", value) != match[4] {
			t.Errorf("got %s, want %.8f", match[0], value)
		}
	}
	for _, want := range []string{"0.1383 to 0.1380", "between 0.39 and 0.64", "A weight is 0.00214572", "0.80, 0.97 and 0.97"} {
		if !strings.Contains(text, want) {
			t.Errorf("got no %q, which this test knows to be right", want)
		}
	}
}

// Each place of the page that the guide links to is a matrix that there is.
func TestGuideLinks(t *testing.T) {
	pass := testkit.Reference(t).Passes[0].Answer
	links := regexp.MustCompile(`<http://127\.0\.0\.1:8080/\?flowers=1,51,101&hidden=2&rate=0\.1&seed=10&step=1(?:&cover=1)?#([a-z_0-9]+)(?:-\d-\d)?>`).FindAllStringSubmatch(guide(t), -1)
	if len(links) < 4 || strings.Count(guide(t), "<http://") != len(links) {
		t.Errorf("got %d links of that form, want all, and several", len(links))
	}
	for _, link := range links {
		if pass.Matrices[link[1]] == nil {
			t.Errorf("%s: got no matrix of that name", link[0])
		}
	}
}

// The guide and the README call mistakes what the checker calls them: in bold, where other
// bold words end with a full stop.
func TestGuideMistakes(t *testing.T) {
	names := map[string]bool{}
	for _, e := range exercises {
		for _, name := range diagnosis.Names(e.Name) {
			names[name] = true
		}
	}
	if len(names) < 100 {
		t.Errorf("got %d mistakes, want the more than a hundred of WORKSHOP.md", len(names))
	}
	changed := exercise.Report{Trials: []exercise.Trial{{Changed: "y"}}}
	names[testChecker(t, startText).diagnoser.Of(exercises[outputLayerError-1], &changed).Mistake] = true

	_, readme, _ := strings.Cut(testkit.Text(t, "README.md"), "\n## The workshop\n")
	readme, _, _ = strings.Cut(readme, "\n## ")
	for _, test := range []struct {
		file, text string
		least      int // how many mistakes are in it
	}{
		{"WORKSHOP.md", guide(t), 13},
		{"README.md", readme, 2},
	} {
		text := strings.Join(strings.Fields(test.text), " ")
		found := 0
		for _, match := range regexp.MustCompile(`\*\*([^*]+)\*\*`).FindAllStringSubmatch(text, -1) {
			if strings.HasSuffix(match[1], ".") {
				continue
			}
			found++
			if !names[match[1]] {
				t.Errorf("%s: got the mistake %q, want one that the checker names", test.file, match[1])
			}
		}
		if found < test.least {
			t.Errorf("%s: got %d mistakes, want %d", test.file, found, test.least)
		}
	}
}
