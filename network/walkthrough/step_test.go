package walkthrough

import (
	"bytes"
	"encoding/json"
	"io"
	"math"
	"regexp"
	"strings"
	"testing"

	"backprop/matrix"
	"backprop/network/walkthrough/command"
)

// smallStep returns a step whose sizes all differ: 2 flowers, 4 inputs, 5 hidden nodes,
// 3 outputs.
func smallStep(t *testing.T) *Step {
	t.Helper()
	return mustStep(t, Settings{Rows: []int{0, 51}, Weights: Weights{Hidden: 5, Seed: 1}, Rate: 0.5, Steps: 1})
}

// A quantity's equation names only x, y, weights and what was computed before.
func TestEquationsReadInOrder(t *testing.T) {
	seen := map[string]bool{"sigmoid": true, "N": true, "learning_rate": true, "transposed": true}
	names := regexp.MustCompile(`[A-Za-z][\w.]*`)
	for _, q := range smallStep(t).Quantities {
		for _, name := range names.FindAllString(q.Equation(), -1) {
			if !seen[name] {
				t.Errorf("%s = %s: %s has not been computed yet", q.Name, q.Equation(), name)
			}
		}
		if seen[q.Name] {
			t.Errorf("%s: got it twice", q.Name)
		}
		seen[q.Name] = true
	}
}

func TestWriteJSON(t *testing.T) {
	s := smallStep(t)
	var out bytes.Buffer
	if err := s.writeJSON(&out); err != nil {
		t.Fatal(err)
	}
	var got map[string]json.RawMessage
	if err := json.Unmarshal(out.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	for _, q := range s.Quantities {
		var m matrix.Matrix
		if err := json.Unmarshal(got[q.Name], &m); err != nil {
			t.Fatalf("%s: %v", q.Name, err)
		}
		for i := range q.Matrix {
			for j, want := range q.Matrix[i] {
				if m[i][j] != want {
					t.Errorf("%s[%d][%d]: got %v, want %v to the last digit", q.Name, i, j, m[i][j], want)
				}
			}
		}
	}
}

// JSON has no NaN, so there is an error, and nothing half written.
func TestWriteJSONOfNaN(t *testing.T) {
	s := smallStep(t)
	s.After.Weights1[0][0] = math.NaN()
	var out bytes.Buffer
	err := s.writeJSON(&out)
	if want := "new_weights_1: "; err == nil || !strings.HasPrefix(err.Error(), want) || out.Len() > 0 {
		t.Errorf("got %v and %d bytes, want an error that begins with %q and none", err, out.Len(), want)
	}
}

func TestParse(t *testing.T) {
	var s Settings
	parse := command.Command{Name: "step", Run: func(call *command.Call) error {
		_, err := s.Parse(call, Limits{Flowers: 150, Hidden: 16, Steps: 100})
		return err
	}}
	var stderr bytes.Buffer
	args := []string{"step", "-rate", "2", "-flowers", "7, 8"}
	if code := (command.Program{Commands: []command.Command{parse}}).Run(args, nil, io.Discard, &stderr); code != 0 {
		t.Fatal(stderr.String())
	}
	if s.Rate != 2 || s.Hidden != 2 || s.Seed != 10 || len(s.Rows) != 2 || s.Rows[1] != 8 {
		t.Errorf("got %+v, want rate 2, rows 7 and 8, and else the defaults", s)
	}
}
