package diagnosis

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"backprop/matrix"
	"backprop/matrix/numpy"
	"backprop/network/workshop/exercise"
)

// What the numbers say of a wrong answer.
func TestNumbersSay(t *testing.T) {
	s := theSubject(t)
	odd := func(wrong func(i, j int) bool) func(m matrix.Matrix) matrix.Matrix {
		return func(m matrix.Matrix) matrix.Matrix {
			return fill(m.Rows(), m.Cols(), func(i, j int) float64 {
				if wrong(i, j) {
					return m[i][j] + 0.37
				}
				return m[i][j]
			})
		}
	}
	for _, test := range []struct {
		exercise, want string
		wrong          func(m matrix.Matrix) matrix.Matrix
	}{
		{"OutputLayerError", "Every number of output_layer_error is 2.4 times the expected one. No number of output_layer_error is correct.",
			func(m matrix.Matrix) matrix.Matrix { return scale(2.4, m) }},
		{"OutputLayerError", "12 of 15 numbers of output_layer_error are correct: all but those of row 3.", odd(func(i, _ int) bool { return i == 3 })},
		{"OutputLayerError", "10 of 15 numbers of output_layer_error are correct: all but those of column 2.", odd(func(_, j int) bool { return j == 2 })},
		{"OutputLayerError", "3 of 15 numbers of output_layer_error are correct: those of row 1 alone.", odd(func(i, _ int) bool { return i != 1 })},
		{"OutputLayerError", "13 of 15 numbers of output_layer_error are correct.", odd(func(i, j int) bool { return i == j && i < 2 })},
		{"OutputLayerError", "output_layer_error has the numbers of output_layer_inputs.",
			func(matrix.Matrix) matrix.Matrix { return s.five.OutputLayerInputs }},
		{"OutputLayerError", "The number in row 0, column 0 of output_layer_error is NaN",
			func(m matrix.Matrix) matrix.Matrix { return scale(math.NaN(), m) }},
		{"Sigmoid", "3 of 9 results are correct: all but those for z = 1, 3, -6, 10, 800, -800.", odd(func(_, j int) bool { return j > 2 })},
		{"OutputLayerError", "Every number of output_layer_error is 0.5 too small. No number", func(m matrix.Matrix) matrix.Matrix { return apply(func(v float64) float64 { return v - 0.5 }, m) }},
		{"OutputLayerError", "All the numbers of output_layer_error are correct ones, but not all are in their places.", reverse},
		{"Descend", "Every number of the change of weights_2 is 2.5 times the expected one.",
			func(m matrix.Matrix) matrix.Matrix { return sub(s.five.Weights2, scale(2.5, sub(s.five.Weights2, m))) }},
		{"MSE", "The result is 3.7 times the expected one.", func(m matrix.Matrix) matrix.Matrix { return scale(3.7, m) }},
	} {
		e := exercise.ByName(test.exercise)
		right := e.Want(s.five)
		if got := whatNumbersSay(e, s.five, exercise.Answer{test.wrong(right[0])}, right); !strings.HasPrefix(got, test.want) {
			t.Errorf("%s: got %q, want %q", e.Name, got, test.want)
		}
	}
	e := exercise.ByName("HiddenLayer")
	right := e.Want(s.five)
	for i, want := range []string{
		"hidden_layer_outputs is correct, but hidden_layer_inputs is not.", "hidden_layer_inputs is correct, but hidden_layer_outputs is not. Look at the lines that compute the outputs from the inputs.",
	} {
		wrong := exercise.Answer{right[0], right[1]}
		wrong[i] = odd(func(int, int) bool { return true })(wrong[i])
		if got := whatNumbersSay(e, s.five, wrong, right); !strings.HasPrefix(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

var (
	saysCorrect = regexp.MustCompile(`(\d+) of \d+ (?:numbers of \S+ are|results are) correct(?:: (all but those of|those of) (row|column) (\d+))?`)
	saysTimes   = regexp.MustCompile(`(about )?(\S+) times the expected one`)
	saysMore    = regexp.MustCompile(`Every number of \S+ is (\S+) too (small|large)\.`)
	saysPlace   = regexp.MustCompile(`in row (\d+), column (\d+) of \S+ is (NaN|infinite)`)
)

// What the numbers say is true of random wrong answers: it is counted once more, here.
func TestNumbersSayTheTruth(t *testing.T) {
	s, r := theSubject(t), numpy.NewRandom(16)
	below := func(n int) int { return int(r.Uint32()>>1) % n }
	said := map[string]int{}
	for round := 0; round < 60; round++ {
		for _, e := range exercise.All() {
			right := e.Want(s.five)
			w := right[0]
			row, col, by := below(w.Rows()), below(w.Cols()), float64(below(40)-20)/8
			got := fill(w.Rows(), w.Cols(), func(i, j int) float64 {
				hit := [...]bool{i == row, j == col, i != row, j != col, true, r.Uint32()%2 == 0}[round%6]
				switch {
				case round%13 == 0:
					return w[i][j] + by
				case round%17 == 0:
					return w[w.Rows()-1-i][w.Cols()-1-j]
				case hit && round%7 == 0:
					return math.NaN()
				case hit && round%11 == 0:
					return math.Inf(-1)
				case hit:
					return by * w[i][j]
				}
				return w[i][j]
			})
			if exercise.Same(got, w) {
				continue
			}
			answer := append(exercise.Answer{got}, right[1:]...)
			text := whatNumbersSay(e, s.five, answer, right)
			if text == "" {
				t.Errorf("%s: got nothing said, want something", e.Name)
			}
			number := func(text string) int { n, _ := strconv.Atoi(text); return n }
			if m := saysCorrect.FindStringSubmatch(text); m != nil {
				said["correct"]++
				if n := countSame(got, w, everywhere); fmt.Sprint(n) != m[1] {
					t.Errorf("%s: got %q, want %d correct", e.Name, text, n)
				}
				if m[2] != "" {
					said[m[2]]++
					in := func(i, j int) bool {
						return m[3] == "row" && i == number(m[4]) || m[3] == "column" && j == number(m[4])
					}
					inside := countSame(got, w, in)
					outside := countSame(got, w, func(i, j int) bool { return !in(i, j) })
					if m[2] == "those of" && outside != 0 || m[2] != "those of" && inside != 0 {
						t.Errorf("%s: got %q, with %d correct there and %d elsewhere", e.Name, text, inside, outside)
					}
				}
			}
			if strings.Contains(text, "No number of") && countSame(got, w, everywhere) > 0 {
				t.Errorf("%s: got %q, want some correct", e.Name, text)
			}
			if m := saysTimes.FindStringSubmatch(text); m != nil {
				said["times"]++
				f, err := strconv.ParseFloat(m[2], 64)
				tolerance := 1e-9 // of the largest number
				if m[1] != "" {   // about
					tolerance = 1e-3
				}
				for i := range w {
					for j := range w[i] {
						if err != nil || math.Abs(got[i][j]-f*w[i][j]) > tolerance*math.Abs(f)*largestOf(w) {
							t.Errorf("%s: got %q, which is not so for %v and %v", e.Name, text, got[i][j], w[i][j])
						}
					}
				}
			}
			if m := saysMore.FindStringSubmatch(text); m != nil {
				said["more"]++
				more, err := strconv.ParseFloat(m[1], 64)
				if m[2] == "small" {
					more = -more
				}
				if err != nil || math.Abs(got[0][0]-w[0][0]-more) > 0.001*math.Abs(more) || countSame(got, apply(func(v float64) float64 { return v + got[0][0] - w[0][0] }, w), everywhere) < w.Rows()*w.Cols() {
					t.Errorf("%s: got %q, want %v more", e.Name, text, by)
				}
			}
			if strings.Contains(text, "correct ones, but not all are in their places") {
				said["places"]++
				a, b := slices.Concat(got...), slices.Concat(w...)
				slices.Sort(a)
				slices.Sort(b)
				if countSame(matrix.Matrix{a}, matrix.Matrix{b}, everywhere) < len(b) || countSame(got, w, everywhere) == len(b) {
					t.Errorf("%s: got %q of %v, want the numbers of %v", e.Name, text, got, w)
				}
			}
			if m := saysPlace.FindStringSubmatch(text); m != nil {
				said["place"]++
				if v := got[number(m[1])][number(m[2])]; math.IsNaN(v) != (m[3] == "NaN") || math.IsInf(v, 0) != (m[3] == "infinite") {
					t.Errorf("%s: got %q, there is %v", e.Name, text, v)
				}
			}
		}
	}
	for _, what := range []string{"correct", "all but those of", "those of", "times", "place", "more", "places"} {
		if said[what] == 0 {
			t.Errorf("got nothing about %q, want something", what)
		}
	}
}

func everywhere(int, int) bool { return true }

// countSame counts the numbers that are the expected ones, of those at the chosen places.
func countSame(got, want matrix.Matrix, chosen func(i, j int) bool) (n int) {
	largest := largestOf(want)
	for i := range want {
		for j := range want[i] {
			if chosen(i, j) && math.Abs(got[i][j]-want[i][j]) <= 1e-9*largest {
				n++
			}
		}
	}
	return n
}

func largestOf(m matrix.Matrix) (largest float64) {
	for _, row := range m {
		for _, v := range row {
			largest = math.Max(largest, math.Abs(v))
		}
	}
	return largest
}
