package checker

import "backprop/matrix"

// The mistakes of a whole step and of the training: those of wiring the exercises
// together, and those of each exercise once more, for who writes it all anew.

// A route is a step in which some of the exercises are done otherwise, each by the
// form that has its name. An empty one is a right step.
type route map[string]form

// take goes the route from these weights, with everything else from g.
func (r route) take(g *given, weights1, weights2 matrix.Matrix) (new1, new2 matrix.Matrix) {
	n := *g
	n.weights1, n.weights2 = weights1, weights2
	set := func(name string, right answer, to ...*matrix.Matrix) {
		for i := range to {
			*to[i] = right[i]
		}
		if f := r[name]; f != nil {
			for i, m := range f(&n) {
				*to[i] = m
			}
		}
	}
	set("HiddenLayer", layer(n.x, n.weights1), &n.hiddenLayerInputs, &n.hiddenLayerOutputs)
	set("OutputLayer", layer(n.hiddenLayerOutputs, n.weights2), &n.outputLayerInputs, &n.outputLayerOutputs)
	set("OutputLayerError", answer{sub(n.outputLayerOutputs, n.y)}, &n.outputLayerError)
	set("OutputLayerDelta", answer{hadamard(n.outputLayerError, slope(n.outputLayerOutputs))}, &n.outputLayerDelta)
	set("HiddenLayerError", answer{dotOf(n.outputLayerDelta, transposed(n.weights2))}, &n.hiddenLayerError)
	set("HiddenLayerDelta", answer{hadamard(n.hiddenLayerError, slope(n.hiddenLayerOutputs))}, &n.hiddenLayerDelta)
	set("Weights2Update", update(n.hiddenLayerOutputs, n.outputLayerDelta, n.y), &n.weights2Update)
	set("Weights1Update", update(n.x, n.hiddenLayerDelta, n.y), &n.weights1Update)
	set("Descend 2", answer{sub(n.weights2, scale(n.learningRate, n.weights2Update))}, &new2)
	n.weights2, n.weights2Update = n.weights1, n.weights1Update // as Descend calls what it is given
	set("Descend 1", answer{sub(n.weights1, scale(n.learningRate, n.weights1Update))}, &new1)
	return new1, new2
}

func layer(x, w matrix.Matrix) answer {
	z := dotOf(x, w)
	return answer{z, sigmoids(z)}
}

func update(in, delta, y matrix.Matrix) answer {
	return answer{scale(1/elements(y), dotOf(transposed(in), delta))}
}

// A detour is a mistake of a step, with the ways to make it.
type detour struct {
	name, part, why string
	routes          []route
}

// only makes a route of a single form.
func only(name string, f form) route { return route{name: f} }

// rates makes routes with another learning rate: for both weights, for weights_1
// only and for weights_2 only.
func rates(f func(g *given) float64) []route {
	step := one(func(g *given) matrix.Matrix { return sub(g.weights2, scale(f(g), g.weights2Update)) })
	return []route{{"Descend 1": step, "Descend 2": step}, {"Descend 1": step}, {"Descend 2": step}}
}

var (
	outputFromInputs  = form(func(g *given) answer { return layer(g.hiddenLayerInputs, g.weights2) })
	update2FromInputs = form(func(g *given) answer { return update(g.hiddenLayerInputs, g.outputLayerDelta, g.y) })
	update2FromError  = form(func(g *given) answer { return update(g.hiddenLayerOutputs, g.outputLayerError, g.y) })
	update1FromError  = form(func(g *given) answer { return update(g.x, g.hiddenLayerError, g.y) })
	backFromError     = one(func(g *given) matrix.Matrix { return dotOf(g.outputLayerError, transposed(g.weights2)) })
	noHiddenSigmoid   = form(func(g *given) answer { return answer{g.hiddenLayerInputs, g.hiddenLayerInputs} })
	noOutputSigmoid   = form(func(g *given) answer { return answer{g.outputLayerInputs, g.outputLayerInputs} })

	// withNewWeights2 is the hidden error from weights_2 that have made their step.
	withNewWeights2 = one(func(g *given) matrix.Matrix {
		step := update(g.hiddenLayerOutputs, g.outputLayerDelta, g.y)[0]
		return dotOf(g.outputLayerDelta, transposed(sub(g.weights2, scale(g.learningRate, step))))
	})
	twice = one(func(g *given) matrix.Matrix { return sub(g.weights2, scale(2*g.learningRate, g.weights2Update)) })
)

