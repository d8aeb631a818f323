package training

import (
	"strings"
	"testing"

	"backprop/data/testkit"
)

// Each verdict has its advice, which says what to try and fits a terminal.
func TestAdvice(t *testing.T) {
	verdicts := []verdict{diverged, stuck, equalNodes, overshoots, stillFalling, oneSpecies, settled, tooShort}
	if len(advice) != len(verdicts) {
		t.Errorf("got advice for %d verdicts, want %d", len(advice), len(verdicts))
	}
	for _, v := range verdicts {
		testkit.Screen(t, advice[v]+"\n")
		if !strings.Contains(advice[v], "ry ") && !strings.Contains(advice[v], "Begin ") {
			t.Errorf("%s: got the advice %q, want what to try in it", v, advice[v])
		}
	}
}

// A training that a rule stopped is not told to go on.
func TestAdviceOfRules(t *testing.T) {
	for _, test := range []struct {
		args []string
		want string
	}{
		{[]string{"-target-mse", "0.12"}, "\nVerdict: still falling.\nThe MSE was still going down. For a lower one, try a lower -target-mse.\n"},
		{[]string{"-epochs", "30000", "-hidden", "8", "-rate", "1", "-test", "75", "-split-seed", "1", "-patience", "200", "-tolerance", "0"},
			"\nThe net begins to learn its flowers by heart. Keep the weights from before that\nwith -save-best,"},
	} {
		out := mustRun(t, "", append([]string{"train", "-epochs", "400"}, test.args...)...)
		testkit.Screen(t, out)
		if !strings.Contains(out, test.want) {
			t.Errorf("%v: got\n%s\nwant in it%s", test.args, out, test.want)
		}
	}
}

// A training with one rate says the same verdict as one of several.
func TestVerdictOfOneRate(t *testing.T) {
	for _, args := range [][]string{
		{"-rate", "0.1", "-epochs", "50"},
		{"-rate", "100", "-epochs", "50"},
		{"-weights", saveNet(t, constantWeights(0)), "-epochs", "50"},
		{"-weights", saveNet(t, nanWeights()), "-epochs", "50"},
	} {
		out := mustRun(t, "", append([]string{"train"}, args...)...)
		_, said, _ := strings.Cut(out, "\nVerdict: ")
		said, _, _ = strings.Cut(said, ".\n")
		if advice[verdict(said)] == "" || !strings.Contains(out, "\nVerdict: "+said+".\n"+advice[verdict(said)]+"\n") {
			t.Errorf("%v: got\n%s\nwant a verdict with its advice", args, out)
		}
		rate := "0.1"
		if args[0] == "-rate" {
			rate, args = args[1], args[2:]
		}
		compared := mustRun(t, "", append([]string{"train", "-rate", rate + "," + rate}, args...)...)
		if strings.Count(compared, "  "+said+"\n") != 2 {
			t.Errorf("%v: got\n%s\nwant the verdict %s twice", args, compared, said)
		}
	}
}
