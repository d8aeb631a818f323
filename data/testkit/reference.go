package testkit

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"sync"
	"testing"
)

// Answers are what data/reference.py computes with NumPy.
type Answers struct {
	Passes    []Pass
	Routes    []Routes
	Trainings []Training
	Own       []Own
	Random    []Random
	Splits    []Split
}

// A Pass is some gradient descent steps of part 13, of which the last is shown.
type Pass struct {
	Request PassRequest
	Answer  Step
}

// A PassRequest asks for the last of some gradient descent steps.
type PassRequest struct {
	Flowers []int   // rows
	Hidden  int     // nodes
	Rate    float64 // learning rate
	Seed    uint32
	Steps   int
}

// Routes are the derivatives of all weights, each as a sum over its routes to the MSE.
type Routes struct {
	Request PassRequest
	Answer  struct {
		Weights1 [][]float64 `json:"weights_1"`
		Weights2 [][]float64 `json:"weights_2"`
	}
}

// A Step is the numbers of one gradient descent step, by the series' names.
type Step struct {
	N                   float64
	MSEBefore, MSEAfter float64
	Matrices            map[string][][]float64
}

// UnmarshalJSON implements json.Unmarshaler: there, all are beside each other.
func (s *Step) UnmarshalJSON(text []byte) error {
	var all map[string]json.RawMessage
	if err := json.Unmarshal(text, &all); err != nil {
		return err
	}
	for name, v := range map[string]*float64{"n": &s.N, "mse_before": &s.MSEBefore, "mse_after": &s.MSEAfter} {
		if err := json.Unmarshal(all[name], v); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		delete(all, name)
	}
	s.Matrices = map[string][][]float64{}
	for name, text := range all {
		var m [][]float64
		if err := json.Unmarshal(text, &m); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		s.Matrices[name] = m
	}
	return nil
}

// An Epoch is what a training notes of one.
type Epoch struct {
	Epoch        int
	MSE          float64
	Accuracy     float64
	TestMSE      float64 `json:"test_mse"`
	TestAccuracy float64 `json:"test_accuracy"`
}

// A Training is one of part 14.
type Training struct {
	Request struct {
		Seed      uint32
		SplitSeed uint32 `json:"split_seed"`
		TestSize  int    `json:"test_size"` // flowers
		Hidden    int    // nodes
		Rate      float64
		Epochs    int
		Report    []int // epochs
	}
	Answer struct {
		History         []Epoch
		Weights1        [][]float64 `json:"weights_1"`
		Weights2        [][]float64 `json:"weights_2"`
		TestLabels      []int       `json:"test_labels"`
		TestPredictions []int       `json:"test_predictions"`
	}
}

// An Own is a training on rows of one's own choice, scaled or not.
type Own struct {
	Request struct {
		Seed        uint32
		Hidden      int // nodes
		Rate        float64
		Epochs      int
		Report      []int // epochs
		Scale       bool
		Train, Test []int // rows
	}
	Answer struct {
		History           []Epoch
		Weights1          [][]float64 `json:"weights_1"`
		Weights2          [][]float64 `json:"weights_2"`
		TestLabels        []int       `json:"test_labels"`
		TestPredictions   []int       `json:"test_predictions"`
		Mean              []float64
		StandardDeviation []float64 `json:"standard_deviation"`
		Best              struct {  // the weights with the lowest test MSE
			Steps    int
			TestMSE  float64     `json:"test_mse"`
			Weights1 [][]float64 `json:"weights_1"`
			Weights2 [][]float64 `json:"weights_2"`
		}
	}
}

// A Random is what is drawn from a seed, each list from its beginning.
type Random struct {
	Request struct{ Seed uint32 }
	Answer  struct {
		Uint32 []struct {
			Index int
			Word  uint32
		}
		Float64      []float64
		Normal       []float64
		Permutations [][]int
		Mixed        []float64
	}
}

// A Split is how flowers are split into a training and a test set, by their rows.
type Split struct {
	Request struct {
		Rows     int
		TestSize int `json:"test_size"`
		Seed     uint32
	}
	Answer struct{ Train, Test []int }
}

var readReference = sync.OnceValues(func() (a *Answers, err error) {
	text, err := os.ReadFile(Path("data/reference.json"))
	if err != nil {
		return nil, err
	}
	return decode(text)
})

// Reference returns the answers in data/reference.json. They are the same for all
// tests: none may change them.
func Reference(t testing.TB) *Answers {
	t.Helper()
	a, err := readReference()
	if err != nil {
		t.Fatal(err)
	}
	if len(a.Passes) == 0 || len(a.Trainings) == 0 || len(a.Own) == 0 || len(a.Random) == 0 || len(a.Splits) == 0 {
		t.Fatal("data/reference.json: got a list that is empty, want none")
	}
	return a
}

// NumPy asks data/reference.py for other answers, live.
func NumPy(t testing.TB, requests any) *Answers {
	t.Helper()
	in, err := json.Marshal(requests)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(Python(t), Path("data/reference.py"), "--answer")
	cmd.Stdin = bytes.NewReader(in)
	r := Run(t, cmd)
	if r.Code != 0 {
		t.Fatalf("reference.py: got exit code %d and %s", r.Code, r.Err)
	}
	a, err := decode([]byte(r.Out))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func decode(text []byte) (*Answers, error) {
	a := new(Answers)
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	return a, d.Decode(a)
}
