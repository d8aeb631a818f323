package diagnosis

import (
	"math"

	"backprop/network/workshop/exercise/solutions"
)

// An activation is another function than the sigmoid, by which a node's output is computed
// from its input.
type activation struct {
	name, why, part string
	ways            []func(z float64) float64
}

func functions(ways ...func(z float64) float64) []func(z float64) float64 { return ways }

var activations = []activation{
	{"exp(+z) instead of exp(-z)",
		"This is 1 − σ(z): a large z gives 0 instead of 1. Is the minus in front of z missing, or is e⁻ᶻ above the fraction line?", "2",
		functions(func(z float64) float64 { return 1 / (1 + math.Exp(z)) }, func(z float64) float64 { return math.Exp(-z) / (1 + math.Exp(-z)) })},
	{"1 + exp(-z) instead of 1 / (1 + exp(-z))",
		"The sigmoid is 1 divided by that. In Go, 1 / 1 + x is (1 / 1) + x: put parentheses around all that is below the fraction line.", "2",
		functions(func(z float64) float64 { return 1 + math.Exp(-z) })},
	{"1 + exp(+z) instead of 1 / (1 + exp(-z))",
		"The sigmoid is 1 divided by 1 + e⁻ᶻ: what is below the fraction line needs parentheses, and z a minus.", "2",
		functions(func(z float64) float64 { return 1 + math.Exp(z) })},
	{"1 - exp(-z) below the fraction line", "Write 1 + e⁻ᶻ.", "2",
		functions(func(z float64) float64 { return 1 / (1 - math.Exp(-z)) }, func(z float64) float64 { return 1 / (1 - math.Exp(z)) },
			func(z float64) float64 { return 1 / (math.Exp(-z) - 1) })},
	{"exp(z) or exp(-z) alone instead of the sigmoid",
		"The sigmoid is 1 / (1 + e⁻ᶻ), with 1 + below the fraction line.", "2",
		functions(math.Exp, func(z float64) float64 { return math.Exp(-z) })},
	{"the slope instead of the sigmoid",
		"This is σ(z)·(1 − σ(z)), which is needed later. Here it is σ(z) itself.", "8",
		functions(func(z float64) float64 { return slope(solutions.Sigmoid(z)) })},
	{"another base than e", "It is e⁻ᶻ, which is math.Exp(-z), and e is about 2.71828.", "2",
		functions(toThePower(2), toThePower(10), toThePower(2.7), toThePower(2.71), toThePower(2.718), toThePower(2.7183))},
	{"tanh instead of the sigmoid",
		"The hyperbolic tangent is also an activation, from −1 to 1. The series has the sigmoid, from 0 to 1, and the slope in the deltas is the sigmoid's.", "2",
		functions(math.Tanh)},
	{"ReLU instead of the sigmoid",
		"ReLU is also an activation: the larger of z and 0. The series has the sigmoid, and the slope in the deltas is the sigmoid's.", "2",
		functions(func(z float64) float64 { return max(z, 0) })},
	{"leaky ReLU instead of the sigmoid",
		"Leaky ReLU is also an activation. The series has the sigmoid, and the slope in the deltas is the sigmoid's.", "2",
		functions(leaky(0.01), leaky(0.1), leaky(0.2))},
	{"softplus instead of the sigmoid",
		"ln(1 + eᶻ) is also an activation. The series has the sigmoid: 1 / (1 + e⁻ᶻ).", "2",
		functions(func(z float64) float64 { return math.Log(1 + math.Exp(z)) })},
	{"arctan or z / (1 + |z|) instead of the sigmoid",
		"These curves have the same form, but the series has the sigmoid: 1 / (1 + e⁻ᶻ).", "2",
		functions(math.Atan, func(z float64) float64 { return z / (1 + math.Abs(z)) })},
	{"z instead of 1 above the fraction line", "This is z · σ(z). Write 1 / (1 + e⁻ᶻ).", "2",
		functions(func(z float64) float64 { return z / (1 + math.Exp(-z)) })},
	{"no sigmoid", "This is z itself: it has to go through the sigmoid.", "2",
		functions(func(z float64) float64 { return z })},
	{"the sigmoid is applied twice", "This is σ(σ(z)). Apply it once.", "2",
		functions(func(z float64) float64 { return solutions.Sigmoid(solutions.Sigmoid(z)) })},
	{"from −1 to 1, instead of from 0 to 1", "This is 2·σ(z) − 1. The sigmoid goes from 0 to 1.", "2",
		functions(func(z float64) float64 { return 2*solutions.Sigmoid(z) - 1 }, func(z float64) float64 { return math.Tanh(z / 2) })},
	{"only 0 or 1 comes out: an integer division, rounding, or a step",
		"The sigmoid is a smooth curve. In Go, 1 divided by a whole number is a whole number, and what comes after the point is lost. Keep everything float64, without int(…) and without an if.", "2",
		functions(func(z float64) float64 { return float64(1 / (1 + int(math.Exp(-z)))) }, func(z float64) float64 { return oneIf(z >= 0) }, func(z float64) float64 { return oneIf(z > 0) })},
	{signTurned, whySign, "2",
		functions(func(z float64) float64 { return -solutions.Sigmoid(z) })},
	{"the sigmoid has a factor",
		"The sigmoid is 1 / (1 + e⁻ᶻ), with no other number in it.", "2",
		functions(func(z float64) float64 { return 2 * solutions.Sigmoid(z) }, func(z float64) float64 { return solutions.Sigmoid(z) / 2 },
			func(z float64) float64 { return solutions.Sigmoid(2 * z) }, func(z float64) float64 { return solutions.Sigmoid(z / 2) })},
	{"the sigmoid squared", "Each number is multiplied by itself. Apply the sigmoid once.", "2",
		functions(func(z float64) float64 { return solutions.Sigmoid(z) * solutions.Sigmoid(z) })},
}

// toThePower is exercise 3 with another number than e.
func toThePower(base float64) func(z float64) float64 {
	return func(z float64) float64 { return 1 / (1 + math.Pow(base, -z)) }
}

// leaky is the activation that lets a little of a negative z through.
func leaky(part float64) func(z float64) float64 {
	return func(z float64) float64 { return max(z, part*z) }
}

// activationMistakes are those of the sigmoid, of which changes makes changes.
func activationMistakes(changes func(activations ...func(z float64) float64) []change) (list []mistake) {
	for _, a := range activations {
		list = append(list, mistake{name: a.name, part: a.part, why: a.why, ways: changes(a.ways...)})
	}
	return list
}
