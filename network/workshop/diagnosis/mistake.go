package diagnosis

import (
	"slices"

	"backprop/network/workshop/exercise"
)

// A mistake is one that people make in an exercise. Its numbers are what the exercise
// gives with our functions and that one changed, so that an answer equal to them can be
// named.
type mistake struct {
	name string
	part string // of the series, to read again
	why  string
	ways []change // to make it, each with numbers of its own
}

// mayBeRight reports whether the mistake is a turned sign, which is right if another one is
// turned as well.
func (m *mistake) mayBeRight() bool {
	return m != nil && (m.name == errorTurned || m.name == descentTurned)
}

// A change puts a learner's function with a mistake in the place of ours. The function
// panics where its shapes do not fit together, as the learner's would.
type change func(f *exercise.Functions)

// changes makes a change of each function, which set puts in the place of ours.
func changes[F any](set func(f *exercise.Functions, function F), functions ...F) (list []change) {
	for _, function := range functions {
		list = append(list, func(f *exercise.Functions) { set(f, function) })
	}
	return list
}

// together makes several changes, each of another function.
func together(list ...change) change {
	return func(f *exercise.Functions) {
		for _, c := range list {
			c(f)
		}
	}
}

// AllZeros is the name of a mistake for which the text of a function may show the reason.
const AllZeros = "every number is 0"

// Names and sentences that several mistakes have.
const (
	tooEarly      = "only the first number, row or column is set"
	signTurned    = "wrong sign"
	errorTurned   = signTurned + ": y − out"
	descentTurned = signTurned + ": weights + learning_rate · update"

	whySign       = "Every number is correct but for its sign."
	whyTransposed = "These are the correct numbers, with rows and columns exchanged."
)

// parts are the exercises that a step is made of, or that stand alone, with their
// mistakes and with what a step calls that which they compute.
var parts = []struct {
	exercise string
	mistakes func() []mistake
	inStep   string // "" if no step needs it
}{
	{"Dot", dotMistakes, "every dot product"},
	{"Transpose", transposeMistakes, "every transpose"},
	{"Sigmoid", sigmoidMistakes, "both layers"},
	{"HiddenLayer", hiddenLayerMistakes, "the hidden layer"},
	{"OutputLayer", outputLayerMistakes, "the output layer"},
	{"Labels", labelMistakes, ""},
	{"MSE", mseMistakes, ""},
	{"OutputLayerError", errorMistakes, "the output layer's error"},
	{"OutputLayerDelta", outputDeltaMistakes, "the output layer's delta"},
	{"HiddenLayerError", hiddenErrorMistakes, "the hidden layer's error"},
	{"HiddenLayerDelta", hiddenDeltaMistakes, "the hidden layer's delta"},
	{"Weights2Update", update2Mistakes, "weights_2's update"},
	{"Weights1Update", update1Mistakes, "weights_1's update"},
	{"Descend", descendMistakes, "the descent"},
}

// mistakesOf returns the mistakes that people are known to make in an exercise.
func mistakesOf(name string) []mistake {
	switch name {
	case "Step":
		return wholeMistakes(name)
	case "Train":
		return slices.Concat(wholeMistakes(name), epochMistakes(), stepMistakes()[1:], wiringMistakes()) // [1:]: trainMistakes has the exchanged weights
	}
	for _, p := range parts {
		if p.exercise == name {
			return append(p.mistakes(), mistakesOfSums(name)...)
		}
	}
	return nil
}

// wholeMistakes returns those of how a step or a training is put together, and not of a
// part of it.
func wholeMistakes(name string) []mistake {
	switch name {
	case "Step":
		return append(stepMistakes(), wiringMistakes()...)
	case "Train":
		return trainMistakes()
	}
	return nil
}

// mistakesOfSums returns those of the dot product in an exercise, for a learner who
// writes its loops there again.
func mistakesOfSums(name string) (list []mistake) {
	switch name {
	case "HiddenLayer", "OutputLayer", "HiddenLayerError", "Weights2Update", "Weights1Update":
		for _, m := range sumMistakes() {
			m.name += ", in the dot product"
			list = append(list, m)
		}
	}
	return list
}
