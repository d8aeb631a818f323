package walkthrough

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"

	"backprop/network/walkthrough/command"
)

// A route is one way on which a weight reaches the MSE: with one flower, through one output
// node, and for weights_1 through the weight's hidden node first. Parts 8 to 12 of the series
// follow one such route with the chain rule. The derivative is the sum over all of them.
type route struct {
	flower, output int
	factors        []factor // from the MSE back to the weight
	contribution   float64  // their product
}

// A factor is how fast one thing changes with another.
type factor struct {
	slope string // such as ∂out/∂z
	cell  string // the number of the step that it is
	value float64
}

// routes returns the routes of the weight in that place, flower by flower. In their factors are
// only slopes, weights and what went forward: nothing that was sent back.
func (s *Step) routes(weights *Quantity, row, col int) (list []route) {
	p := s.Pass
	n := float64(p.N())
	for f := range s.Flowers {
		outputs := p.Y.Cols()
		for k := range outputs {
			if weights.Name == "weights_2" && k != col {
				continue
			}
			r := route{flower: f, output: k, factors: []factor{
				{"∂MSE/∂out", At("output_layer_error", f, k) + " / N", p.OutputLayerError[f][k] / n},
				{"∂out/∂z", At("output_layer_slope", f, k), p.OutputLayerSlope[f][k]},
			}}
			if weights.Name == "weights_2" {
				r.factors = append(r.factors, factor{"∂z/∂w", At("hidden_layer_outputs", f, row), p.HiddenLayerOutputs[f][row]})
			} else {
				r.factors = append(r.factors,
					factor{"∂z/∂hidden", At("weights_2", col, k), s.Before.Weights2[col][k]},
					factor{"∂hidden/∂z", At("hidden_layer_slope", f, col), p.HiddenLayerSlope[f][col]},
					factor{"∂z/∂w", At("x", f, row), p.X[f][row]})
			}
			r.contribution = 1
			for _, factor := range r.factors {
				r.contribution *= factor.value
			}
			list = append(list, r)
		}
	}
	return list
}

// addUp returns the sum of the contributions. It is rounded once only, at the end (A. Neumaier,
// 1974), so that the order of the routes does not matter.
func addUp(routes []route) float64 {
	sum, lost := 0.0, 0.0
	for _, r := range routes {
		next := sum + r.contribution
		if math.Abs(sum) >= math.Abs(r.contribution) {
			lost += (sum - next) + r.contribution
		} else {
			lost += (r.contribution - next) + sum
		}
		sum = next
	}
	return sum + lost
}

// Beyond so many routes, only the strongest are shown in full.
const (
	manyRoutes      = 30
	strongestRoutes = 5
)

// weightNames are the weights from which routes lead to the MSE.
var weightNames = []string{"weights_1", "weights_2"}

// withRoutes returns the weights that the quantity is about: themselves, or those of which it is
// the update.
func (s *Step) withRoutes(q *Quantity) (weights, update *Quantity, err error) {
	for _, name := range weightNames {
		if q.Name == name || q.Name == name+"_update" {
			return s.named(name), s.named(name + "_update"), nil
		}
	}
	return nil, nil, command.UsageError{Err: fmt.Errorf("-routes: no routes lead from %s to the MSE, ask for a number of weights_1, weights_2 or their updates", q.Name)}
}

func (s *Step) named(name string) *Quantity {
	return s.Quantities[slices.IndexFunc(s.Quantities, func(q *Quantity) bool { return q.Name == name })]
}

// writeRoutes shows the routes of a weight, all of them or the strongest.
func (s *Step) writeRoutes(w io.Writer, n Number, all bool) error {
	weights, update, err := s.withRoutes(n.Quantity)
	if err != nil {
		return err
	}
	weight := Number{weights, n.Row, n.Col}
	routes := s.routes(weights, n.Row, n.Col)
	fmt.Fprintf(w, "The routes from %v to the MSE\n%s\n\n", weight, s.Place(weight))
	fmt.Fprintf(w, "%s\n\n", s.aboutRoutes(weights, n.Col))
	if len(routes) <= manyRoutes || all {
		s.writeAllRoutes(w, weights, n, routes)
	} else {
		s.writeStrongest(w, routes)
	}
	fmt.Fprintf(w, "all %s: the derivative\n", Count(len(routes), "route"))
	factor{"sum", "", addUp(routes)}.write(w)
	factor{"∂MSE/∂w", At(update.Name, n.Row, n.Col), update.Matrix[n.Row][n.Col]}.write(w)
	fmt.Fprintf(w, "The line ∂MSE/∂w is backpropagation's. The last digits may differ, since\nthat adds in another order.\n\n")
	fmt.Fprint(w, s.routesAndMatrices())
	return nil
}

