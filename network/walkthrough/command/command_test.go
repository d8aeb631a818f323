package command

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"syscall"
	"testing"
)

// testProgram has a command that prints its flags and operands, and one that takes no operands.
var testProgram = Program{About: "a program", Examples: "an example", Commands: []Command{
	{Name: "show", Summary: "shows", Run: func(call *Call) error {
		var n int
		var u uint32
		var x float64
		DefineInt(call.Flags, "n", "3", "a `NUMBER`", 1, 9, &n)
		DefineUint32(call.Flags, "u", "7", "a `SEED`", &u)
		DefineFloat(call.Flags, "x", "0.5", "a `RATE`", Positive, &x)
		call.Operands = "[WORDS]"
		if err := call.Parse(); err != nil {
			return err
		}
		fmt.Fprintln(call.Out, n, u, x, call.Rest)
		return nil
	}},
	{Name: "fail", Summary: "fails", Run: func(call *Call) error {
		if err := call.Parse(); err != nil {
			return err
		}
		fmt.Fprintln(call.Out, "before")
		return errors.New("no file a\nb\x1b")
	}},
}}

func TestProgram(t *testing.T) {
	const badInt = "expected a whole number from 1 to 9\n"
	for _, test := range []struct {
		args     string
		code     int
		out, err string // "…" at the end: and more
	}{
		{"", 0, "3 7 0.5 []\n", ""},
		{"-n 4", 0, "4 7 0.5 []\n", ""},
		{"show", 0, "3 7 0.5 []\n", ""},
		{"show a -n 4 b -x=2e3 -u 4294967295", 0, "4 4294967295 2000 [a b]\n", ""},
		{"show -- -n", 0, "3 7 0.5 [-n]\n", ""},
		{"show -n 4 -- a -n 5", 0, "4 7 0.5 [a -n 5]\n", ""},
		{"show 1 -1.5 -n 4 b -2", 0, "4 7 0.5 [1 -1.5 b -2]\n", ""},
		{"fail -1", 2, "", "backprop: flag provided but not defined: -1 (backprop fail -h lists the flags)\n"},
		{"-h", 0, "a program\nUsage: backprop [COMMAND] [FLAGS]\n\nCommands:\n  show      shows\n  fail      fails\n\nan example\n" +
			"Without a command it is show. backprop COMMAND -h lists a command's flags.\n", ""},
		{"help", 0, "a program\n…", ""},
		{"show -h", 0, "Usage: backprop show [FLAGS] [WORDS]\n\nFlags of backprop show:\n  -n NUMBER\n    \ta NUMBER (default 3)\n…", ""},
		{"fail -h", 0, "Flags of backprop fail:\n", ""},

		{"shwo", 2, "", "backprop: no command \"shwo\", expected show, fail (backprop -h says what they do)\n"},
		{"fail word", 2, "", "backprop: found \"word\", expected nothing but flags (backprop fail -h lists them)\n"},
		{"show -y 1", 2, "", "backprop: flag provided but not defined: -y (backprop show -h lists the flags)\n"},
		{"show -n", 2, "", "backprop: flag needs an argument: -n (backprop show -h lists the flags)\n"},
		{"show -n 0", 1, "", "backprop: invalid value \"0\" for flag -n: " + badInt},
		{"show -n 10", 1, "", "backprop: invalid value \"10\" for flag -n: " + badInt},
		{"show -n 1.5", 1, "", "backprop: invalid value \"1.5\" for flag -n: " + badInt},
		{"show -u -1", 1, "", "backprop: invalid value \"-1\" for flag -u: expected a whole number from 0 to 4294967295\n"},
		{"show -x 0", 1, "", "backprop: invalid value \"0\" for flag -x: expected a finite number above 0\n"},
		{"fail", 1, "before\n", "backprop: no file a\\nb\\x1b\n"},
	} {
		var out, stderr bytes.Buffer
		code := testProgram.Run(strings.Fields(test.args), nil, &out, &stderr)
		gotOut := out.String()
		if begin, more := strings.CutSuffix(test.out, "…"); more && strings.HasPrefix(gotOut, begin) {
			gotOut = test.out
		}
		if code != test.code || gotOut != test.out || stderr.String() != test.err {
			t.Errorf("%q: got %d, %q and %q\nwant %d, %q and %q", test.args, code, gotOut, stderr.String(), test.code, test.out, test.err)
		}
	}
}

// brokenWriter fails with its error.
type brokenWriter struct{ err error }

func (w brokenWriter) Write([]byte) (int, error) { return 0, w.err }

// A reader that has seen enough is no reason to complain. Any other one is.
func TestProgramThatCannotWrite(t *testing.T) {
	for _, test := range []struct {
		args string
		err  error
		code int
		want string
	}{
		{"show", syscall.EPIPE, 0, ""},
		{"show", errors.New("disk full"), 1, "backprop: disk full\n"},
		{"show -h", errors.New("disk full"), 1, "backprop: disk full\n"},
	} {
		var stderr bytes.Buffer
		code := testProgram.Run(strings.Fields(test.args), nil, brokenWriter{test.err}, &stderr)
		if code != test.code || stderr.String() != test.want {
			t.Errorf("%q with %v: got %d and %q, want %d and %q", test.args, test.err, code, stderr.String(), test.code, test.want)
		}
	}
}

func TestNumbers(t *testing.T) {
	for _, test := range []struct {
		text                          string
		number, notNegative, positive bool // whether it is one
	}{
		{"1.5", true, true, true}, {"+2e-3", true, true, true}, {"0", true, true, false}, {"-1", true, false, false},
		{"", false, false, false}, {"x", false, false, false}, {"NaN", false, false, false}, {"Inf", false, false, false},
		{"1e999", false, false, false}, {"0x1p2", false, false, false}, {"1_0", false, false, false},
	} {
		_, number := Number(test.text)
		_, notNegative := NotNegative(test.text)
		_, positive := Positive(test.text)
		if number == nil != test.number || notNegative == nil != test.notNegative || positive == nil != test.positive {
			t.Errorf("%q: got %v, %v, %v, want accepted: %v, %v, %v", test.text, number, notNegative, positive, test.number, test.notNegative, test.positive)
		}
	}
}
