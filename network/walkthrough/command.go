package walkthrough

import (
	"backprop/iris"
	"backprop/network"
	"bufio"
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"unicode"
)

// A Command is one of the program's commands.
type Command struct {
	Name    string
	Summary string // half a line, for the help
	Run     func(*Call) error
}

// A Call is a command with what it was called with.
type Call struct {
	Flags    *flag.FlagSet // to define flags in, before Parse
	Operands string        // what may stand behind the flags, for the help; "" for nothing
	Args     []string
	Rest     []string // the operands, after Parse
	Notebook Notebook
	Stdin    io.Reader
	Out      *bufio.Writer
	Stderr   io.Writer
}

// A Notebook computes a step of the flowers in the given rows, with so many hidden nodes and
// with the network that draw makes: main's first function.
type Notebook func(
	all iris.Flowers, rows []int, hidden int, learningRate float64,
	draw func(inputs, hidden, outputs int) *network.Network,
) (*Results, error)

// A UsageError is a mistake in the command line itself, not in a value on it.
type UsageError struct{ Err error }

func (e UsageError) Error() string { return e.Err.Error() }

// oneLine returns the error's text with line breaks and other control
// characters, which a file name may have, written as in Go.
func oneLine(err error) string {
	var b strings.Builder
	for _, r := range err.Error() {
		if unicode.IsControl(r) {
			b.WriteString(strings.Trim(strconv.QuoteRune(r), "'"))
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// Run runs the command that args begin with, or the first of the commands if
// they begin with a flag or are none. It returns the exit code: 0, or 1 for bad
// input, or 2 for wrong usage; for both it writes one line to stderr.
func Run(commands []Command, notebook Notebook, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	out := bufio.NewWriter(stdout)
	err := runCommand(commands, &Call{Args: args, Notebook: notebook, Stdin: stdin, Out: out, Stderr: stderr})
	if flushErr := out.Flush(); err == nil || errors.Is(err, flag.ErrHelp) {
		err = flushErr
	}
	var usage UsageError
	switch {
	case err == nil, errors.Is(err, syscall.EPIPE): // the reader has had enough: backprop | head
		return 0
	case errors.As(err, &usage):
		fmt.Fprintf(stderr, "backprop: %s\n", oneLine(err))
		return 2
	default:
		fmt.Fprintf(stderr, "backprop: %s\n", oneLine(err))
		return 1
	}
}

func runCommand(commands []Command, call *Call) error {
	command := commands[0]
	if len(call.Args) > 0 {
		name := call.Args[0]
		if slices.Contains([]string{"help", "-h", "-help", "--help"}, name) {
			return writeHelp(call.Out, commands)
		}
		if !strings.HasPrefix(name, "-") {
			i := slices.IndexFunc(commands, func(c Command) bool { return c.Name == name })
			if i < 0 {
				return UsageError{fmt.Errorf("no command %.40q, expected %s (backprop -h says what they do)", name, strings.Join(names(commands), ", "))}
			}
			command, call.Args = commands[i], call.Args[1:]
		}
	}
	call.Flags = flag.NewFlagSet(command.Name, flag.ContinueOnError)
	return command.Run(call)
}

func names(commands []Command) []string {
	var list []string
	for _, c := range commands {
		list = append(list, c.Name)
	}
	return list
}

// writeHelp says what the program is and what it can be asked.
func writeHelp(w io.Writer, commands []Command) error {
	var b strings.Builder
	b.WriteString(`Backprop is part 13 of the series "Basics of Deep Learning" in plain Go: a
small neural net, three Iris flowers, and one gradient descent step by
backpropagation, with every number shown.

Usage: backprop [COMMAND] [FLAGS]

Commands:
`)
	for _, c := range commands {
		fmt.Fprintf(&b, "  %-9s %s\n", c.Name, c.Summary)
	}
	b.WriteString(`
Examples:
  backprop step -flowers 0,50,100 -hidden 3
  backprop step -steps 1000 -json
or, without building it first:
  go run . step -flowers 0,50,100 -hidden 3

Without a command it is step. backprop COMMAND -h lists a command's flags.
`)
	_, err := io.WriteString(w, b.String())
	return err
}

// Parse parses the arguments. For -h it writes what the flags are and returns
// flag.ErrHelp. A command line that makes no sense is a UsageError.
func (c *Call) Parse() error {
	c.Flags.SetOutput(io.Discard)
	err := c.Flags.Parse(c.Args)
	for err == nil && c.Flags.NArg() > 0 { // flags may stand behind operands, too
		c.Rest = append(c.Rest, c.Flags.Arg(0))
		err = c.Flags.Parse(c.Flags.Args()[1:])
	}
	switch {
	case errors.Is(err, flag.ErrHelp):
		if c.Operands != "" {
			fmt.Fprintf(c.Out, "Usage: backprop %s [FLAGS] %s\n\n", c.Flags.Name(), c.Operands)
		}
		fmt.Fprintf(c.Out, "Flags of backprop %s:\n", c.Flags.Name())
		c.Flags.SetOutput(c.Out)
		c.Flags.PrintDefaults()
		return err
	case err != nil && strings.HasPrefix(err.Error(), "invalid value"):
		return err
	case err != nil:
		return UsageError{fmt.Errorf("%w (backprop %s -h lists the flags)", err, c.Flags.Name())}
	case len(c.Rest) > 0 && c.Operands == "":
		return UsageError{fmt.Errorf("found %.40q, expected nothing but flags (backprop %s -h lists them)", c.Rest[0], c.Flags.Name())}
	}
	return nil
}