const notChanged = "weights_1, weights_2 or both are not changed, or by 0 (integer division?)"

const whyDelta = "Between an error and what is made of it stands the slope. HiddenLayerError and Weights2Update take the error of the output layer first and its delta second; Weights1Update ends with hiddenLayerDelta."

// wiring has what goes wrong between the exercises. Where two mistakes give the same
// numbers, this is asked first, and its name fits both.
func wiring() []detour {
	return []detour{
		{"weights_2 updated before the hidden error used them", "13",
			"The hidden layer's error has to come from the weights_2 with which the step began. Compute both updates first, and call Descend at the very end. (Matt Mazur's well-known example has this slip.)",
			[]route{only("HiddenLayerError", withNewWeights2), {"HiddenLayerError": withNewWeights2, "Descend 2": twice}}},
		{"the slope is missing at the output: error where the delta belongs", "9", whyDelta,
			[]route{only("Weights2Update", update2FromError), {"Weights2Update": update2FromError, "HiddenLayerError": backFromError}}},
		{"the slope is missing in the hidden layer: error where the delta belongs", "11", whyDelta,
			[]route{only("Weights1Update", update1FromError)}},
		{"the slope is missing in both layers: error where the delta belongs", "13", whyDelta,
			[]route{{"Weights1Update": update1FromError, "Weights2Update": update2FromError},
				{"Weights1Update": update1FromError, "HiddenLayerError": backFromError},
				{"Weights1Update": update1FromError, "HiddenLayerError": backFromError, "Weights2Update": update2FromError}}},
		{"inputs where outputs belong: into weights_2", "5",
			"OutputLayer, and Weights2Update, take what came out of the hidden nodes: its outputs.",
			[]route{only("OutputLayer", outputFromInputs), only("Weights2Update", update2FromInputs),
				{"OutputLayer": outputFromInputs, "Weights2Update": update2FromInputs}}},
		{"inputs where outputs belong, and error where the delta belongs: in weights_2's update", "13",
			"Weights2Update takes the layer's inputs first, its outputs second, and the error before the delta.",
			[]route{only("Weights2Update", func(g *given) answer { return update(g.hiddenLayerInputs, g.outputLayerError, g.y) })}},
		{"inputs where outputs belong: in the output layer's error", "9",
			"OutputLayerError takes outputLayerOutputs, the second result of OutputLayer.",
			[]route{only("OutputLayerError", one(func(g *given) matrix.Matrix { return sub(g.outputLayerInputs, g.y) }))}},
		{"no sigmoid in the hidden layer, or its inputs and outputs exchanged", "5",
			"HiddenLayer returns the inputs first and the outputs second. Only the outputs go on.",
			[]route{only("HiddenLayer", noHiddenSigmoid)}},
		{"no sigmoid at the output, or its inputs and outputs exchanged", "5",
			"OutputLayer returns the inputs first and the outputs second. Only the outputs go on.",
			[]route{only("OutputLayer", noOutputSigmoid)}},
		{"no sigmoid in both layers, or inputs and outputs exchanged", "5",
			"Both layers return the inputs first and the outputs second. Only the outputs go on.",
			[]route{{"HiddenLayer": noHiddenSigmoid, "OutputLayer": noOutputSigmoid}}},
		{"the slope is in it twice, at the output", "9",
			"It belongs into OutputLayerDelta, once. The error is only the difference.",
			[]route{only("OutputLayerDelta", one(func(g *given) matrix.Matrix {
				s := slope(g.outputLayerOutputs)
				return hadamard(g.outputLayerError, hadamard(s, s))
			}))}},
		{"learning rate forgotten", "7", "The learning rate has to reach Descend, for both weights.",
			rates(func(g *given) float64 { return 1 })},
		{"a sign is turned", "7",
			"The weights go uphill. A sign is the other way round: in out − y, in out·(1 − out), or in weights − learning_rate · update. (Two turned ones cancel.)",
			rates(func(g *given) float64 { return -g.learningRate })},
		{"learning rate forgotten, and a sign is turned", "7", "It is weights − learning_rate · update, for both weights.",
			rates(func(g *given) float64 { return -1 })[:1]},
		{"N missing", "13", "Both updates are divided by N, the number of elements of y.",
			rates(func(g *given) float64 { return g.learningRate * elements(g.y) })},
		{"N is the number of flowers instead of elements", "13", "N is y.Rows() * y.Cols(), for both updates.",
			rates(func(g *given) float64 { return g.learningRate * float64(g.y.Cols()) })},
		{"÷ N done twice", "13", "Each update is divided by N once.",
			rates(func(g *given) float64 { return g.learningRate / elements(g.y) })},
		{"÷ number of flowers, too", "13", "Each update is divided by N, and by nothing else.",
			rates(func(g *given) float64 { return g.learningRate / float64(g.y.Rows()) })},
		{"the factor 2 or ½ (or Descend is called twice)", "13", "The 2 of the square's derivative and the ½ of the MSE cancel, and each of the weights makes its step once.",
			append(rates(func(g *given) float64 { return 2 * g.learningRate }),
				rates(func(g *given) float64 { return g.learningRate / 2 })...)},
		{notChanged, "13",
			"At least one of the two matrices is as it was. Return what the step has made of them. If you divide whole numbers, as in 1/n, the result is 0.",
			rates(func(g *given) float64 { return 0 })},
		{"the learning rate applied twice", "7", "Each step is the learning rate times the update, once.",
			rates(func(g *given) float64 { return g.learningRate * g.learningRate })},
	}
}

