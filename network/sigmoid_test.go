package network_test

import (
	"math"
	"testing"

	"backprop/network"
)

func TestSigmoid(t *testing.T) {
	for _, test := range []struct{ z, want float64 }{
		{0, 0.5}, {math.Inf(1), 1}, {math.Inf(-1), 0}, {1000, 1}, {-1000, 0}, {37, 1},
		{1, 0.7310585786300049}, {-1, 0.2689414213699951}, // tables of the logistic function
		{math.Log(3), 0.75}, {-math.Log(4), 0.2},
	} {
		if got := network.Sigmoid(test.z); math.Abs(got-test.want) > 2e-16 {
			t.Errorf("Sigmoid(%v): got %v, want %v", test.z, got, test.want)
		}
	}
	// Far out, where only the last digits' places differ from 0. The values are
	// Python's: 1 / (1 + (-Decimal(z)).exp()) with 40 digits.
	for _, test := range []struct{ z, want float64 }{
		{-1, 0.2689414213699951207488407581781637},
		{-20, 2.061153618190203581430862129474592e-9},
		{-37, 8.533047625744065066149031990776923e-17},
		{-100, 3.720075976020835962959695803863118e-44},
		{-500, 7.124576406741285531549157377122755e-218},
		{-700, 9.859676543759770856705372947849465e-305},
		{-709.5, 7.3801483140125808485545431050582934e-309},
		{0.001, 0.50024999997916666874999978918652},
		{3.25, 0.96267311265587053980222863396180},
		{20, 0.9999999979388463818097964185691378},
	} {
		got := network.Sigmoid(test.z)
		lastPlace := math.Nextafter(test.want, math.Inf(1)) - test.want
		if math.Abs(got-test.want) > 2*lastPlace {
			t.Errorf("Sigmoid(%v): got %v, want %v", test.z, got, test.want)
		}
	}
	if got := network.Sigmoid(math.NaN()); !math.IsNaN(got) {
		t.Errorf("Sigmoid(NaN): got %v, want NaN", got)
	}
	for z := -5.0; z <= 5; z += 0.25 {
		const h = 1e-5
		numeric := (network.Sigmoid(z+h) - network.Sigmoid(z-h)) / (2 * h)
		if got := network.SigmoidSlope(network.Sigmoid(z)); math.Abs(got-numeric) > 1e-10 {
			t.Errorf("slope at %v: got %v, want %v", z, got, numeric)
		}
		if sum := network.Sigmoid(z) + network.Sigmoid(-z); math.Abs(sum-1) > 1e-15 {
			t.Errorf("σ(%v) + σ(−%v): got %v, want 1", z, z, sum)
		}
	}
}
