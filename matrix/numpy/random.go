// Package numpy computes what NumPy does, digit for digit and on every machine: its random
// numbers, and the exponential function. It knows nothing of nets or flowers.
package numpy

import (
	"math"

	"backprop/matrix"
)

// stateSize is how many words of state the Mersenne Twister MT19937 keeps.
const stateSize = 624

// Random is NumPy's RandomState: the generator behind np.random.seed and
// np.random.normal. It is the Mersenne Twister MT19937 (M. Matsumoto and
// T. Nishimura, "Mersenne Twister", ACM TOMACS 8, 1998), with NumPy's "legacy" way to turn its integers into other numbers.
//
// Integers, uniform numbers and permutations equal NumPy's to the bit. Normal
// numbers go through a logarithm, which the C library sometimes rounds the
// other way: about one in a thousand differs, by a unit or two in the last place.
type Random struct {
	state      [stateSize]uint32
	next       int     // index in state of the word to hand out next
	spare      float64 // the second normal number of a pair
	spareValid bool
}

// NewRandom returns a generator that draws what NumPy draws after
// np.random.seed(seed).
func NewRandom(seed uint32) *Random {
	r := &Random{next: stateSize}
	word := seed
	for i := range r.state {
		r.state[i] = word
		word = 1812433253*(word^(word>>30)) + uint32(i) + 1
	}
	return r
}

// Uint32 returns 32 random bits, the 32-bit output of MT19937.
func (r *Random) Uint32() uint32 {
	if r.next == stateSize {
		r.refill()
	}
	word := r.state[r.next]
	r.next++

	// Tempering: mix the bits of the word that is handed out.
	word ^= word >> 11
	word ^= (word << 7) & 0x9d2c5680
	word ^= (word << 15) & 0xefc60000
	word ^= word >> 18
	return word
}

// refill replaces each word of the state: the top bit of one word and the rest
// of its neighbour, shifted, combined with the word 397 places on.
func (r *Random) refill() {
	for i := range r.state {
		joined := (r.state[i] & 0x80000000) | (r.state[(i+1)%stateSize] & 0x7fffffff)
		word := r.state[(i+397)%stateSize] ^ (joined >> 1)
		if joined%2 == 1 {
			word ^= 0x9908b0df
		}
		r.state[i] = word
	}
	r.next = 0
}

// Float64 returns a random number in [0, 1) with 53 random bits, NumPy's
// np.random.random_sample().
func (r *Random) Float64() float64 {
	high := r.Uint32() >> 5 // 27 bits
	low := r.Uint32() >> 6  // 26 bits
	return float64(uint64(high)<<26+uint64(low)) / (1 << 53)
}

// Normal returns a normally distributed random number with mean 0 and standard
// deviation 1, NumPy's np.random.standard_normal(). It is the polar method (G.
// Marsaglia and T. A. Bray, SIAM Review 6, 1964): a random point inside the
// unit circle gives two numbers, of which the second is kept for the next call.
func (r *Random) Normal() float64 {
	if r.spareValid {
		r.spareValid = false
		return r.spare
	}
	for {
		x := 2*r.Float64() - 1
		y := 2*r.Float64() - 1
		radius2 := float64(x*x) + float64(y*y)
		if radius2 >= 1 || radius2 == 0 {
			continue // outside the circle, or at its centre
		}
		factor := math.Sqrt(-2 * log(radius2) / radius2)
		r.spare, r.spareValid = factor*x, true
		return factor * y
	}
}

// Permutation returns the numbers 0 to n−1 in random order, NumPy's
// np.random.permutation(n). It panics if n is negative.
func (r *Random) Permutation(n int) []int {
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	for i := n - 1; i > 0; i-- {
		j := r.upTo(uint32(i))
		order[i], order[j] = order[j], order[i]
	}
	return order
}

// upTo returns a random integer from 0 to limit. It cuts random words to the
// bits that limit has, and rejects those that are still too large.
func (r *Random) upTo(limit uint32) uint32 {
	mask := uint32(1)
	for mask < limit {
		mask = mask<<1 | 1
	}
	for {
		if value := r.Uint32() & mask; value <= limit {
			return value
		}
	}
}

// NormalMatrix returns a matrix of random numbers with mean 0 and standard deviation
// scale, drawn row by row: np.random.normal(scale=scale, size=(rows, cols)). It panics
// unless rows and cols are both at least 1.
func (r *Random) NormalMatrix(scale float64, rows, cols int) matrix.Matrix {
	m := matrix.New(rows, cols)
	for i := range m {
		for j := range m[i] {
			m[i][j] = scale * r.Normal()
		}
	}
	return m
}