// places has what a step calls that which an exercise computes.
var places = map[string]string{
	"HiddenLayer": "the hidden layer", "OutputLayer": "the output layer", "both layers": "both layers",
	"OutputLayerError": "the output layer's error", "HiddenLayerError": "the hidden layer's error",
	"OutputLayerDelta": "the output layer's delta", "HiddenLayerDelta": "the hidden layer's delta", "both deltas": "both deltas",
	"Weights1Update": "weights_1's update", "Weights2Update": "weights_2's update", "both updates": "both updates",
	"Descend": "the descent",
}

// detours returns the wiring, and each exercise's own mistakes: in one layer, and in
// both where they are the same.
func detours() []detour {
	list := wiring()
	add := func(name string, m mistake, routeOf func(i int) route) {
		if m.name == inputsAlready {
			return // no step uses them: it is right
		}
		d := detour{name: m.name + ", in " + places[name], part: m.part, why: m.why}
		for i := range m.forms {
			d.routes = append(d.routes, routeOf(i))
		}
		list = append(list, d)
	}
	for _, single := range []struct {
		name     string
		mistakes []mistake
	}{{"OutputLayerError", errorMistakes()}, {"HiddenLayerError", hiddenErrorMistakes()}} {
		for _, m := range single.mistakes {
			add(single.name, m, func(i int) route { return only(single.name, m.forms[i]) })
		}
	}
	for _, pair := range []struct {
		name1, name2, both string
		of1, of2           []mistake
	}{
		{"HiddenLayer", "OutputLayer", "both layers", hiddenLayerMistakes(), outputLayerMistakes()},
		{"HiddenLayerDelta", "OutputLayerDelta", "both deltas", hiddenDeltaMistakes(), outputDeltaMistakes()},
		{"Weights1Update", "Weights2Update", "both updates", update1Mistakes(), update2Mistakes()},
	} {
		for _, m := range pair.of1 {
			add(pair.name1, m, func(i int) route { return only(pair.name1, m.forms[i]) })
		}
		for j, m := range pair.of2 {
			add(pair.name2, m, func(i int) route { return only(pair.name2, m.forms[i]) })
			if j < len(pair.of1) && pair.of1[j].name == m.name {
				add(pair.both, m, func(i int) route {
					return route{pair.name1: pair.of1[j].forms[i], pair.name2: m.forms[i]}
				})
			}
		}
	}
	for _, m := range descendMistakes() {
		add("Descend", m, func(i int) route { return route{"Descend 1": m.forms[i], "Descend 2": m.forms[i]} })
	}
	return list
}

