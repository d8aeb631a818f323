package diagnosis

import "backprop/network/workshop/exercise"

// A mistake is one that people make in an exercise. Its numbers are what the exercise
// gives with our functions and that one changed, so that an answer equal to them can be
// named.
type mistake struct {
	name string
	part string // of the series, to read again
	why  string
	ways []change // to make it, each with numbers of its own
}

// A change puts a learner's function with a mistake in the place of ours. The function
// panics where its shapes do not fit together, as the learner's would.
type change func(f *exercise.Functions)

// together makes several changes, each of another function.
func together(changes ...change) change {
	return func(f *exercise.Functions) {
		for _, c := range changes {
			c(f)
		}
	}
}

// Names and sentences that several mistakes have.
const (
	allZeros      = "every number is 0"
	tooEarly      = "only the first number, row or column is set"
	signTurned    = "the sign is turned"
	errorTurned   = signTurned + ": y − out"
	descentTurned = signTurned + ": weights + learning_rate · update"

	whySign       = "Every number has the right size, but the other sign."
	whyTransposed = "These are the right numbers with rows and columns exchanged."
)

// mistakesOf returns the mistakes of an exercise. Where two give the same numbers, the
// first one's name is the one that fits both.
func mistakesOf(name string) []mistake {
	switch name {
	case "Dot":
		return dotMistakes()
	case "Transpose":
		return transposeMistakes()
	case "Sigmoid":
		return sigmoidMistakes()
	case "HiddenLayer":
		return hiddenLayerMistakes()
	case "OutputLayer":
		return outputLayerMistakes()
	case "Labels":
		return labelMistakes()
	case "MSE":
		return mseMistakes()
	case "OutputLayerError":
		return errorMistakes()
	case "OutputLayerDelta":
		return outputDeltaMistakes()
	case "HiddenLayerError":
		return hiddenErrorMistakes()
	case "HiddenLayerDelta":
		return hiddenDeltaMistakes()
	case "Weights2Update":
		return update2Mistakes()
	case "Weights1Update":
		return update1Mistakes()
	case "Descend":
		return descendMistakes()
	case "Step":
		return append(append(stepMistakes(), wiringMistakes()...), mistakesOfParts()...)
	case "Train":
		return append(append(trainMistakes(), wiringMistakes()...), mistakesOfParts()...)
	}
	return nil
}

// inStep has what a step calls that which an exercise computes.
var inStep = map[string]string{
	"Dot": "every dot product", "Transpose": "every transpose", "Sigmoid": "both layers",
	"HiddenLayer": "the hidden layer", "OutputLayer": "the output layer",
	"OutputLayerError": "the output layer's error", "OutputLayerDelta": "the output layer's delta",
	"HiddenLayerError": "the hidden layer's error", "HiddenLayerDelta": "the hidden layer's delta",
	"Weights2Update": "weights_2's update", "Weights1Update": "weights_1's update",
	"Descend": "the descent",
}

// mistakesOfParts returns the mistakes of the exercises that a step consists of, for a
// learner who writes them again within it.
func mistakesOfParts() (list []mistake) {
	for _, e := range exercise.All() {
		where, ok := inStep[e.Name]
		if !ok {
			continue
		}
		for _, m := range mistakesOf(e.Name) {
			m.name += ", in " + where
			list = append(list, m)
		}
	}
	return list
}
