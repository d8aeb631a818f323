package walkthrough

import (
	"math"
	"strings"
	"testing"

	"backprop/network"
)

func TestJudgeGradient(t *testing.T) {
	for _, test := range []struct {
		measured float64 // against 1
		want     string
	}{
		{1, "below 1e-7: right"}, {1 + 0.9e-7, "below 1e-7: right"}, {1 + 1.1e-7, "between 1e-7 and 1e-2"},
		{1 - 0.9e-2, "between 1e-7 and 1e-2"}, {1 - 1.1e-2, "above 1e-2: wrong"}, {-1, "above 1e-2: wrong"}, {math.NaN(), "above 1e-2: wrong"},
	} {
		if got := judgeGradient(network.Derivative{Measured: test.measured, Backpropagated: 1}); !strings.HasPrefix(got, test.want) {
			t.Errorf("%v against 1: got %q, want %q", test.measured, got, test.want)
		}
	}
}