// stepMistakes are those of exercise 15.
func stepMistakes() []mistake {
	oneStep := func(*given) int { return 1 }
	return append([]mistake{
		{"weights_1 and weights_2 exchanged", "13", "Return the new weights_1 first, the new weights_2 second.",
			[]form{func(g *given) answer { return answer{g.newWeights2, g.newWeights1} }}},
		{"the updates instead of the new weights", "13", "Return the weights − learning_rate · update, for both.",
			[]form{func(g *given) answer { return answer{g.weights1Update, g.weights2Update} }}},
	}, repeated(oneStep)...)
}

// repeated returns the detours as mistakes of so many steps.
func repeated(epochs func(g *given) int) (list []mistake) {
	for _, d := range detours() {
		m := mistake{name: d.name, part: d.part, why: d.why}
		for _, r := range d.routes {
			m.forms = append(m.forms, trainWith(r, epochs, goOn))
		}
		list = append(list, m)
	}
	return list
}

// trainWith repeats a step, and lets next choose what the following step begins
// with.
func trainWith(r route, epochs func(g *given) int, next func(first, now matrix.Matrix, which int) matrix.Matrix) form {
	return func(g *given) answer {
		weights1, weights2 := g.weights1, g.weights2
		last1, last2 := weights1, weights2
		for epoch := 0; epoch < epochs(g); epoch++ {
			last1, last2 = r.take(g, weights1, weights2)
			weights1, weights2 = next(g.weights1, last1, 1), next(g.weights2, last2, 2)
		}
		return answer{last1, last2}
	}
}

func allEpochs(g *given) int { return g.epochs }

func goOn(_, now matrix.Matrix, _ int) matrix.Matrix { return now }

func pick(first bool, a, b matrix.Matrix) matrix.Matrix {
	if first {
		return a
	}
	return b
}

// trainMistakes are those of exercise 16.
func trainMistakes() []mistake {
	return append([]mistake{
		{"the result of a single step", "14",
			"These are the weights after one step. Is there a loop, with the return behind it, and does each step begin with the weights that the one before it returned?",
			[]form{trainWith(route{}, allEpochs, func(first, _ matrix.Matrix, _ int) matrix.Matrix { return first })}},
		{"only weights_1 go on into the next step", "14", "weights_2 have to go on, too: both begin a step as the one before it left them.",
			[]form{trainWith(route{}, allEpochs, func(first, now matrix.Matrix, which int) matrix.Matrix { return pick(which == 1, now, first) })}},
		{"only weights_2 go on into the next step", "14", "weights_1 have to go on, too: both begin a step as the one before it left them.",
			[]form{trainWith(route{}, allEpochs, func(first, now matrix.Matrix, which int) matrix.Matrix { return pick(which == 2, now, first) })}},
		{"two steps an epoch, one for each of the weights", "14", "One call of Step returns both: weights1, weights2 = Step(…).",
			[]form{alternately(true), alternately(false)}},
		{"one epoch too few", "14", "Count again: a loop from 0 to below epochs, or from 1 to epochs, runs epochs times.",
			[]form{trainWith(route{}, func(g *given) int { return g.epochs - 1 }, goOn)}},
		{"one epoch too many", "14", "Count again: a loop from 0 to below epochs, or from 1 to epochs, runs epochs times.",
			[]form{trainWith(route{}, func(g *given) int { return g.epochs + 1 }, goOn)}},
		{"weights_1 and weights_2 exchanged", "14", "Step returns the new weights_1 first, and so does Train.",
			[]form{func(g *given) answer { return answer{g.trainedWeights2, g.trainedWeights1} }}},
	}, repeated(allEpochs)...)
}

// alternately trains with a step for one of the weights, and then one for the other.
func alternately(weights1First bool) form {
	return func(g *given) answer {
		weights1, weights2 := g.weights1, g.weights2
		for epoch := 0; epoch < g.epochs; epoch++ {
			if weights1First {
				weights1, _ = route{}.take(g, weights1, weights2)
			}
			_, weights2 = route{}.take(g, weights1, weights2)
			if !weights1First {
				weights1, _ = route{}.take(g, weights1, weights2)
			}
		}
		return answer{weights1, weights2}
	}
}
