package training

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"backprop/data/testkit"
	"backprop/matrix/numpy"
	"backprop/network"
)

func TestTrainRefuses(t *testing.T) {
	missing := filepath.Join(t.TempDir(), "missing")
	three := saveNet(t, network.New(4, 3, 3, numpy.NewRandom(1)))
	five := saveNet(t, network.New(5, 2, 3, numpy.NewRandom(1)))
	two := saveNet(t, network.New(4, 2, 2, numpy.NewRandom(1)))
	wide := saveNet(t, network.New(4, 1001, 3, numpy.NewRandom(1)))
	damaged := testkit.WriteFile(t, "damaged.json", `{"weights_1": [[1, 2`)
	infinite := testkit.WriteFile(t, "infinite.json", `{"weights_1": [[1],[1],[1],[1e999]], "weights_2": [[1,1,1]]}`)
	tooLarge := testkit.WriteFile(t, "large.csv", strings.Repeat("5.1,3.5,1.4,0.2,setosa\n", 5001))
	badData := testkit.WriteFile(t, "bad.csv", "5.1,3.5,1.4,0.2,setosa\n5.1,3.5,x,0.2,setosa\n")
	below := testkit.WriteFile(t, "below.csv", "5.1,-3.5,1.4,0.2,setosa\n")
	const net = `"weights_1": [[1],[1],[1],[1]], "weights_2": [[1,1,1]]`
	forScaled := testkit.WriteFile(t, "scaled.json", `{"scaled": true, `+net+`}`)
	withScale := testkit.WriteFile(t, "scale.json", `{"scale": {"mean": [1,2,3,4], "standard_deviation": [1,1,1,1]}, `+net+`}`)
	tests := []struct {
		name string
		args []string
		code int
		want string
	}{
		{"epochs 0", []string{"-epochs", "0"}, 1, `invalid value "0" for flag -epochs: expected a whole number from 1 to 1000000000`},
		{"rate 0", []string{"-rate", "0"}, 1, `invalid value "0" for flag -rate: expected a finite number above 0`},
		{"second rate empty", []string{"-rate", "1,"}, 1, `invalid value "1," for flag -rate: expected a finite number above 0`},
		{"second rate bad", []string{"-rate", "1,x"}, 1, `invalid value "1,x" for flag -rate: expected a finite number above 0`},
		{"nine rates", []string{"-rate", "1,2,3,4,5,6,7,8,9"}, 1, `for flag -rate: expected at most 8 rates`},
		{"hidden 0", []string{"-hidden", "0"}, 1, `invalid value "0" for flag -hidden: expected a whole number from 1 to 1000`},
		{"hidden too many", []string{"-hidden", "1001"}, 1, `invalid value "1001" for flag -hidden`},
		{"seed below 0", []string{"-seed", "-1"}, 1, `invalid value "-1" for flag -seed: expected a whole number from 0 to 4294967295`},
		{"split-seed", []string{"-split-seed", "x"}, 1, `invalid value "x" for flag -split-seed: expected a whole number from 0 to 4294967295`},
		{"test 0", []string{"-test", "0"}, 1, `invalid value "0" for flag -test: expected a whole number from 1`},
		{"test takes all", []string{"-test", "150"}, 1, `-test: built-in flowers: cannot split 150 flowers with a test set of 150, expected 1 to 149`},
		{"target-mse below 0", []string{"-target-mse", "-0.1"}, 1, `invalid value "-0.1" for flag -target-mse: expected a finite number, 0 or more`},
		{"patience", []string{"-patience", "-1"}, 1, `invalid value "-1" for flag -patience: expected a whole number from 0 to 1000000000`},
		{"tolerance", []string{"-tolerance", "-1"}, 1, `invalid value "-1" for flag -tolerance: expected a finite number, 0 or more`},
		{"word", []string{"fast"}, 2, `found "fast"`},
		{"save with two rates", []string{"-save", missing, "-rate", "0.1,1"}, 2, `found -save or -save-best with several rates, expected one rate`},
		{"save-best with two rates", []string{"-save-best", missing, "-rate", "0.1,1"}, 2, `found -save or -save-best with several rates, expected one rate`},
		{"test with test-data", []string{"-test-data", missing, "-test", "20"}, 2, "found -test with -test-data, expected one of them"},
		{"split-seed with test-data", []string{"-test-data", missing, "-split-seed", "1"}, 2, "found -split-seed with -test-data, expected one of them"},
		{"standard input twice", []string{"-data", "-", "-test-data", "-"}, 2, "found - for both -data and -test-data"},
		{"scale with scaled", []string{"-scale", "-scaled", "-data", badData}, 2, "found -scale with -scaled, expected one of them"},
		{"scaled built-in flowers", []string{"-scaled"}, 2, "found -scaled without -data"},
		{"test-data missing", []string{"-test-data", missing}, 1, missing},
		{"test-data bad", []string{"-test-data", badData}, 1, badData + `: line 2, column 3 (petal_length): found "x"`},
		{"test-data below 0", []string{"-test-data", below}, 1, below + `: line 1, column 2 (sepal_width): found "-3.5", expected a finite length in cm, above 0`},
		{"weights for scaled lengths", []string{"-weights", forScaled}, 1, forScaled + ": found weights for lengths that were scaled before: add -scaled"},
		{"weights with a scale, scaled lengths", []string{"-weights", withScale, "-scaled", "-data", below}, 1, withScale + ": found weights with a scale of their own: leave out -scaled"},
		{"data too large", []string{"-data", tooLarge, "-hidden", "1000"}, 1, tooLarge + ": found 5001 flowers and 1000 hidden nodes, expected at most 5000000"},
		{"data missing", []string{"-data", missing}, 1, missing},
		{"data bad", []string{"-data", badData}, 1, badData + `: line 2, column 3 (petal_length): found "x"`},
		{"weights missing", []string{"-weights", missing}, 1, missing},
		{"weights damaged", []string{"-weights", damaged}, 1, damaged + ": "},
		{"weights infinite", []string{"-weights", infinite}, 1, infinite + ": "},
		{"weights for 5 inputs", []string{"-weights", five}, 1, five + ": found a 5-2-3 network, expected 4 inputs, 1 to 1000 hidden nodes and 3 outputs"},
		{"weights for 2 outputs", []string{"-weights", two}, 1, two + ": found a 4-2-2 network, expected 4 inputs"},
		{"weights with too many nodes", []string{"-weights", wide}, 1, wide + ": found a 4-1001-3 network, expected 4 inputs"},
		{"weights and other nodes", []string{"-weights", three, "-hidden", "2"}, 1, three + ": found a 4-3-3 network, expected 2 hidden nodes, as -hidden says"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			args := append([]string{"train", "-epochs", "1"}, test.args...)
			checkRefused(t, strings.NewReader(""), test.code, test.want, args...)
		})
	}
	if _, err := os.Stat(missing); err == nil {
		t.Error("got a file from a call that was refused, want none")
	}
}

// The help names every flag with its default.
func TestTrainHelp(t *testing.T) {
	out := mustRun(t, "", "train", "-h")
	for _, want := range []string{
		"-data FILE", "-epochs EPOCHS", "(default 10000)", "-hidden NODES", "(default 2)", "-history FILE", "-patience EPOCHS",
		"-plot FILE", "-rate RATE", "(default 0.1)", "-save FILE", "-seed SEED", "(default 10)", "-split-seed SEED", "(default 4)",
		"-target-mse MSE", "-test FLOWERS", "(default 20)", "-tolerance SHARE", "(default 0.001)", "-weights FILE",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("got the help\n%s\nwant in it %s", out, want)
		}
	}
}
