package walkthrough

import (
	"cmp"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"backprop/data/testkit"
	"backprop/matrix"
	"backprop/matrix/numpy"
	"backprop/network"
)

// The sum over the routes is the update's number, for every weight. The update's own plain loops
// round as well, so the two may differ by 2e-15 of what is added up.
func TestRoutesAddUpToTheUpdate(t *testing.T) {
	for _, flowers := range []int{1, 3, 7, 150} {
		for _, hidden := range []int{1, 2, 5, 16} {
			for _, steps := range []int{1, 100} {
				rows := make([]int, flowers)
				for i := range rows {
					rows[i] = i * 150 / flowers
				}
				s := mustStep(t, Settings{Rows: rows, Weights: Weights{Hidden: hidden, Seed: 10}, Rate: 0.1, Steps: steps})
				for _, name := range []string{"weights_1", "weights_2"} {
					weights, update := s.named(name), s.named(name+"_update")
					for i, row := range update.Matrix {
						for j, want := range row {
							routes := s.routes(weights, i, j)
							if got := addUp(routes); !(math.Abs(got-want) <= 2e-15*addedUp(routes)) {
								t.Errorf("%d flowers, %d hidden nodes, %s: got %v, want %v", flowers, hidden, At(name, i, j), got, want)
							}
						}
					}
				}
			}
		}
	}
}

// addedUp returns the sum of the contributions without their signs.
func addedUp(routes []route) (sum float64) {
	for _, r := range routes {
		sum += math.Abs(r.contribution)
	}
	return sum
}

// NumPy's scalars, multiplied route by route, give the same.
func TestRoutesAgainstNumPy(t *testing.T) { testRoutes(t, testkit.Reference(t).Routes) }

// Other settings than in reference.json, computed by NumPy while the test runs.
func TestRoutesAgainstNumPyLive(t *testing.T) {
	testkit.Everything(t)
	r := numpy.NewRandom(8)
	var requests []map[string]any
	for i := range 12 {
		requests = append(requests, map[string]any{
			"flowers": r.Permutation(150)[:[]int{1, 3, 7, 150}[i%4]], "hidden": []int{1, 2, 5, 16}[i*5%4], "rate": 0.1, "seed": r.Uint32(), "steps": 1 + i%3*20,
		})
	}
	testRoutes(t, testkit.NumPy(t, map[string]any{"routes": requests}).Routes)
}

func testRoutes(t *testing.T, list []testkit.Routes) {
	t.Helper()
	if len(list) < 4 {
		t.Errorf("got %d requests, want some", len(list))
	}
	for _, test := range list {
		r := test.Request
		s := mustStep(t, Settings{Rows: r.Flowers, Weights: Weights{Hidden: r.Hidden, Seed: r.Seed}, Rate: r.Rate, Steps: r.Steps})
		for name, want := range map[string]matrix.Matrix{"weights_1": test.Answer.Weights1, "weights_2": test.Answer.Weights2} {
			got := want.Clone()
			for i := range got {
				for j := range got[i] {
					got[i][j] = addUp(s.routes(s.named(name), i, j))
				}
			}
			testMatrix(t, fmt.Sprintf("%s of %v", name, r), got, want, 1e-12)
		}
	}
}

var factorLine = regexp.MustCompile(`^  (\S+) +(.*?) +(\S+)$`)

// Each route holds as it is printed: its factors are the numbers that are named, and their
// product is the last line. So do the sums.
func TestRoutesHoldAsPrinted(t *testing.T) {
	s := explainStep(t, 2, 3)
	n := float64(s.Pass.N())
	for _, name := range []string{"weights_1", "weights_2"} {
		for i, row := range s.named(name).Matrix {
			for j := range row {
				text := explained(t, s, "-routes", name, fmt.Sprint(i), fmt.Sprint(j))
				product, sum, routes := 1.0, 0.0, 0
				for _, line := range strings.Split(text, "\n") {
					if utf8.RuneCountInString(line) > 80 {
						t.Errorf("%s: got a line of more than 80 characters: %s", At(name, i, j), line)
					}
					m := factorLine.FindStringSubmatch(line)
					if m == nil || strings.Contains(line, "flowers ") || m[1] == "multiplications" {
						continue
					}
					v := parse(t, m[3])
					switch m[1] {
					case "product":
						if v != product {
							t.Errorf("%s: got the product %v, want %v", At(name, i, j), v, product)
						}
						sum += v
						product = 1
						routes++
					case "sum", "∂MSE/∂hidden", "∂MSE/∂z", "∂MSE/∂w":
						if want := s.cellOf(t, m[2], n); m[2] != "" && !(math.Abs(v-want) <= 1e-14*math.Abs(want)+1e-18) {
							t.Errorf("%s: got %s, want %v", At(name, i, j), line, want)
						}
					default:
						product *= v
						if want := s.cellOf(t, m[2], n); v != want {
							t.Errorf("%s: got %s, want %v", At(name, i, j), line, want)
						}
					}
				}
				last := text[strings.Index(text, "the derivative\n"):]
				if got := parse(t, factorLine.FindStringSubmatch(strings.Split(last, "\n")[1])[3]); math.Abs(got-sum) > 1e-15 || routes != len(s.routes(s.named(name), i, j)) {
					t.Errorf("%s: got %v after %d routes, want the sum %v", At(name, i, j), got, routes, sum)
				}
			}
		}
	}
}

