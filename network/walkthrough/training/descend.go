package training

import (
	"backprop/network/walkthrough/command"
	"errors"
	"fmt"
	"io"
	"math"
	"text/tabwriter"
)

// Descend is the command descend: part 14's opening example, gradient descent
// on f(x) = x², whose slope is 2x and whose lowest point is at x = 0.
func Descend(call *command.Call) error {
	var start, rate float64
	var steps int
	command.DefineFloat(call.Flags, "start", "10", "begin at this `X`", parseStart, &start)
	command.DefineFloat(call.Flags, "rate", "0.02", "the learning `RATE`", command.Positive, &rate)
	command.DefineInt(call.Flags, "steps", "10", "the number of `STEPS`", 1, 1000, &steps)
	if err := call.Parse(); err != nil {
		return err
	}
	return writeDescent(call.Out, start, rate, steps)
}

func parseStart(text string) (float64, error) {
	v, err := command.Number(text)
	if err != nil || math.Abs(v) > 1e100 {
		return 0, errors.New("expected a number from -1e100 to 1e100")
	}
	return v, nil
}

// writeDescent writes each step, and what the learning rate did.
func writeDescent(w io.Writer, start, rate float64, steps int) error {
	fmt.Fprintf(w, "Gradient descent on f(x) = x² (part 14)\n\n")
	fmt.Fprintf(w, "slope  = 2 · x\nnext x = x − learning_rate · slope,  learning_rate = %g\n\n", rate)
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(table, "step\tx\tslope\tnext x\tf(next x)\t\n")
	xs := []float64{start}
	for step := 1; step <= steps; step++ {
		x := xs[step-1]
		slope := 2 * x
		next := x - float64(rate*slope)
		fmt.Fprintf(table, "%d\t%.8g\t%.8g\t%.8g\t%.8g\t\n", step, x, slope, next, float64(next*next))
		xs = append(xs, next)
	}
	table.Flush()
	_, err := fmt.Fprintf(w, "\n%s\n", judgeDescent(xs))
	return err
}

// judgeDescent says what the learning rate did, from the x of each step.
func judgeDescent(xs []float64) string {
	first, last := xs[0], xs[len(xs)-1]
	crossed := false
	for i := 1; i < len(xs); i++ {
		if xs[i] < 0 && xs[i-1] > 0 || xs[i] > 0 && xs[i-1] < 0 {
			crossed = true
		}
	}
	from := fmt.Sprintf("From x = %.8g to x = %.8g: ", first, last)
	switch {
	case first == 0:
		return "It began at the lowest point, where the slope is 0: nothing moves."
	case math.IsNaN(last) || math.Abs(last) > math.Abs(first):
		return from + "each step jumps over the lowest\npoint and lands higher up: it diverges. The learning rate is too large."
	case math.Abs(last) == math.Abs(first) && crossed:
		return from + "each step jumps over the lowest\npoint and lands just as high: it goes on like this forever."
	case crossed:
		return from + "each step jumps over the lowest\npoint, but lands lower: it overshoots, but comes nearer."
	case math.Abs(last) > 0.01*math.Abs(first):
		return from + "it moves downhill, but is still on\nits way. More steps or a larger learning rate would bring it further."
	default:
		return from + "it has come down to the lowest point,\nor within a hundredth of the way."
	}
}
