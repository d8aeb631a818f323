package network

import "backprop/matrix/numpy"

// Sigmoid squeezes any number into the range from 0 to 1 (part 2):
//
//	σ(z) = 1 / (1 + e⁻ᶻ)
//
// numpy.Exp is eˣ, with the same digits on every machine.
func Sigmoid(z float64) float64 {
	return 1 / (1 + numpy.Exp(-z))
}

// SigmoidSlope returns the slope of the sigmoid where its value is out, so its
// argument is σ(z) and not z (part 8):
//
//	σ′(z) = e⁻ᶻ / (1 + e⁻ᶻ)²                     [chain rule]
//	      = 1/(1 + e⁻ᶻ) · e⁻ᶻ/(1 + e⁻ᶻ)          [two factors]
//	      = σ(z)·(1 − σ(z))                      [e⁻ᶻ = (1 + e⁻ᶻ) − 1]
//	      = out·(1 − out)
func SigmoidSlope(out float64) float64 {
	return out * (1 - out)
}
