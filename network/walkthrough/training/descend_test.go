package training

import (
	"bytes"
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"

	"backprop/data/testkit"
)

// With the defaults, x after n steps is 10·0.96ⁿ: each step takes away
// 2·0.02 of it.
func TestDescendDefaults(t *testing.T) {
	out := mustRun(t, "", "descend")
	testkit.Screen(t, out)
	if want := "learning_rate = 0.02\n"; !strings.Contains(out, want) {
		t.Errorf("got\n%s\nwant in it %s", out, want)
	}
	checkDescent(t, out, 10, 0.02, 10)
	want := "From x = 10 to x = 6.6483264: it moves downhill, but is still on\nits way. More steps or a larger learning rate would bring it further.\n"
	if !strings.HasSuffix(out, "\n\n"+want) {
		t.Errorf("got\n%s\nwant at its end\n%s", out, want)
	}
}

// checkDescent checks the table in out against start·(1 − 2·rate)ⁿ.
func checkDescent(t *testing.T, out string, start, rate float64, steps int) {
	t.Helper()
	_, table, _ := strings.Cut(out, "f(next x)\n")
	table, _, _ = strings.Cut(table, "\n\n")
	rows := strings.Split(table, "\n")
	if len(rows) != steps {
		t.Fatalf("got %d rows, want %d", len(rows), steps)
	}
	for i, row := range rows {
		x, next := start*math.Pow(1-2*rate, float64(i)), start*math.Pow(1-2*rate, float64(i+1))
		want := []float64{float64(i + 1), x, 2 * x, next, next * next}
		fields := strings.Fields(row)
		if len(fields) != len(want) {
			t.Fatalf("got the row %q, want %d columns", row, len(want))
		}
		for j, field := range fields {
			got, err := strconv.ParseFloat(field, 64)
			if err != nil || math.Abs(got-want[j]) > 1e-7*math.Abs(want[j]) {
				t.Errorf("step %d, column %d: got %s, want %.8g", i+1, j+1, field, want[j])
			}
		}
	}
}

const (
	nothing   = "It began at the lowest point, where the slope is 0: nothing moves."
	tooLarge  = "each step jumps over the lowest point and lands higher up: it diverges. The learning rate is too large."
	forever   = "each step jumps over the lowest point and lands just as high: it goes on like this forever."
	jumpsOver = "each step jumps over the lowest point, but lands lower: it overshoots, but comes nearer."
	onItsWay  = "it moves downhill, but is still on its way. More steps or a larger learning rate would bring it further."
	there     = "it has come down to the lowest point, or within a hundredth of the way."
)

func TestDescendSaysWhatTheRateDid(t *testing.T) {
	tests := []struct {
		name        string
		start, rate float64
		steps       int
		want        string
	}{
		{"small", 10, 0.02, 10, onItsWay},
		{"tiny", 10, 1e-300, 10, onItsWay},
		{"small, negative start", -10, 0.02, 10, onItsWay},
		{"small, many steps", 10, 0.02, 1000, there},
		{"a little more than a hundredth left", 10, 0.25, 6, onItsWay},
		{"a little less than a hundredth left", 10, 0.25, 7, there},
		{"good", 10, 0.3, 10, there},
		{"straight there", 10, 0.5, 1, there},
		{"a little too far", 10, 0.501, 1, jumpsOver},
		{"too far", 10, 0.9, 10, jumpsOver},
		{"too far, many steps", 10, 0.9, 1000, jumpsOver},
		{"to the other side", 10, 1, 10, forever},
		{"to the other side, odd and negative", -10, 1, 3, forever},
		{"a little more", 10, 1.0000001, 10, tooLarge},
		{"far too far", 10, 2, 10, tooLarge},
		{"up to infinity", 10, 10, 1000, tooLarge},
		{"not a number", 10, 1e308, 3, tooLarge},
		{"at the lowest point", 0, 0.02, 10, nothing},
		{"at the lowest point with a large rate", 0, 1e308, 1000, nothing},
	}
	seen := map[string]bool{}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			out := mustRun(t, "", "descend", fmt.Sprintf("-start=%g", test.start), "-rate", fmt.Sprint(test.rate), "-steps", strconv.Itoa(test.steps))
			testkit.Screen(t, out)
			blocks := strings.Split(out, "\n\n")
			got := strings.Join(strings.Fields(blocks[len(blocks)-1]), " ")
			if test.start != 0 {
				var from bool
				got, from = strings.CutPrefix(got, fmt.Sprintf("From x = %g to x = ", test.start))
				if !from {
					t.Errorf("got %q, want where it began", got)
				}
				var to string
				to, got, _ = strings.Cut(got, ": ")
				table := strings.Split(blocks[len(blocks)-2], "\n")
				if last := strings.Fields(table[len(table)-1]); to != last[3] {
					t.Errorf("got the end %s, want %s as in the table", to, last[3])
				}
			}
			if got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
		seen[test.want] = true
	}
	if len(seen) != 6 {
		t.Errorf("got %d of the messages in this table, want 6", len(seen))
	}
}

func TestDescendTables(t *testing.T) {
	tests := []struct {
		start, rate float64
		steps       int
	}{{10, 0.02, 1}, {10, 0.5, 3}, {-3, 0.25, 20}, {2.5, 1, 7}, {1, 1.5, 30}, {0.125, 0.75, 1000}}
	for _, test := range tests {
		out := mustRun(t, "", "descend", fmt.Sprintf("-start=%g", test.start), "-rate", fmt.Sprint(test.rate), "-steps", strconv.Itoa(test.steps))
		testkit.Screen(t, out)
		checkDescent(t, out, test.start, test.rate, test.steps)
	}
}

func TestDescendRefuses(t *testing.T) {
	tests := []struct {
		name string
		args []string
		code int
		want string
	}{
		{"start", []string{"-start", "x"}, 1, `invalid value "x" for flag -start: expected a number from -1e100 to 1e100`},
		{"start too large", []string{"-start", "1e309"}, 1, `invalid value "1e309" for flag -start: expected a number from -1e100 to 1e100`},
		{"rate 0", []string{"-rate", "0"}, 1, `invalid value "0" for flag -rate: expected a finite number above 0`},
		{"several rates", []string{"-rate", "0.1,1"}, 1, `invalid value "0.1,1" for flag -rate: expected a finite number above 0`},
		{"steps too many", []string{"-steps", "1001"}, 1, `invalid value "1001" for flag -steps: expected a whole number from 1 to 1000`},
		{"word", []string{"10"}, 2, `found "10"`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			checkRefused(t, strings.NewReader(""), test.code, test.want, append([]string{"descend"}, test.args...)...)
		})
	}
}

func TestDescendReportsErrors(t *testing.T) {
	var b bytes.Buffer
	if err := writeDescent(&b, 10, 0.02, 10); err != nil {
		t.Fatal(err)
	}
	for room := 0; room < b.Len(); room += 50 {
		if err := writeDescent(&brokenAfter{room}, 10, 0.02, 10); err == nil {
			t.Errorf("room for %d bytes: got no error, want disk full", room)
		}
	}
}