// aboutRoutes says what the routes of a weight are.
func (s *Step) aboutRoutes(weights *Quantity, col int) string {
	way := fmt.Sprintf("This weight reaches the MSE through hidden node %d, and from there through every\noutput node, once for each flower.", col)
	if weights.Name == "weights_2" {
		way = fmt.Sprintf("This weight reaches the MSE through the output node for %s, once for\neach flower.", s.Label(Species, col))
	}
	return fmt.Sprintf(`%s
Each of these ways is a route. The chain rule multiplies the slopes along a
route. The products of all routes are added up, and their sum is the derivative:
how fast the MSE changes with the weight.

∂MSE/∂out is (out − y)/N, with N = %d, and ∂out/∂z is out·(1 − out). A node gets
z, and gives out or hidden.`, way, s.Pass.N())
}

// writeRoute writes the factors of a route and their product.
func (s *Step) writeRoute(w io.Writer, r route) {
	fmt.Fprintf(w, "%s, through the %s\n", s.LongLabel(Flowers, r.flower), s.LongLabel(Species, r.output))
	for _, f := range r.factors {
		f.write(w)
	}
	factor{"product", "", r.contribution}.write(w)
}

func (f factor) write(w io.Writer) {
	fmt.Fprintf(w, "  %-13s %-30s %s\n", f.slope, f.cell, Exact(f.value))
}

// writeAllRoutes writes the routes flower by flower, with the numbers of the pass that the
// routes of a flower share.
func (s *Step) writeAllRoutes(w io.Writer, weights *Quantity, n Number, routes []route) {
	each := len(routes) / len(s.Flowers)
	for f := range s.Flowers {
		ofFlower := routes[f*each : (f+1)*each]
		for _, r := range ofFlower {
			s.writeRoute(w, r)
		}
		s.writeShared(w, weights, n, f, ofFlower)
		fmt.Fprintln(w)
	}
}

// writeShared says which numbers of the pass are products and sums of a flower's routes.
func (s *Step) writeShared(w io.Writer, weights *Quantity, n Number, f int, routes []route) {
	values := routes[0].factors
	if weights.Name == "weights_2" {
		fmt.Fprintf(w, "its first two factors, multiplied\n")
		factor{"∂MSE/∂z", At("output_layer_delta", f, n.Col) + " / N", values[0].value * values[1].value}.write(w)
		return
	}
	back := 0.0
	for _, r := range routes {
		back += r.factors[0].value * r.factors[1].value * r.factors[2].value
	}
	toNode := back * values[3].value
	fmt.Fprintf(w, "%s, all %d: the first three factors, added up, and the others\n", s.LongLabel(Flowers, f), len(routes))
	factor{"∂MSE/∂hidden", At("hidden_layer_error", f, n.Col) + " / N", back}.write(w)
	factor{"∂MSE/∂z", At("hidden_layer_delta", f, n.Col) + " / N", toNode}.write(w)
	factor{"sum", "", toNode * values[4].value}.write(w)
}

// writeStrongest writes the routes with the largest contributions, and what the others add.
func (s *Step) writeStrongest(w io.Writer, routes []route) {
	sorted := slices.Clone(routes)
	slices.SortStableFunc(sorted, func(a, b route) int { return cmp.Compare(math.Abs(b.contribution), math.Abs(a.contribution)) })
	for _, r := range sorted[:strongestRoutes] {
		s.writeRoute(w, r)
		fmt.Fprintln(w)
	}
	rest := sorted[strongestRoutes:]
	fmt.Fprintf(w, "These are the %d strongest. -all shows the other %d as well.\n", strongestRoutes, len(rest))
	factor{"sum", "of the others", addUp(rest)}.write(w)
	fmt.Fprintln(w)
}

// multiplications returns how many it takes to get the derivatives of all weights with so many
// flowers, once the forward pass is done and the slopes are there: route by route, and with
// matrices that share the products and the sums.
func (s *Step) multiplications(flowers int) (routes, matrices int) {
	size := func(a Axis) int {
		if a == Flowers {
			return flowers
		}
		return s.Size(a)
	}
	for _, name := range weightNames {
		weights := s.named(name)
		one := s.routes(weights, 0, 0)
		perFlower := len(one) / len(s.Flowers) * (len(one[0].factors) - 1)
		routes += size(weights.Rows) * size(weights.Cols) * flowers * perFlower
	}
	for _, q := range s.Quantities {
		switch {
		case q.Stage == Forward1 || q.Stage == Forward2 || q.Stage == ForwardMSE:
		case q.IsSum():
			matrices += size(q.Rows) * size(q.A.Cols) * size(q.Cols)
		case q.Operation == product:
			matrices += size(q.Rows) * size(q.Cols)
		}
	}
	return routes, matrices
}

// routesAndMatrices says what the matrices save.
func (s *Step) routesAndMatrices() string {
	weights := 0
	for _, name := range weightNames {
		m := s.named(name).Matrix
		weights += m.Rows() * m.Cols()
	}
	text := fmt.Sprintf(`Many routes have factors in common. What several routes share, the matrices
multiply and add up only once. To get the derivatives of all %d weights takes:

  multiplications   route by route   with matrices
`, weights)
	for _, flowers := range slices.Compact([]int{len(s.Flowers), 130}) {
		routes, matrices := s.multiplications(flowers)
		text += fmt.Sprintf("  %-16s  %14d  %14d\n", Count(flowers, "flower"), routes, matrices)
	}
	return text
}