// cellOf returns the number of the step that a line names, such as output_layer_error[0][1] / N.
func (s *Step) cellOf(t *testing.T, text string, n float64) float64 {
	t.Helper()
	if text == "" {
		return 0
	}
	name, over, _ := strings.Cut(text, " ")
	number, err := s.find(name)
	if err != nil {
		t.Fatal(err)
	}
	if over == "/ N" {
		return number.Value() / n
	}
	return number.Value()
}

// Of many routes only the strongest are shown, unless all are asked for. The sum is that of all.
func TestManyRoutes(t *testing.T) {
	rows := make([]int, 50)
	for i := range rows {
		rows[i] = 3 * i
	}
	s := mustStep(t, Settings{Rows: rows, Weights: Weights{Hidden: 2, Seed: 10}, Rate: 0.1, Steps: 1})
	some, all := explained(t, s, "-routes", "weights_1", "2", "1"), explained(t, s, "-routes", "-all", "weights_1", "2", "1")
	if got := strings.Count(some, "  product"); got != strongestRoutes || !strings.Contains(some, "-all shows the other 145 as well.") {
		t.Errorf("got %d routes, want %d, and how many others:\n%s", got, strongestRoutes, some)
	}
	if got := strings.Count(all, "  product"); got != 150 {
		t.Errorf("got %d routes, want 150", got)
	}
	end := func(text string) string { return text[strings.Index(text, "all 150 routes"):] }
	if end(some) != end(all) {
		t.Errorf("got\n%swith some, want\n%s", end(some), end(all))
	}
	routes := s.routes(s.named("weights_1"), 2, 1)
	slices.SortFunc(routes, func(a, b route) int { return int(math.Copysign(1, math.Abs(b.contribution)-math.Abs(a.contribution))) })
	if !strings.Contains(some, Exact(addUp(routes[strongestRoutes:]))) || !strings.Contains(some, Exact(routes[strongestRoutes-1].contribution)) {
		t.Errorf("got\n%s\nwant the strongest and the sum of the others", some)
	}
}

// The guide for the workshop says which route of a weight is the strongest.
func TestGuidesRoute(t *testing.T) {
	s := mustStep(t, Settings{Rows: []int{1, 51, 101}, Weights: Weights{Hidden: 2, Seed: 10}, Rate: 0.1, Steps: 1})
	routes := s.routes(s.named("weights_1"), 2, 1)
	strongest := slices.MaxFunc(routes, func(a, b route) int { return cmp.Compare(math.Abs(a.contribution), math.Abs(b.contribution)) })
	want := fmt.Sprintf("The %v's through the output node for %v, with %.4f.", s.Flowers[strongest.flower].Species, s.Label(Species, strongest.output), strongest.contribution)
	if text := strings.Join(strings.Fields(testkit.Text(t, "network/workshop/WORKSHOP.md")), " "); len(routes) != 9 || !strings.Contains(text, want) {
		t.Errorf("WORKSHOP.md: got no %q, of %d routes", want, len(routes))
	}
	if out, slope := s.Pass.OutputLayerOutputs[2][0], s.Pass.HiddenLayerSlope[2][1]; out < 0.5 || slope < 0.24 || fmt.Sprintf("%.2f", s.Before.Weights2[1][0]) != "0.60" {
		t.Errorf("got %v, %v and %v, which the guide calls more than ½, near ¼ and 0.60", out, slope, s.Before.Weights2[1][0])
	}
}

// The counts of multiplications are those of the factors, and of the loops of the matrices.
func TestMultiplications(t *testing.T) {
	s := explainStep(t, 2, 1) // 5 flowers
	routes, matrices := s.multiplications(5)
	count := 0
	for _, name := range []string{"weights_1", "weights_2"} {
		for i, row := range s.named(name).Matrix {
			for j := range row {
				for _, r := range s.routes(s.named(name), i, j) {
					count += len(r.factors) - 1
				}
			}
		}
	}
	// output_layer_delta, hidden_layer_error, hidden_layer_delta and both updates
	if want := 5*3 + 5*3*2 + 5*2 + 2*5*3 + 4*5*2; routes != count || matrices != want {
		t.Errorf("got %d by routes and %d by matrices, want %d and %d", routes, matrices, count, want)
	}
	if r, m := s.multiplications(130); r != 26*routes || m != 26*matrices {
		t.Errorf("got %d and %d for 130 flowers, want 26 times those of 5", r, m)
	}
}

// check shows the routes of a small net, and says whether they give the same.
func TestCheckByRoutes(t *testing.T) {
	s := explainStep(t, 2, 1)
	gradients := s.Before.Clone().CheckGradients(s.Pass, 0.001)
	var b strings.Builder
	s.writeDerivatives(&b, gradients, 0.001)
	if !strings.Contains(b.String(), "by routes") || !strings.Contains(b.String(), "all derivatives are the same as by backpropagation") {
		t.Errorf("got\n%s\nwant the derivatives by routes", b.String())
	}
	gradients[3].Backpropagated *= 1.001
	b.Reset()
	s.writeDerivatives(&b, gradients, 0.001)
	if want := "\nBy routes, " + At(gradients[3].Weights, gradients[3].Row, gradients[3].Col) + " has another derivative"; !strings.Contains(b.String(), want) {
		t.Errorf("got %q, want %q", b.String(), want)
	}
	if s.hasFewRoutes(append(gradients, network.Derivative{Weights: "weights_extra"})) {
		t.Error("got routes for another net, want none")
	}
	rows := make([]int, 11)
	for i := range rows {
		rows[i] = i
	}
	if s := mustStep(t, Settings{Rows: rows, Weights: Weights{Hidden: 2, Seed: 1}, Rate: 0.1, Steps: 1}); s.hasFewRoutes(gradients) {
		t.Error("got routes for 11 flowers, want none")
	}
}
